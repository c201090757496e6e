package io.ledgerbridge.hubspot;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** How HubSpot writes points in time: as text, or as milliseconds since 1970. */
final class Moments {

    private static final int DAY_LENGTH = "2026-09-14".length();
    private static final int STAMP_LENGTH = "2026-09-14T06:11:02.417Z".length();

    private Moments() {}

    static Instant instant(String text) {
        if (text.matches("-?\\d+")) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        return text.length() == DAY_LENGTH
                ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : Instant.parse(text);
    }

    /** The moment of an answer; null if there is none or it cannot be read. */
    static @Nullable Instant find(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? null : quick(text);
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    /** Stamps of records nearly always look like {@code 2026-09-14T06:11:02.417Z}; the general way takes ten times as long. */
    private static Instant quick(String text) {
        boolean usual = text.length() == STAMP_LENGTH
                && text.charAt(10) == 'T'
                && text.charAt(19) == '.'
                && text.charAt(STAMP_LENGTH - 1) == 'Z';
        if (!usual) {
            return instant(text);
        }
        LocalDate day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
        long seconds = day.toEpochDay() * 86_400
                + LocalTime.of(number(text, 11, 13), number(text, 14, 16), number(text, 17, 19))
                        .toSecondOfDay();
        return Instant.ofEpochSecond(seconds, number(text, 20, 23) * 1_000_000L);
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    static LocalDate day(String text) {
        return text.length() == DAY_LENGTH && text.charAt(4) == '-'
                ? LocalDate.parse(text)
                : LocalDate.ofInstant(instant(text), ZoneOffset.UTC);
    }
}
