package io.ledgerbridge.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.Moshi;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is read without Moshi must be what Moshi would read. */
class LinkReaderTest {

    private final JsonAdapter<Link> links = new Moshi.Builder().build().adapter(Link.class);

    @Test
    void aRowInOurFormIsReadWithoutMoshiAndAnyOtherByIt() {
        Link link = new Link(
                Kind.INVOICE,
                "2000000001",
                "55501",
                "2000000000",
                "s",
                "d",
                Map.of("hs_number", "INV-1"),
                Map.of("total", "1.00"),
                Map.of("CONTACT_COMPANY", List.of("1", "2")),
                List.of("3"));
        String body = link.toJson();
        String spaced = body.replace(",", ", ");
        String ofLaterVersion = body.replace("\"facts\"", "\"more\":{\"a\":1},\"facts\"");
        String ofOtherOrder =
                body.replace(",\"children\":[\"3\"]", "").replace("{\"kind\"", "{\"children\":[\"3\"],\"kind\"");

        assertThat(List.of(spaced, ofLaterVersion, ofOtherOrder))
                .doesNotHaveDuplicates()
                .doesNotContain(body);
        assertThat(LinkReader.readOurForm(body)).isEqualTo(link);
        assertThat(LinkReader.readOurForm(link.withTarget(null).toJson())).isEqualTo(link.withTarget(null));
        assertThat(LinkReader.readOurForm(spaced)).isNull();
        assertThat(LinkReader.read(spaced)).isEqualTo(link);
        assertThat(LinkReader.read(ofLaterVersion)).isEqualTo(link);
        assertThat(LinkReader.read(ofOtherOrder)).isEqualTo(link);
    }

    @Test
    void aSpoiltRowIsReadAsMoshiReadsIt() {
        String body = new Link(
                        Kind.PAYMENT,
                        "2",
                        null,
                        "1",
                        "s",
                        "d",
                        Map.of("a", "b"),
                        Map.of("a", "b", "c", "d"),
                        Map.of("e", List.of("f", "g")),
                        List.of())
                .toJson();
        String signs = "{}[],:\"\\ a1";
        for (int at = 0; at < body.length(); at++) {
            assertReadAlike(body.substring(0, at));
            assertReadAlike(body.substring(0, at) + body.substring(at + 1));
            for (char sign : signs.toCharArray()) {
                assertReadAlike(body.substring(0, at) + sign + body.substring(at));
                assertReadAlike(body.substring(0, at) + sign + body.substring(at + 1));
            }
        }
        assertReadAlike(body.replace("\"c\"", "\"a\""));
        assertReadAlike(body + body);
    }

    private void assertReadAlike(String body) {
        assertThat(read(() -> LinkReader.read(body))).as(body).isEqualTo(read(() -> Bodies.read(links, body)));
    }

    private static Object read(Supplier<Link> reading) {
        try {
            return reading.get();
        } catch (IllegalStateException | JsonDataException e) {
            return e.getMessage();
        }
    }
}
