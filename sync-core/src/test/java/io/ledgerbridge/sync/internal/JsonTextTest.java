package io.ledgerbridge.sync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import io.ledgerbridge.sync.internal.Ledger.Sending;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written fast must be what Moshi would write, and what it reads. */
class JsonTextTest {

    private static final List<String> TEXTS = List.of(
            "",
            "plain",
            "Zoë \"Zee\" O'Hara",
            "C:\\books",
            "line\none\ttab",
            "\u0000\u001f",
            "日本 €",
            "😀",
            "\u2028\u2029",
            "</script>",
            "~\u007f");

    private final JsonAdapter<Link> links = new Moshi.Builder().build().adapter(Link.class);
    private final Random random = new Random(11);

    @Test
    void aLinkIsWrittenAsMoshiWritesIt() {
        for (int i = 0; i < 500; i++) {
            Link link = new Link(
                    Kind.values()[random.nextInt(Kind.values().length)],
                    text(),
                    random.nextBoolean() ? null : text(),
                    text(),
                    text(),
                    text(),
                    texts(),
                    texts(),
                    Map.of(text(), list(), "other", list()),
                    list());

            assertThat(link.toJson()).isEqualTo(links.toJson(link));
            assertThat(Bodies.read(links, link.toJson())).isEqualTo(link);
            assertThat(LinkReader.read(link.toJson())).isEqualTo(link);
        }
    }

    @Test
    void whatIsOnItsWayIsWrittenAsMoshiWritesIt() {
        JsonAdapter<List<Sending>> sendings =
                new Moshi.Builder().build().adapter(Types.newParameterizedType(List.class, Sending.class));
        for (int i = 0; i < 200; i++) {
            List<Sending> some = new ArrayList<>();
            for (int j = random.nextInt(4); j > 0; j--) {
                Link link = Link.unlinked(Kind.CONTACT, text(), text());
                Sending one = Sending.of(link);
                some.add(random.nextBoolean() ? one : one.under(text(), text(), Instant.EPOCH));
            }
            assertThat(Sending.toJson(some)).isEqualTo(sendings.toJson(some));
            assertThat(Bodies.read(sendings, Sending.toJson(some))).isEqualTo(some);
        }
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            texts.put(text(), text());
        }
        return texts;
    }

    private List<String> list() {
        List<String> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(text());
        }
        return list;
    }
}
