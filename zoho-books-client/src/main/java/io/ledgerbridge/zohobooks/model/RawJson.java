package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import io.ledgerbridge.zohobooks.internal.LenientJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A record exactly as Zoho Books sent it, for members that this library does not model. Values are looked up by the path
 * of their names and read in the vendor's ways: {@code ""} and {@code null} are no value, numbers may be texts.
 *
 * <p>{@code toString} tells the size only, since a record of a customer has no place in a log; the text is {@link #json()}.
 */
public final class RawJson {

    /** No record: what a record made by hand has. */
    public static final RawJson NONE = new RawJson("{}".getBytes(StandardCharsets.UTF_8));

    private static final JsonAdapter<RawJson> RAW = LenientJson.moshi().adapter(RawJson.class);

    private final byte[] utf8;

    private RawJson(byte[] utf8) {
        this.utf8 = utf8;
    }

    /**
     * A record from its text.
     *
     * @param json one JSON object; it is not checked here
     */
    public static RawJson of(String json) {
        return new RawJson(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A record from its bytes.
     *
     * @param utf8 one JSON object, which must not be changed any more
     */
    public static RawJson ofUtf8(byte[] utf8) {
        return new RawJson(utf8);
    }

    /** The text as it was received. */
    public String json() {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** Length of the text in bytes. */
    public int size() {
        return utf8.length;
    }

    /** A reader at the beginning of the text. */
    public JsonReader reader() {
        return JsonReader.of(new Buffer().write(utf8));
    }

    /** A text, number or truth value as text; empty if there is none, or if it is {@code ""}. */
    public Optional<String> text(String... path) {
        return value(LenientJson.TEXT, path).filter(text -> !text.isEmpty());
    }

    public Optional<BigDecimal> decimal(String... path) {
        return value(LenientJson.DECIMAL, path);
    }

    public Optional<LocalDate> date(String... path) {
        return value(LenientJson.DATE, path);
    }

    /** A stamp with the offset it was sent with, which is that of the organisation. */
    public Optional<OffsetDateTime> stamp(String... path) {
        return value(LenientJson.STAMP, path);
    }

    /** The object under this path; empty if there is none. */
    public Optional<RawJson> object(String... path) {
        return value(RAW, path);
    }

    /** The objects of the list under this path; none if there is no list. */
    public List<RawJson> objects(String... path) {
        List<RawJson> objects = new ArrayList<>();
        value(
                new JsonAdapter<Boolean>() {
                    @Override
                    public Boolean fromJson(JsonReader reader) throws IOException {
                        if (reader.peek() != JsonReader.Token.BEGIN_ARRAY) {
                            reader.skipValue();
                            return false;
                        }
                        reader.beginArray();
                        while (reader.hasNext()) {
                            RawJson object = RAW.fromJson(reader);
                            if (object != null) {
                                objects.add(object);
                            }
                        }
                        reader.endArray();
                        return true;
                    }

                    @Override
                    public void toJson(com.squareup.moshi.JsonWriter writer, @Nullable Boolean value) {
                        throw new UnsupportedOperationException("only read");
                    }
                },
                path);
        return List.copyOf(objects);
    }

    private <T> Optional<T> value(JsonAdapter<T> adapter, String... path) {
        try (JsonReader reader = reader()) {
            for (String name : path) {
                if (!enter(reader, name)) {
                    return Optional.empty();
                }
            }
            return Optional.ofNullable(adapter.fromJson(reader));
        } catch (IOException e) {
            throw new UncheckedIOException("this is no JSON object: " + LenientJson.beginning(json()), e);
        }
    }

    private static boolean enter(JsonReader reader, String name) throws IOException {
        if (reader.peek() != JsonReader.Token.BEGIN_OBJECT) {
            return false;
        }
        reader.beginObject();
        while (reader.hasNext()) {
            if (reader.nextName().equals(name)) {
                return true;
            }
            reader.skipValue();
        }
        return false;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RawJson raw && Arrays.equals(utf8, raw.utf8);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(utf8);
    }

    @Override
    public String toString() {
        return "RawJson[" + utf8.length + " bytes]";
    }
}
