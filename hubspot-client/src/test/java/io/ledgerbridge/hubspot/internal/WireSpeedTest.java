package io.ledgerbridge.hubspot.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import io.ledgerbridge.hubspot.Properties;
import io.ledgerbridge.hubspot.internal.Wire.BatchAnswer;
import io.ledgerbridge.hubspot.internal.Wire.Input;
import io.ledgerbridge.hubspot.internal.Wire.Inputs;
import io.ledgerbridge.hubspot.internal.Wire.RecordAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import okio.Buffer;
import org.junit.jupiter.api.Test;

/** The quick ways to write and read batches against the general ones: the same for everything, or the general one is used. */
class WireSpeedTest {

    private static final String[] PIECES = {
        "Harbor", " ", "\"", "\\", "\n", "\t", "\u0000", "\u001f", "\u007f", "é", "ß", "漢字", "😀", "\u2028", "/", "{",
        "}", ",", ":", "[", "]", "null", "true", "1.50", "\r", "\b", "\f", "\ud83d"
    };

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(6);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(random.nextInt(3) == 0 ? PIECES.length : 2)]);
        }
        return text.toString();
    }

    @Test
    void whatIsWrittenIsReadAsItWas() throws IOException {
        Random random = new Random(5);
        for (int round = 0; round < 3_000; round++) {
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                values.put("p_" + i, text(random).replace("\ud83d", "").replace("\ude00", ""));
            }
            Input input = new Input(
                    random.nextBoolean()
                            ? null
                            : text(random).replace("\ud83d", "").replace("\ude00", ""),
                    null,
                    random.nextBoolean() ? null : "i" + round,
                    Properties.ofEncoded(values),
                    List.of());
            Buffer body = new Buffer();
            RecordJson.body(new Inputs(List.of(input, input))).writeTo(body);
            assertThat(RecordJson.body(new Inputs(List.of(input, input))).contentLength())
                    .isEqualTo(body.size());

            Object read = JsonReader.of(body).readJsonValue();
            Map<String, Object> expected = new HashMap<>();
            if (input.id() != null) {
                expected.put("id", input.id());
            }
            if (input.objectWriteTraceId() != null) {
                expected.put("objectWriteTraceId", input.objectWriteTraceId());
            }
            expected.put("properties", values);
            assertThat(read).isEqualTo(Map.of("inputs", List.of(expected, expected)));
        }
    }

    @Test
    void anInputMayHaveAKeyPropertyAndNoId() throws IOException {
        Buffer body = new Buffer();
        RecordJson.body(new Input(null, "k", null, Properties.ofEncoded(Map.of("k", "1")), List.of()))
                .writeTo(body);
        assertThat(body.readUtf8()).isEqualTo("{\"idProperty\":\"k\",\"properties\":{\"k\":\"1\"}}");
    }

    @Test
    void halfACharacterDoesNotBreakTheBody() throws IOException {
        Input input = new Input("\ud83d", "key", null, Properties.ofEncoded(Map.of("a", "x\ude00")), List.of());
        Buffer body = new Buffer();
        RecordJson.body(input).writeTo(body);
        assertThat(body.readUtf8())
                .isEqualTo("{\"id\":\"?\",\"idProperty\":\"key\",\"properties\":{\"a\":\"x?\",\"key\":\"?\"}}");
    }

    private static String answer(Random random) throws IOException {
        Buffer json = new Buffer();
        JsonWriter writer = JsonWriter.of(json);
        if (random.nextInt(4) == 0) {
            writer.setIndent("  ");
        }
        writer.setSerializeNulls(true);
        writer.beginObject();
        if (random.nextBoolean()) {
            writer.name("status").value("COMPLETE").name("startedAt").value("2026-09-14T06:11:02.100Z");
        }
        writer.name("results").beginArray();
        for (int i = random.nextInt(5); i > 0; i--) {
            writer.beginObject().name("id").value("" + random.nextInt(1_000));
            if (random.nextBoolean()) {
                writer.name("new").value(random.nextBoolean());
            }
            writer.name("properties").beginObject();
            for (int p = random.nextInt(20); p > 0; p--) {
                writer.name((random.nextInt(4) == 0 ? "x" : "p") + p);
                switch (random.nextInt(8)) {
                    case 0 -> writer.nullValue();
                    case 1 -> writer.value(text(random));
                    default -> writer.value("Value " + p);
                }
            }
            writer.endObject();
            writer.name("createdAt").value("2026-0" + (1 + random.nextInt(9)) + "-14T06:11:02.417Z");
            writer.name("updatedAt")
                    .value(random.nextInt(5) == 0 ? "1970-01-01T00:00:00Z" : "2026-09-30T06:11:02.417Z");
            writer.name("archived").value(random.nextBoolean());
            if (random.nextInt(3) == 0) {
                writer.name("url").value("https://app.hubspot.com/1");
            }
            writer.endObject();
        }
        writer.endArray().endObject();
        return json.readUtf8();
    }

    private static BatchAnswer general(String json) throws IOException {
        return Wire.MOSHI.adapter(BatchAnswer.class).fromJson(json);
    }

    private static void assertSame(BatchAnswer quick, BatchAnswer general) {
        assertThat(quick.errors()).isEqualTo(general.errors());
        assertThat(quick.results()).hasSameSizeAs(general.results());
        for (int i = 0; i < quick.results().size(); i++) {
            RecordAnswer a = quick.results().get(i);
            RecordAnswer b = general.results().get(i);
            assertThat(a).isEqualTo(b);
            assertThat(new ArrayList<>(a.properties().entrySet()))
                    .isEqualTo(new ArrayList<>(b.properties().entrySet()));
            b.properties()
                    .forEach((name, value) ->
                            assertThat(a.properties().get(name)).isEqualTo(value));
            assertThat(a.properties().containsKey("nothing")).isFalse();
        }
    }

    @Test
    void whatTheQuickReaderReadsIsWhatTheGeneralOneReads() throws IOException {
        Random random = new Random(11);
        int quickly = 0;
        for (int round = 0; round < 4_000; round++) {
            String json = answer(random);
            BatchAnswer quick = AnswerScanner.scan(json.getBytes(StandardCharsets.UTF_8));
            if (quick != null) {
                quickly++;
                assertSame(quick, general(json));
            }
        }
        assertThat(quickly).isGreaterThan(1_000);
    }

    @Test
    void damagedAnswersAreNeverReadQuicklyAndOtherwise() throws IOException {
        Random random = new Random(17);
        for (int round = 0; round < 20_000; round++) {
            byte[] json = answer(random).getBytes(StandardCharsets.UTF_8);
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                json[random.nextInt(json.length)] = (byte) "{}[]\",:ntf0\\x".charAt(random.nextInt(13));
            }
            byte[] cut = random.nextInt(4) == 0 ? java.util.Arrays.copyOf(json, random.nextInt(json.length)) : json;
            BatchAnswer quick = AnswerScanner.scan(cut);
            if (quick != null) {
                assertSame(quick, general(new String(cut, StandardCharsets.UTF_8)));
            }
        }
    }
}
