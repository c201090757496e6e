package io.ledgerbridge.sync;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which records of Zoho Books a connection syncs: those that fit everything that is set. What does not fit is skipped with the reason; a
 * record that was synced and fits no more stays in HubSpot as it is, and is never taken for a deletion. When a selection changes, the next
 * run reads all lists once.
 *
 * <pre>{@code
 * Selection pilot = Selection.everything().customers(List.of("46000000012345", "46000000067890"));
 * Selection recent = Selection.everything().since(LocalDate.of(2025, 1, 1));
 * }</pre>
 *
 * @param since the first day whose invoices and payments are synced; null for all. Balances and revenue of companies are those of what is
 *     synced
 * @param statuses of invoices, in Zoho's words; empty for all
 * @param branches ids of branches or locations of invoices and payments; empty for all. A record that names none fits
 * @param customers ids of customers, with everything of theirs; empty for all
 */
public record Selection(@Nullable LocalDate since, Set<String> statuses, Set<String> branches, Set<String> customers) {

    private static final Selection EVERYTHING = new Selection(null, Set.of(), Set.of(), Set.of());

    public Selection {
        statuses = Set.copyOf(statuses);
        branches = Set.copyOf(branches);
        customers = Set.copyOf(customers);
    }

    /** All records. */
    public static Selection everything() {
        return EVERYTHING;
    }

    /** Invoices and payments of this day and later. */
    public Selection since(LocalDate day) {
        return new Selection(day, statuses, branches, customers);
    }

    /** Invoices with one of these statuses of Zoho Books. */
    public Selection statuses(String... ofInvoices) {
        return new Selection(since, Set.copyOf(Arrays.asList(ofInvoices)), branches, customers);
    }

    /** Invoices and payments of these branches, or locations. */
    public Selection branches(Collection<String> ids) {
        return new Selection(since, statuses, Set.copyOf(ids), customers);
    }

    /** These customers alone, with everything of theirs: a pilot. */
    public Selection customers(Collection<String> ids) {
        return new Selection(since, statuses, branches, Set.copyOf(ids));
    }

    /** What is selected, in words. */
    @Override
    public String toString() {
        String told = (since == null ? "" : " since " + since)
                + named("statuses", statuses)
                + named("branches", branches)
                + named("customers", customers);
        return told.isEmpty() ? "everything" : told.strip();
    }

    private static String named(String what, Set<String> values) {
        return values.isEmpty() ? "" : " " + what + " " + String.join(" ", new TreeSet<>(values));
    }
}
