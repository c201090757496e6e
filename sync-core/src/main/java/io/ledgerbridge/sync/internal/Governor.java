package io.ledgerbridge.sync.internal;

import io.ledgerbridge.zohobooks.ZohoQuota;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Divides the source's calls of a day: some stay for the organisation's other tools, the last hour's rest is free for extras. */
final class Governor {

    private static final int SMALLEST_RESERVE = 100;
    private static final int CALLS_A_MINUTE = 90;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    static final int UNKNOWN_LIMIT = 1_000;
    private static final Duration EXPIRING = Duration.ofHours(1);

    /** The share of a day's calls that may go into looking for changes. */
    private static final int POLLING_PERCENT = 10;

    /** The lists of customers, invoices, payments and credit notes. */
    private static final int CALLS_OF_AN_IDLE_CYCLE = 4;

    /** A share of the day's calls stays for the organisation's other tools. */
    static final class DaySpent extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final Instant resumesAt;

        DaySpent(Instant resumesAt) {
            this.resumesAt = resumesAt;
        }
    }

    private final Run run;

    Governor(Run run) {
        this.run = run;
    }

    /**
     * To be asked before every call that counts.
     *
     * @throws DaySpent if only the reserve is left
     */
    void keepReserve() {
        run.mayGoOn();
        run.ledger.keepLease();
        Optional<ZohoQuota> quota = present();
        if (quota.isPresent() && spare(quota.get()) <= 0) {
            throw new DaySpent(quota.get().resetsAt());
        }
    }

    /** How many calls would be lost at the end of the day; none before its last hour. */
    int expiring() {
        return present()
                .filter(quota ->
                        Duration.between(run.time.now(), quota.resetsAt()).compareTo(EXPIRING) <= 0)
                .map(Governor::spare)
                .orElse(0);
    }

    /** How long to wait between two cycles that find nothing, so that they stay within polling's share. */
    static Duration pollingInterval(int limit) {
        long cycles = Math.max(1, (long) limit * POLLING_PERCENT / 100 / CALLS_OF_AN_IDLE_CYCLE);
        return Duration.ofDays(1).dividedBy(cycles);
    }

    /** How long to wait between two readings of a whole list, so that they stay within polling's share; a day at most. */
    Duration betweenReadings(long calls) {
        int limit = run.source.quota().map(ZohoQuota::limit).orElse(UNKNOWN_LIMIT);
        long share = Math.max(1, (long) limit * POLLING_PERCENT / 100);
        Duration day = Duration.ofDays(1);
        return calls >= share ? day : day.multipliedBy(calls).dividedBy(share);
    }

    /**
     * When so many details will have been fetched, at the pace of a minute and with the calls of a day that are not in reserve;
     * empty if there are none, or the day's limit is not known.
     */
    static Optional<Instant> backlogEnds(Optional<ZohoQuota> quota, Instant now, long details) {
        if (details == 0 || quota.isEmpty()) {
            return Optional.empty();
        }
        boolean present = quota.get().resetsAt().isAfter(now);
        long today = present ? Math.max(0, spare(quota.get())) : 0;
        long perDay = Math.max(1, quota.get().limit() - reserve(quota.get().limit()));
        if (details <= today) {
            return Optional.of(now.plus(MINUTE.multipliedBy(details / CALLS_A_MINUTE + 1)));
        }
        long later = details - today;
        Instant begin = present ? quota.get().resetsAt() : now;
        Instant day = begin.plus(Duration.ofDays((later - 1) / perDay));
        long onLastDay = (later - 1) % perDay + 1;
        return Optional.of(day.plus(MINUTE.multipliedBy(onLastDay / CALLS_A_MINUTE + 1)));
    }

    /** What is known of the day that has not ended yet. */
    private Optional<ZohoQuota> present() {
        return run.source.quota().filter(quota -> quota.resetsAt().isAfter(run.time.now()));
    }

    private static int spare(ZohoQuota quota) {
        return quota.remaining() - reserve(quota.limit());
    }

    /** At least a hundred calls, or a tenth of the day's. */
    static int reserve(int limit) {
        return Math.max(SMALLEST_RESERVE, limit / 10);
    }
}
