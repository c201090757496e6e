package io.ledgerbridge.testkit;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A customer payment to be added to a {@link FakeZohoBooks}; what is applied lowers the invoices' balances. */
public final class PaymentDraft {

    private final String customerId;
    private final String number;
    private final BigDecimal amount;
    private final Map<String, BigDecimal> applied = new LinkedHashMap<>();
    private String mode = "banktransfer";
    private String currency = "";
    private BigDecimal exchangeRate = BigDecimal.ONE;
    private BigDecimal refunded = BigDecimal.ZERO;
    private BigDecimal withheld = BigDecimal.ZERO;
    private String reference = "";
    private String description = "";
    private String retainerInvoiceId = "";
    private @Nullable LocalDate date;
    private @Nullable Instant at;

    private PaymentDraft(String customerId, String number, String amount) {
        this.customerId = customerId;
        this.number = number;
        this.amount = new BigDecimal(amount);
    }

    public static PaymentDraft of(String customerId, String number, String amount) {
        return new PaymentDraft(customerId, number, amount);
    }

    public PaymentDraft applyTo(String invoiceId, String amount) {
        applied.put(invoiceId, new BigDecimal(amount));
        return this;
    }

    /** Free text on the wire: {@code banktransfer}, {@code Cash}, or the organisation's own mode. */
    public PaymentDraft mode(String mode) {
        this.mode = mode;
        return this;
    }

    public PaymentDraft currency(String code, String exchangeRate) {
        this.currency = code;
        this.exchangeRate = new BigDecimal(exchangeRate);
        return this;
    }

    public PaymentDraft refunded(String amount) {
        this.refunded = new BigDecimal(amount);
        return this;
    }

    /** Tax withheld by the customer. */
    public PaymentDraft withheld(String amount) {
        this.withheld = new BigDecimal(amount);
        return this;
    }

    public PaymentDraft reference(String reference) {
        this.reference = reference;
        return this;
    }

    public PaymentDraft description(String description) {
        this.description = description;
        return this;
    }

    /** Makes it the payment of a retainer invoice. */
    public PaymentDraft retainer(String retainerInvoiceId) {
        this.retainerInvoiceId = retainerInvoiceId;
        return this;
    }

    public PaymentDraft on(LocalDate date) {
        this.date = date;
        return this;
    }

    /** When it was made and last modified; now by default. */
    public PaymentDraft at(Instant at) {
        this.at = at;
        return this;
    }

    Map<String, Object> build(FakeZohoBooks books) {
        Instant instant = at == null ? books.time.now() : at;
        String stamp = books.stamp(instant);
        LocalDate day = date == null ? books.today() : date;
        List<Map<String, Object>> allocations = new ArrayList<>();
        BigDecimal used = BigDecimal.ZERO;
        for (Map.Entry<String, BigDecimal> part : applied.entrySet()) {
            Map<String, Object> invoice = books.invoice(part.getKey());
            settle(books, invoice, part.getValue(), day, instant);
            used = used.add(part.getValue());
            allocations.add(Json.object(
                    "invoice_id", part.getKey(),
                    "invoice_payment_id", books.newId(),
                    "invoice_number", invoice.get("invoice_number"),
                    "amount_applied", part.getValue(),
                    "tax_amount_withheld", BigDecimal.ZERO,
                    "total", invoice.get("total"),
                    "balance", invoice.get("balance"),
                    "date", invoice.get("date"),
                    "allow_partial_payments", ""));
        }
        Map<String, Object> customer = books.contact(customerId);
        return Json.object(
                "payment_id", books.newId(),
                "payment_number", number,
                "customer_id", customerId,
                "customer_name", customer.get("contact_name"),
                "payment_mode", mode,
                "date", day.toString(),
                "amount", amount,
                "unused_amount", amount.subtract(used).subtract(refunded),
                "amount_refunded", refunded,
                "tax_amount_withheld", withheld,
                "bank_charges", BigDecimal.ZERO,
                "reference_number", reference,
                "description", description,
                "currency_id", "2000000000000000065",
                "currency_code", currency.isEmpty() ? books.currency() : currency,
                "currency_symbol", "",
                "exchange_rate", exchangeRate,
                "payment_type", "Invoice Payment",
                "payment_status", "paid",
                "retainerinvoice_id", retainerInvoiceId,
                "account_name", "Bank",
                "invoices", allocations,
                "created_time", stamp,
                "last_modified_time", stamp,
                "updated_time", stamp);
    }

    /** A partly paid invoice past its due date shows {@code overdue}, as live ones do. */
    private static void settle(
            FakeZohoBooks books, Map<String, Object> invoice, BigDecimal amount, LocalDate day, Instant instant) {
        BigDecimal balance = Json.decimal(invoice, "balance").subtract(amount);
        if (balance.signum() < 0 || List.of("void", "draft").contains(invoice.get("status"))) {
            throw new IllegalArgumentException("the invoice " + invoice.get("invoice_number") + " is "
                    + invoice.get("status") + " with a balance of " + invoice.get("balance") + ", so " + amount
                    + " cannot be paid");
        }
        BigDecimal made = Json.decimal(invoice, "payment_made").add(amount);
        boolean late =
                String.valueOf(invoice.get("due_date")).compareTo(books.today().toString()) < 0;
        String status = balance.signum() <= 0 ? "paid" : late ? "overdue" : "partially_paid";
        invoice.put("balance", balance);
        invoice.put("payment_made", made);
        invoice.put("status", status);
        invoice.put("current_sub_status", status);
        invoice.put("last_payment_date", day.toString());
        invoice.put("last_modified_time", books.stamp(instant));
    }
}
