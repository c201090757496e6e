package io.ledgerbridge.testkit;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A credit note to be added to a {@link FakeZohoBooks}, with totals as those of an {@link InvoiceDraft}. */
public final class CreditNoteDraft {

    private final InvoiceDraft amounts;
    private final String number;
    private String status = "open";

    private CreditNoteDraft(String customerId, String number) {
        this.amounts = InvoiceDraft.of(customerId, number);
        this.number = number;
    }

    public static CreditNoteDraft of(String customerId, String number) {
        return new CreditNoteDraft(customerId, number);
    }

    /** Adds a line; quantity and rate as decimal text. */
    public CreditNoteDraft line(String name, String quantity, String rate) {
        amounts.line(name, quantity, rate);
        return this;
    }

    /** Adds a line with a tax. */
    public CreditNoteDraft line(String name, String quantity, String rate, InvoiceDraft.@Nullable Tax tax) {
        amounts.line(name, quantity, rate, "", tax);
        return this;
    }

    /** {@code open} by default. */
    public CreditNoteDraft status(String status) {
        this.status = status;
        return this;
    }

    /** Currency of the document, and base currency units per unit of it. */
    public CreditNoteDraft currency(String code, String exchangeRate) {
        amounts.currency(code, exchangeRate);
        return this;
    }

    public CreditNoteDraft on(LocalDate date) {
        amounts.dates(date, date);
        return this;
    }

    /** When it was made and last modified; now by default. */
    public CreditNoteDraft at(Instant at) {
        amounts.at(at);
        return this;
    }

    Map<String, Object> build(FakeZohoBooks books) {
        Map<String, Object> computed = amounts.build(books);
        Map<String, Object> note = new LinkedHashMap<>();
        note.put("creditnote_id", computed.get("invoice_id"));
        note.put("creditnote_number", number);
        note.put("status", status);
        for (String name : List.of(
                "reference_number",
                "date",
                "total",
                "customer_id",
                "customer_name",
                "currency_id",
                "currency_code",
                "exchange_rate",
                "line_items",
                "sub_total",
                "taxes",
                "billing_address",
                "shipping_address",
                "notes",
                "terms",
                "custom_fields",
                "created_time",
                "last_modified_time")) {
            note.put(name, computed.get(name));
        }
        note.put("balance", status.equals("closed") ? BigDecimal.ZERO : computed.get("total"));
        note.put("is_emailed", false);
        note.put("color_code", "");
        return note;
    }
}
