package io.ledgerbridge.testkit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** An answer of a fake, or the loss of one. */
record FakeAnswer(int status, Map<String, String> headers, ByteString body, Duration delay, boolean dropped) {

    static final String JSON = "application/json;charset=UTF-8";
    static final String HTML = "text/html";

    static FakeAnswer json(int status, @Nullable Object body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", JSON);
        return new FakeAnswer(status, headers, Json.write(body), Duration.ZERO, false);
    }

    static FakeAnswer empty(int status) {
        return new FakeAnswer(status, new LinkedHashMap<>(), ByteString.EMPTY, Duration.ZERO, false);
    }

    static FakeAnswer html(int status) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", HTML);
        ByteString page = ByteString.encodeUtf8("<html><body><h1>" + status + "</h1></body></html>");
        return new FakeAnswer(status, headers, page, Duration.ZERO, false);
    }

    /** The connection breaks instead of an answer. */
    static FakeAnswer connectionDropped() {
        return new FakeAnswer(0, new LinkedHashMap<>(), ByteString.EMPTY, Duration.ZERO, true);
    }

    /** The fake does not know this; the section of the API reference tells what is missing. */
    static FakeAnswer notImplemented(String section, FakeRequest request) {
        return json(501, Json.object("fake", "not implemented: section " + section + ", " + request.line()));
    }

    FakeAnswer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new FakeAnswer(status, more, body, delay, dropped);
    }

    FakeAnswer delayed(Duration by) {
        return new FakeAnswer(status, headers, body, by, dropped);
    }
}
