package io.ledgerbridge.hubspot.internal;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** How HubSpot writes points in time: as text, or as milliseconds since 1970. */
public final class Moments {

    private static final int DAY_LENGTH = "2026-09-14".length();
    private static final int STAMP_LENGTH = "2026-09-14T06:11:02.417Z".length();
    private static final int WHOLE_LENGTH = "2026-09-14T06:11:02Z".length();

    /** From 1 March of the year 0 to the last of February 1970. */
    private static final int DAYS_TO_1970 = 719_469;

    private Moments() {}

    public static Instant instant(String text) {
        if (text.matches("-?\\d+")) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        return text.length() == DAY_LENGTH
                ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : Instant.parse(text);
    }

    /** The moment of an answer; null if there is none or it cannot be read. */
    public static @Nullable Instant find(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? null : quick(text);
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    private static Instant quick(String text) {
        byte[] latin = text.getBytes(StandardCharsets.ISO_8859_1);
        Instant stamp = stamp(latin, 0, latin.length);
        return stamp == null ? instant(text) : stamp;
    }

    /**
     * A stamp as records nearly always have it, two in each: {@code 2026-09-14T06:11:02.417Z}, or without a fraction. The general
     * way takes ten times as long. Null if it looks otherwise.
     */
    static @Nullable Instant stamp(byte[] text, int from, int length) {
        boolean usual = (length == STAMP_LENGTH || length == WHOLE_LENGTH)
                && text[from + 10] == 'T'
                && text[from + 19] == (length == STAMP_LENGTH ? '.' : 'Z')
                && text[from + length - 1] == 'Z';
        if (!usual) {
            return null;
        }
        int year = number(text, from + 0, from + 4);
        int month = number(text, from + 5, from + 7);
        int day = number(text, from + 8, from + 10);
        int hour = number(text, from + 11, from + 13);
        int minute = number(text, from + 14, from + 16);
        int second = number(text, from + 17, from + 19);
        int millis = length == STAMP_LENGTH ? number(text, from + 20, from + 23) : 0;
        boolean plain = year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= 28;
        if (!plain || hour > 23 || minute > 59 || second > 59 || (hour | minute | second | millis) < 0) {
            return null;
        }
        long seconds = ((daysBefore(year, month) + day) * 24 + hour) * 3_600 + minute * 60L + second;
        return Instant.ofEpochSecond(seconds, millis * 1_000_000L);
    }

    /** Days from 1970 to the last of the month before. */
    private static long daysBefore(int year, int month) {
        // Counted in years that begin in March, so that the leap day is the last.
        int shifted = month <= 2 ? year - 1 : year;
        int monthFromMarch = (month + 9) % 12;
        long days = 365L * shifted + shifted / 4 - shifted / 100 + shifted / 400 + (153 * monthFromMarch + 2) / 5;
        return days - DAYS_TO_1970;
    }

    /** A number of digits alone; negative if it is none. */
    private static int number(byte[] text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return Integer.MIN_VALUE;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    public static LocalDate day(String text) {
        return text.length() == DAY_LENGTH && text.charAt(4) == '-'
                ? LocalDate.parse(text)
                : LocalDate.ofInstant(instant(text), ZoneOffset.UTC);
    }
}
