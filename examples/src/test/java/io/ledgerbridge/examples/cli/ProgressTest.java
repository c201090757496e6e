package io.ledgerbridge.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.time.VirtualTime;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final VirtualTime time = VirtualTime.startingAt(Instant.parse("2026-03-02T00:00:00Z"));
    private final StringWriter out = new StringWriter();

    private void tellThreeTimes(boolean terminal) throws InterruptedException {
        Progress progress = new Progress(new PrintWriter(out, true), time, terminal);
        progress.progress("customers", 100, -1);
        time.sleep(Duration.ofSeconds(2));
        progress.progress("details", 0, 600);
        time.sleep(Duration.ofSeconds(10));
        progress.progress("details", 20, 580);
        progress.endLine();
    }

    @Test
    void aTerminalSeesOneLinePerStreamThatChanges() throws Exception {
        tellThreeTimes(true);

        assertThat(out.toString().split("\n"))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("customers", "100"))
                .anySatisfy(line -> assertThat(line).contains("\rdetails").contains("2/s  580 left, until "));
    }

    @Test
    void elsewhereEachNewsIsALineOfItsOwn() throws Exception {
        tellThreeTimes(false);

        assertThat(out.toString()).doesNotContain("\r");
        assertThat(out.toString().lines()).hasSize(3).last().asString().contains("details", "580 left");
    }
}
