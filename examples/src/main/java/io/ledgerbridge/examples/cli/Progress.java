package io.ledgerbridge.examples.cli;

import io.ledgerbridge.sync.SyncListener;
import io.ledgerbridge.time.TimeSource;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Tells a person how a run gets on: one line that changes on a terminal, a line now and then elsewhere. */
final class Progress implements SyncListener {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final PrintWriter err;
    private final TimeSource time;
    private final boolean terminal;
    private String stream = "";
    private Instant streamBegan;
    private Instant lastLine;

    Progress(PrintWriter err, TimeSource time, boolean terminal) {
        this.err = err;
        this.time = time;
        this.terminal = terminal;
        this.streamBegan = time.now();
        this.lastLine = Instant.MIN;
    }

    @Override
    public void progress(String name, long done, long remaining) {
        Instant now = time.now();
        boolean another = !name.equals(stream);
        if (another) {
            endLine();
            stream = name;
            streamBegan = now;
        }
        if (terminal) {
            err.print("\r" + line(done, remaining, now) + "   ");
            err.flush();
        } else if (another || lastLine.plus(BETWEEN_LINES).isBefore(now)) {
            lastLine = now;
            err.println(line(done, remaining, now));
            err.flush();
        }
    }

    /** Leaves the line as it is. */
    void endLine() {
        if (terminal && !stream.isEmpty()) {
            err.println();
            err.flush();
        }
    }

    private String line(long done, long remaining, Instant now) {
        double seconds = Duration.between(streamBegan, now).toMillis() / 1000.0;
        double rate = seconds < 0.05 ? 0 : done / seconds;
        String line = String.format(Locale.ROOT, "%-10s %6d", stream, done)
                + (rate > 0 ? String.format(Locale.ROOT, "  %.0f/s", rate) : "");
        if (remaining > 0 && rate > 0) {
            Instant end = now.plusSeconds((long) (remaining / rate));
            line += "  " + remaining + " left, until " + CLOCK.format(end.atZone(ZoneId.systemDefault()));
        }
        return line;
    }
}
