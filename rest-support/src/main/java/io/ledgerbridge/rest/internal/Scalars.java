package io.ledgerbridge.rest.internal;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Moshi adapters for values that must not pass through {@code double}, and for dates. All are written as text. */
public final class Scalars {

    private Scalars() {}

    public static Moshi.Builder addTo(Moshi.Builder builder) {
        return builder.add(BigDecimal.class, text(BigDecimal::new, BigDecimal::toPlainString))
                .add(Instant.class, text(Instant::parse, Instant::toString))
                .add(LocalDate.class, text(LocalDate::parse, LocalDate::toString));
    }

    private static <T> JsonAdapter<T> text(Function<String, T> read, Function<T, String> write) {
        return new JsonAdapter<T>() {
            @Override
            public @Nullable T fromJson(JsonReader reader) throws IOException {
                return reader.peek() == JsonReader.Token.NULL ? reader.nextNull() : read.apply(reader.nextString());
            }

            @Override
            public void toJson(JsonWriter writer, @Nullable T value) throws IOException {
                writer.value(value == null ? null : write.apply(value));
            }
        };
    }
}
