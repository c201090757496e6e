package io.ledgerbridge.hubspot.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MomentsTest {

    @Test
    void stampsAreReadAsJavaReadsThem() {
        Random random = new Random(3);
        for (int i = 0; i < 200_000; i++) {
            Instant moment = Instant.ofEpochMilli((long) (random.nextDouble() * 4_000_000_000_000L) - 500_000_000_000L);
            String stamp = moment.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "")
                    + ".%03dZ".formatted(moment.getNano() / 1_000_000);
            assertThat(Moments.find(stamp)).isEqualTo(Instant.parse(stamp));
            String whole = stamp.substring(0, 19) + "Z";
            assertThat(Moments.find(whole)).isEqualTo(Instant.parse(whole));
        }
    }

    @Test
    void whatIsNoStampIsNone() {
        for (String text : new String[] {
            "",
            "yesterday",
            "2026-02-30T06:11:02.417Z",
            "2026-13-01T06:11:02.417Z",
            "2026-09-14T24:11:02.417Z",
            "2026-09-14T06:11:02.4x7Z",
            "20x6-09-14T06:11:02.417Z",
            "2026-09-14T06:11:0xZ",
            "2026-09-14 06:11:02Z"
        }) {
            assertThat(Moments.find(text)).isNull();
        }
        assertThat(Moments.find(null)).isNull();
        assertThat(Moments.find("2024-02-29T23:59:59.999Z")).isEqualTo("2024-02-29T23:59:59.999Z");
    }
}
