package io.ledgerbridge.examples.cli;

import com.squareup.moshi.Moshi;
import io.ledgerbridge.sync.Reconciliation;
import io.ledgerbridge.sync.Reconciliation.Difference;
import io.ledgerbridge.sync.Reconciliation.Month;
import io.ledgerbridge.sync.Reconciliation.Receivable;
import io.ledgerbridge.sync.Reconciliation.Side;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** Amounts for accountants, and for programs. */
final class Figures {

    private static final int SHOWN = 200;
    private static final int AMOUNT = 17;

    /** What reconciling has found, as programs read it. Its names are public; amounts are texts. */
    public record JsonReconciliation(
            String connection,
            String at,
            List<JsonMonth> months,
            List<JsonReceivable> receivables,
            List<JsonDifference> differences) {}

    /** Invoices of a month. */
    public record JsonMonth(String currency, String month, JsonSide zoho, JsonSide hubSpot) {}

    /** One side of it. */
    public record JsonSide(long invoices, String total, String balance) {}

    /** What is to be paid of invoices of an age. */
    public record JsonReceivable(String currency, String age, String zoho, String hubSpot) {}

    /** One difference. */
    public record JsonDifference(
            String stream,
            String record,
            String name,
            String target,
            String property,
            String zoho,
            String hubSpot,
            String cause,
            String explanation,
            boolean repairable) {}

    private static final Moshi MOSHI = new Moshi.Builder().build();

    private Figures() {}

    static String json(String connection, Reconciliation found) {
        return MOSHI.adapter(JsonReconciliation.class)
                .toJson(new JsonReconciliation(
                        connection,
                        found.at().toString(),
                        found.months().stream()
                                .map(one -> new JsonMonth(
                                        one.currency(), one.month().toString(), side(one.zoho()), side(one.hubSpot())))
                                .toList(),
                        found.receivables().stream()
                                .map(one -> new JsonReceivable(
                                        one.currency(),
                                        one.age().words(),
                                        one.zoho().toPlainString(),
                                        one.hubSpot().toPlainString()))
                                .toList(),
                        found.differences().stream()
                                .map(one -> new JsonDifference(
                                        one.stream(),
                                        one.record(),
                                        one.name(),
                                        one.target(),
                                        one.property(),
                                        one.zoho(),
                                        one.hubSpot(),
                                        one.cause().name(),
                                        one.explanation(),
                                        one.isRepairable()))
                                .toList()));
    }

    private static JsonSide side(Side side) {
        return new JsonSide(
                side.invoices(), side.total().toPlainString(), side.balance().toPlainString());
    }

    static void print(Reconciliation found, boolean onlyDifferences, PrintWriter out) {
        List<Month> months = found.months().stream()
                .filter(month -> !onlyDifferences || !month.agrees())
                .toList();
        if (!months.isEmpty()) {
            out.println("Invoices, without drafts and voided ones");
            printMonths(months, out);
        }
        List<Receivable> receivables = found.receivables().stream()
                .filter(one -> !onlyDifferences || one.zoho().compareTo(one.hubSpot()) != 0)
                .toList();
        if (!receivables.isEmpty()) {
            out.println("Receivables by age");
            printReceivables(receivables, out);
        }
        if (found.differences().isEmpty()) {
            out.println("HubSpot agrees with Zoho Books.");
            return;
        }
        printDifferences(found.differences(), out);
    }

    private static void printMonths(List<Month> months, PrintWriter out) {
        TextTable table = table(8, 4, 8, 9, AMOUNT, AMOUNT, 3);
        table.addRowValues("month", "", "", "invoices", right("total", AMOUNT - 1), right("balance", AMOUNT - 1), "");
        for (Month month : months) {
            String mark = month.agrees() ? "" : "!";
            table.addRowValues(
                    month.month().toString(),
                    month.currency(),
                    "Zoho",
                    right("" + month.zoho().invoices(), 8),
                    amount(month.zoho().total()),
                    amount(month.zoho().balance()),
                    mark);
            if (!month.agrees()) {
                table.addRowValues(
                        "",
                        "",
                        "HubSpot",
                        right("" + month.hubSpot().invoices(), 8),
                        amount(month.hubSpot().total()),
                        amount(month.hubSpot().balance()),
                        mark);
            }
        }
        out.print(table);
    }

    private static void printReceivables(List<Receivable> receivables, PrintWriter out) {
        TextTable table = table(12, 4, AMOUNT, AMOUNT, 3);
        table.addRowValues("due for", "", right("Zoho", AMOUNT - 1), right("HubSpot", AMOUNT - 1), "");
        receivables.forEach(one -> table.addRowValues(
                one.age().words(),
                one.currency(),
                amount(one.zoho()),
                amount(one.hubSpot()),
                one.zoho().compareTo(one.hubSpot()) == 0 ? "" : "!"));
        out.print(table);
    }

    private static void printDifferences(List<Difference> differences, PrintWriter out) {
        out.println("Differences");
        TextTable table = table(10, 24, 24, 41);
        table.addRowValues("stream", "record", "property", "Zoho -> HubSpot, and why");
        differences.stream().limit(SHOWN).forEach(one -> {
            table.addRowValues(
                    one.stream(), one.name(), one.property(), shown(one.zoho()) + " -> " + shown(one.hubSpot()));
            table.addRowValues("", one.record(), one.cause().name().toLowerCase(Locale.ROOT), one.explanation());
        });
        out.print(table);
        if (differences.size() > SHOWN) {
            out.println("and " + (differences.size() - SHOWN) + " more; --json shows all");
        }
        Map<String, Long> byCause = differences.stream()
                .collect(Collectors.groupingBy(
                        one -> one.cause().name().toLowerCase(Locale.ROOT), TreeMap::new, Collectors.counting()));
        out.println(differences.size()
                + (differences.size() == 1 ? " difference: " : " differences: ")
                + byCause.entrySet().stream()
                        .map(cause -> cause.getValue() + " " + cause.getKey())
                        .collect(Collectors.joining(", "))
                + (differences.stream().anyMatch(Difference::isRepairable) ? ". See repair." : "."));
    }

    private static String shown(String value) {
        return value.isEmpty() ? "nothing" : value;
    }

    /** Widths of columns. */
    private static TextTable table(int... widths) {
        Column[] columns = new Column[widths.length];
        for (int i = 0; i < widths.length; i++) {
            columns[i] = new Column(widths[i], i == 0 ? 0 : 1, Overflow.WRAP);
        }
        return TextTable.forColumns(Help.defaultColorScheme(Ansi.OFF), columns);
    }

    /** To the cent at least, aligned to the right. */
    static String amount(BigDecimal amount) {
        BigDecimal shown = amount.scale() < 2 ? amount.setScale(2, RoundingMode.UNNECESSARY) : amount;
        DecimalFormat format = new DecimalFormat("#,##0.00######", DecimalFormatSymbols.getInstance(Locale.ROOT));
        return right(format.format(shown), AMOUNT - 1);
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
