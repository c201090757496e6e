package io.ledgerbridge.examples.cli;

import io.ledgerbridge.examples.cli.Settings.BadSetting;
import io.ledgerbridge.sync.Selection;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which records are synced. */
final class SelectionOptions {

    @Option(
            names = "--since",
            paramLabel = "DAY",
            description = "Invoices and payments of this day and later, such as 2025-01-01.")
    private @Nullable String since;

    @Option(
            names = "--statuses",
            paramLabel = "STATUS",
            split = ",",
            description = "Invoices with these statuses of Zoho Books, such as sent,overdue,paid.")
    private List<String> statuses = List.of();

    @Option(
            names = "--branches",
            paramLabel = "ID",
            split = ",",
            description = "Invoices and payments of these branches or locations.")
    private List<String> branches = List.of();

    @Option(
            names = "--customers",
            paramLabel = "ID",
            split = ",",
            description = "These customers alone, with everything of theirs: a pilot.")
    private List<String> customers = List.of();

    Selection selection() {
        return new Selection(day(), Set.copyOf(statuses), Set.copyOf(branches), Set.copyOf(customers));
    }

    private @Nullable LocalDate day() {
        try {
            return since == null ? null : LocalDate.parse(since);
        } catch (DateTimeParseException e) {
            throw new BadSetting("--since expects a day such as 2025-01-01, but was '" + since + "'.");
        }
    }
}
