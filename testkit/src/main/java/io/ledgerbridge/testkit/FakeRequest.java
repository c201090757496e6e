package io.ledgerbridge.testkit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** A request as both fronts hand it over; header names are lower case. */
record FakeRequest(String method, HttpUrl url, Map<String, String> headers, String body) {

    @Nullable
    String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    @Nullable
    String query(String name) {
        return url.queryParameter(name);
    }

    List<String> path() {
        return url.pathSegments();
    }

    String line() {
        return method + " " + url.encodedPath();
    }
}
