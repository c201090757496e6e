package io.ledgerbridge.sync.internal;

import io.ledgerbridge.time.TimeSource;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What all steps of one run share. */
final class Run {

    /** Somebody has asked the run to end; what is committed stays. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    final Ledger ledger;
    final SourceReader source;
    final TargetWriter target;
    final TimeSource time;
    final Prepared prepared;
    final boolean isJustPrepared;

    /** Whether HubSpot did not answer in the run before: then little is fetched before something was written. */
    final boolean isCautious;

    final BooksMapping mapping;
    final Policies policies;
    final Tally tally;
    final Parking parking;
    final @Nullable Instant deadline;
    private final BooleanSupplier stopAsked;
    final Map<Kind, String> off;
    private final boolean matchesDeals;
    final Governor governor;
    final Lookup lookup;
    final Scope scope;
    final Remapping remapping;

    Run(
            Ledger ledger,
            SourceReader source,
            TargetWriter target,
            TimeSource time,
            Prepared prepared,
            boolean isJustPrepared,
            boolean isCautious,
            Policies policies,
            Tally tally,
            Parking parking,
            BooleanSupplier stopAsked,
            @Nullable Instant deadline) {
        this.ledger = ledger;
        this.source = source;
        this.target = target;
        this.time = time;
        this.prepared = prepared;
        this.isJustPrepared = isJustPrepared;
        this.isCautious = isCautious;
        this.policies = policies;
        this.tally = tally;
        this.parking = parking;
        this.stopAsked = stopAsked;
        this.deadline = deadline;
        this.mapping = new BooksMapping(
                prepared.organization().organizationId(),
                prepared.organization().currencyCode(),
                prepared.account(),
                policies.mapping());
        this.off = new EnumMap<>(Kind.class);
        this.off.putAll(prepared.off());
        this.matchesDeals = policies.matchesDeals();
        this.governor = new Governor(this);
        this.lookup = new Lookup(this);
        this.scope = new Scope(this);
        this.remapping = new Remapping(this);
    }

    boolean isOn(Kind kind) {
        return !off.containsKey(kind) && (kind != Kind.DEAL || matchesDeals);
    }

    Identity identity(Kind kind) {
        return prepared.identity().getOrDefault(kind, Identity.UNIQUE_KEY);
    }

    LocalDate today() {
        return LocalDate.ofInstant(time.now(), prepared.zone());
    }

    /**
     * To be asked before each batch.
     *
     * @throws Stopped if somebody wants the run to end
     */
    void mayGoOn() {
        if (stopAsked.getAsBoolean()) {
            throw new Stopped();
        }
    }

    boolean isOver() {
        return deadline != null && !time.now().isBefore(deadline);
    }

    /** Without what the account does not have or computes itself. */
    Map<String, String> writable(Kind kind, Map<String, String> values) {
        Set<String> writable = prepared.writable().getOrDefault(kind, Set.of());
        Map<String, String> kept = new HashMap<>();
        values.forEach((name, value) -> {
            if (writable.contains(name)) {
                kept.put(name, value);
            }
        });
        return kept;
    }
}
