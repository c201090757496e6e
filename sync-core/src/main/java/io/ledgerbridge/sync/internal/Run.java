package io.ledgerbridge.sync.internal;

import io.ledgerbridge.time.TimeSource;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What all steps of one run share. */
final class Run {

    final Ledger ledger;
    final SourceReader source;
    final TargetWriter target;
    final TimeSource time;
    final Prepared prepared;
    final boolean isJustPrepared;

    /** Whether HubSpot did not answer in the run before: then little is fetched before something was written. */
    final boolean isCautious;

    final Mapping mapping;
    final Policies policies;
    final Tally tally;
    final Parking parking;
    final @Nullable Instant deadline;
    final Map<Kind, String> off;
    final Governor governor;

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
        this.deadline = deadline;
        this.mapping = new Mapping(
                prepared.organization().organizationId(),
                prepared.organization().currencyCode(),
                prepared.account());
        this.off = new EnumMap<>(Kind.class);
        this.off.putAll(prepared.off());
        this.governor = new Governor(this);
    }

    boolean isOn(Kind kind) {
        return !off.containsKey(kind);
    }

    LocalDate today() {
        return LocalDate.ofInstant(time.now(), prepared.zone());
    }

    boolean isOver() {
        return deadline != null && !time.now().isBefore(deadline);
    }

    /** Without what the account does not have or computes itself. */
    Map<String, String> writable(Kind kind, Map<String, String> values) {
        Map<String, String> kept = new HashMap<>(values);
        kept.keySet().retainAll(prepared.writable().getOrDefault(kind, Set.of()));
        return kept;
    }
}
