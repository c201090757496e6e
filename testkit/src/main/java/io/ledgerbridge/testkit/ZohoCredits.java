package io.ledgerbridge.testkit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Credit notes, what they were applied to, and what was paid back of them and of payments (reference 4.5 and 4.6). */
final class ZohoCredits {

    private static final Set<String> ONLY_IN_DETAIL = Set.of(
            "exchange_rate",
            "line_items",
            "sub_total",
            "taxes",
            "billing_address",
            "shipping_address",
            "notes",
            "terms",
            "custom_fields");

    private final Map<String, Map<String, Object>> notes = new LinkedHashMap<>();
    private final List<Map<String, Object>> applications = new ArrayList<>();
    private final List<Map<String, Object>> refunds = new ArrayList<>();
    private final List<Map<String, Object>> paymentRefunds = new ArrayList<>();

    void add(Map<String, Object> note) {
        notes.put(Json.text(note, "creditnote_id"), note);
    }

    void remove(String id) {
        note(id);
        if (!invoicesCredited(id).isEmpty()) {
            throw new IllegalArgumentException("the credit note " + id + " is applied to invoices");
        }
        notes.remove(id);
    }

    Collection<Map<String, Object>> all() {
        return notes.values();
    }

    boolean has(String id) {
        return notes.containsKey(id);
    }

    Map<String, Object> note(String id) {
        Map<String, Object> note = notes.get(id);
        if (note == null) {
            throw new IllegalArgumentException("no credit note with id " + id);
        }
        return note;
    }

    /** Lowers the balances of both, and closes or pays what has none left. */
    void apply(FakeZohoBooks books, String noteId, Map<String, Object> invoice, BigDecimal amount) {
        Map<String, Object> note = note(noteId);
        spend(note, amount);
        BigDecimal balance = Json.decimal(invoice, "balance").subtract(amount);
        if (balance.signum() < 0) {
            throw new IllegalArgumentException("the invoice's balance is smaller than " + amount);
        }
        invoice.put("balance", balance);
        invoice.put("credits_applied", Json.decimal(invoice, "credits_applied").add(amount));
        if (balance.signum() == 0) {
            invoice.put("status", "paid");
            invoice.put("current_sub_status", "paid");
        }
        applications.add(Json.object(
                "creditnote_id", noteId,
                "invoice_id", invoice.get("invoice_id"),
                "creditnote_invoice_id", books.newId(),
                "date", books.today().toString(),
                "invoice_number", invoice.get("invoice_number"),
                "creditnote_number", note.get("creditnote_number"),
                "credited_amount", amount));
        books.touch(note);
    }

    void refund(FakeZohoBooks books, String noteId, BigDecimal amount) {
        Map<String, Object> note = note(noteId);
        spend(note, amount);
        refunds.add(Json.object(
                "creditnote_refund_id",
                books.newId(),
                "creditnote_id",
                noteId,
                "date",
                books.today().toString(),
                "refund_mode",
                "cash",
                "reference_number",
                "",
                "creditnote_number",
                note.get("creditnote_number"),
                "customer_name",
                note.get("customer_name"),
                "description",
                "",
                "amount_bcy",
                inBaseCurrency(amount, note),
                "amount_fcy",
                amount));
        books.touch(note);
    }

    void refundPayment(FakeZohoBooks books, Map<String, Object> payment, BigDecimal amount) {
        BigDecimal unused = Json.decimal(payment, "unused_amount").subtract(amount);
        if (unused.signum() < 0) {
            throw new IllegalArgumentException("the payment's unused amount is smaller than " + amount);
        }
        payment.put("unused_amount", unused);
        payment.put("amount_refunded", Json.decimal(payment, "amount_refunded").add(amount));
        paymentRefunds.add(Json.object(
                "payment_refund_id", books.newId(),
                "payment_id", payment.get("payment_id"),
                "date", books.today().toString(),
                "refund_mode", "cash",
                "reference_number", "",
                "payment_number", payment.get("payment_number"),
                "customer_name", payment.get("customer_name"),
                "description", "",
                "amount_bcy", inBaseCurrency(amount, payment),
                "amount_fcy", amount));
        books.touch(payment);
    }

    private static void spend(Map<String, Object> note, BigDecimal amount) {
        BigDecimal balance = Json.decimal(note, "balance").subtract(amount);
        if (balance.signum() < 0 || !"open".equals(note.get("status"))) {
            throw new IllegalArgumentException(
                    "the credit note is " + note.get("status") + " with a balance of " + note.get("balance"));
        }
        note.put("balance", balance);
        if (balance.signum() == 0) {
            note.put("status", "closed");
        }
    }

    private static BigDecimal inBaseCurrency(BigDecimal amount, Map<String, Object> document) {
        return amount.multiply(Json.decimal(document, "exchange_rate")).setScale(2, RoundingMode.HALF_UP);
    }

    static Map<String, Object> row(Map<String, Object> note) {
        Map<String, Object> row = new LinkedHashMap<>(note);
        row.keySet().removeAll(ONLY_IN_DETAIL);
        return row;
    }

    /** The detail calls the stamp {@code updated_time}. */
    Map<String, Object> detail(String id) {
        Map<String, Object> detail = new LinkedHashMap<>(note(id));
        detail.put("updated_time", detail.remove("last_modified_time"));
        detail.put("invoices", invoicesCredited(id));
        return detail;
    }

    List<Map<String, Object>> invoicesCredited(String noteId) {
        return having(applications, "creditnote_id", noteId);
    }

    /** What {@code GET /invoices/{id}/creditsapplied} lists: the same with other names. */
    List<Map<String, Object>> creditsApplied(String invoiceId) {
        return having(applications, "invoice_id", invoiceId).stream()
                .map(applied -> Json.object(
                        "creditnote_id", applied.get("creditnote_id"),
                        "creditnotes_invoice_id", applied.get("creditnote_invoice_id"),
                        "creditnotes_number", applied.get("creditnote_number"),
                        "credited_date", applied.get("date"),
                        "amount_applied", applied.get("credited_amount")))
                .toList();
    }

    List<Map<String, Object>> refunds() {
        return List.copyOf(refunds);
    }

    List<Map<String, Object>> refundsOf(String noteId) {
        return having(refunds, "creditnote_id", noteId);
    }

    List<Map<String, Object>> refundsOfPayment(String paymentId) {
        return having(paymentRefunds, "payment_id", paymentId);
    }

    private static List<Map<String, Object>> having(List<Map<String, Object>> all, String name, String value) {
        return all.stream().filter(one -> value.equals(one.get(name))).toList();
    }
}
