package io.ledgerbridge.testkit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An invoice to be added to a {@link FakeZohoBooks}. Line totals, taxes and the total are computed as Zoho Books does:
 * each line is rounded to the currency's precision, an entity-level discount is taken before or after tax.
 */
public final class InvoiceDraft {

    /**
     * A tax of the organisation.
     *
     * @param percentage for instance 18 or 7.5
     */
    public record Tax(String id, String name, String percentage) {
        String label() {
            return name + " (" + percentage + "%)";
        }
    }

    private record Line(
            String category,
            String name,
            String description,
            String sku,
            BigDecimal quantity,
            BigDecimal rate,
            String discount,
            @Nullable Tax tax) {}

    private final String customerId;
    private final String number;
    private final List<Line> lines = new ArrayList<>();
    private final List<String> contactPersons = new ArrayList<>();
    private String status = "sent";
    private String currency = "";
    private BigDecimal exchangeRate = BigDecimal.ONE;
    private String entityDiscount = "";
    private boolean discountBeforeTax = true;
    private boolean inclusiveTax;
    private BigDecimal shipping = BigDecimal.ZERO;
    private BigDecimal adjustment = BigDecimal.ZERO;
    private String reference = "";
    private String notes = "";
    private @Nullable Map<String, Object> customField;
    private @Nullable LocalDate date;
    private @Nullable LocalDate dueDate;
    private @Nullable Instant at;

    private InvoiceDraft(String customerId, String number) {
        this.customerId = customerId;
        this.number = number;
    }

    public static InvoiceDraft of(String customerId, String number) {
        return new InvoiceDraft(customerId, number);
    }

    /** Adds a line; quantity and rate as decimal text. */
    public InvoiceDraft line(String name, String quantity, String rate) {
        return line(name, quantity, rate, "", null);
    }

    /**
     * Adds a line with a discount and a tax.
     *
     * @param discount an amount such as {@code 5.00}, a percentage such as {@code 10%}, or empty
     */
    public InvoiceDraft line(String name, String quantity, String rate, String discount, @Nullable Tax tax) {
        lines.add(new Line(
                "line_item",
                name,
                "",
                "SKU-" + (lines.size() + 1),
                new BigDecimal(quantity),
                new BigDecimal(rate),
                discount,
                tax));
        return this;
    }

    /** Adds a heading, which stands among the lines and has no amount. */
    public InvoiceDraft heading(String name) {
        lines.add(new Line("header", name, "", "", BigDecimal.ZERO, BigDecimal.ZERO, "", null));
        return this;
    }

    /** Gives the last line a long text. */
    public InvoiceDraft description(String description) {
        Line last = lines.remove(lines.size() - 1);
        lines.add(new Line(
                last.category, last.name, description, last.sku, last.quantity, last.rate, last.discount, last.tax));
        return this;
    }

    public InvoiceDraft status(String status) {
        this.status = status;
        return this;
    }

    /** Currency of the document, and base currency units per unit of it. */
    public InvoiceDraft currency(String code, String exchangeRate) {
        this.currency = code;
        this.exchangeRate = new BigDecimal(exchangeRate);
        return this;
    }

    /** Discount on the whole invoice, as amount or percentage. */
    public InvoiceDraft discount(String discount, boolean beforeTax) {
        this.entityDiscount = discount;
        this.discountBeforeTax = beforeTax;
        return this;
    }

    /** Rates contain the tax. */
    public InvoiceDraft inclusiveTax() {
        this.inclusiveTax = true;
        return this;
    }

    public InvoiceDraft shipping(String amount) {
        this.shipping = new BigDecimal(amount);
        return this;
    }

    public InvoiceDraft adjustment(String amount) {
        this.adjustment = new BigDecimal(amount);
        return this;
    }

    public InvoiceDraft reference(String reference) {
        this.reference = reference;
        return this;
    }

    public InvoiceDraft notes(String notes) {
        this.notes = notes;
        return this;
    }

    public InvoiceDraft customField(String apiName, String label, String value) {
        this.customField = ZohoValues.customField(apiName, label, value);
        return this;
    }

    /** The persons it is addressed to; the customer's primary one by default. */
    public InvoiceDraft contactPersons(List<String> ids) {
        contactPersons.addAll(ids);
        return this;
    }

    public InvoiceDraft dates(LocalDate date, LocalDate dueDate) {
        this.date = date;
        this.dueDate = dueDate;
        return this;
    }

    /** When it was made and last modified; now by default. */
    public InvoiceDraft at(Instant at) {
        this.at = at;
        return this;
    }

    Map<String, Object> build(FakeZohoBooks books) {
        Map<String, Object> customer = books.contact(customerId);
        String code = currency.isEmpty() ? books.currency() : currency;
        int precision = Math.max(0, Currency.getInstance(code).getDefaultFractionDigits());
        LocalDate day = date == null ? books.today() : date;
        String stamp = books.stamp(at == null ? books.time.now() : at);
        if (contactPersons.isEmpty() && !"".equals(customer.get("primary_contact_id"))) {
            contactPersons.add(String.valueOf(customer.get("primary_contact_id")));
        }
        Map<String, Object> invoice = Json.object(
                "invoice_id",
                books.newId(),
                "invoice_number",
                number,
                "reference_number",
                reference,
                "status",
                status,
                "current_sub_status",
                status,
                "customer_id",
                customerId,
                "customer_name",
                customer.get("contact_name"),
                "company_name",
                customer.get("company_name"),
                "email",
                customer.get("email"),
                "contact_persons",
                List.copyOf(contactPersons),
                "date",
                day.toString(),
                "due_date",
                (dueDate == null ? day.plusDays(30) : dueDate).toString(),
                "currency_id",
                "2000000000000000065",
                "currency_code",
                code,
                "exchange_rate",
                exchangeRate,
                "price_precision",
                precision,
                "is_inclusive_tax",
                inclusiveTax,
                "is_discount_before_tax",
                discountBeforeTax,
                "discount_type",
                entityDiscount.isEmpty() ? "item_level" : "entity_level",
                "discount",
                entityDiscount.isEmpty() ? BigDecimal.ZERO : amountOrPercentage(entityDiscount));
        new Totals(books, precision).addTo(invoice);
        invoice.put("payment_made", status.equals("paid") ? invoice.get("total") : BigDecimal.ZERO);
        invoice.put("credits_applied", BigDecimal.ZERO);
        invoice.put("write_off_amount", BigDecimal.ZERO);
        invoice.put("tax_amount_withheld", BigDecimal.ZERO);
        invoice.put("balance", status.equals("paid") ? BigDecimal.ZERO : invoice.get("total"));
        invoice.put("last_payment_date", "");
        invoice.put("billing_address", ownCopy(customer.get("billing_address")));
        invoice.put("shipping_address", "");
        invoice.put("notes", notes);
        invoice.put("terms", "");
        invoice.put("custom_fields", customField == null ? List.of() : List.of(customField));
        invoice.put("custom_field_hash", Json.object());
        if (customField != null) {
            String apiName = Json.text(customField, "api_name");
            invoice.put("custom_field_hash", Json.object(apiName, customField.get("value")));
            invoice.put(apiName, customField.get("value"));
        }
        invoice.put("created_time", stamp);
        invoice.put("last_modified_time", stamp);
        return invoice;
    }

    /** What is changed at the customer later does not change the invoice. */
    private static @Nullable Object ownCopy(@Nullable Object address) {
        return address instanceof Map<?, ?> map ? new LinkedHashMap<>(map) : address;
    }

    private static Object amountOrPercentage(String discount) {
        return discount.endsWith("%") ? discount : new BigDecimal(discount);
    }

    /** The arithmetic of one invoice. */
    private final class Totals {
        private final FakeZohoBooks books;
        private final int precision;
        private final List<BigDecimal> itemTotals = new ArrayList<>();
        private BigDecimal sum = BigDecimal.ZERO;

        Totals(FakeZohoBooks books, int precision) {
            this.books = books;
            this.precision = precision;
        }

        void addTo(Map<String, Object> invoice) {
            for (Line line : lines) {
                BigDecimal itemTotal = round(line.quantity.multiply(line.rate)).subtract(discountOf(line));
                itemTotals.add(itemTotal);
                sum = sum.add(itemTotal);
            }
            BigDecimal discount = part(entityDiscount, sum);
            List<Map<String, Object>> wireLines = new ArrayList<>();
            Map<Tax, BigDecimal> taxes = new LinkedHashMap<>();
            BigDecimal taxTotal = BigDecimal.ZERO;
            for (int i = 0; i < lines.size(); i++) {
                Line line = lines.get(i);
                BigDecimal tax = taxOn(line, taxable(itemTotals.get(i), discount));
                taxTotal = taxTotal.add(tax);
                if (line.tax != null) {
                    taxes.merge(line.tax, tax, BigDecimal::add);
                }
                wireLines.add(wireLine(i, line, itemTotals.get(i), tax));
            }
            BigDecimal total = sum.subtract(discount)
                    .add(inclusiveTax ? BigDecimal.ZERO : taxTotal)
                    .add(shipping)
                    .add(adjustment);
            invoice.put("line_items", wireLines);
            invoice.put("sub_total", sum);
            invoice.put("discount_total", discount);
            invoice.put("tax_total", taxTotal);
            invoice.put(
                    "taxes",
                    taxes.entrySet().stream()
                            .map(tax -> Json.object("tax_name", tax.getKey().label(), "tax_amount", tax.getValue()))
                            .toList());
            invoice.put("shipping_charge", shipping);
            invoice.put("adjustment", adjustment);
            invoice.put("adjustment_description", "Adjustment");
            invoice.put("roundoff_value", BigDecimal.ZERO);
            invoice.put("total", round(total));
            invoice.put("bcy_total", total.multiply(exchangeRate).setScale(2, RoundingMode.HALF_UP));
        }

        private BigDecimal taxable(BigDecimal itemTotal, BigDecimal discount) {
            if (!discountBeforeTax || discount.signum() == 0 || sum.signum() == 0) {
                return itemTotal;
            }
            BigDecimal share = discount.multiply(itemTotal).divide(sum, 10, RoundingMode.HALF_UP);
            return itemTotal.subtract(share);
        }

        private BigDecimal taxOn(Line line, BigDecimal base) {
            if (line.tax == null) {
                return BigDecimal.ZERO;
            }
            BigDecimal percentage = new BigDecimal(line.tax.percentage());
            BigDecimal divisor = inclusiveTax ? percentage.add(BigDecimal.valueOf(100)) : BigDecimal.valueOf(100);
            return base.multiply(percentage).divide(divisor, precision, RoundingMode.HALF_UP);
        }

        private BigDecimal discountOf(Line line) {
            return part(line.discount, round(line.quantity.multiply(line.rate)));
        }

        private BigDecimal part(String discount, BigDecimal of) {
            if (discount.isEmpty()) {
                return BigDecimal.ZERO;
            }
            return discount.endsWith("%")
                    ? round(of.multiply(new BigDecimal(discount.substring(0, discount.length() - 1)))
                            .divide(BigDecimal.valueOf(100)))
                    : new BigDecimal(discount);
        }

        private BigDecimal round(BigDecimal amount) {
            return amount.setScale(precision, RoundingMode.HALF_UP);
        }

        private Map<String, Object> wireLine(int index, Line line, BigDecimal itemTotal, BigDecimal tax) {
            Map<String, Object> wire = Json.object(
                    "line_item_id",
                    books.newId(),
                    "line_item_category",
                    line.category,
                    "item_id",
                    "",
                    "item_order",
                    index + 1,
                    "name",
                    line.name,
                    "description",
                    line.description,
                    "unit",
                    "",
                    "sku",
                    line.sku,
                    "product_type",
                    "service",
                    "quantity",
                    line.quantity,
                    "rate",
                    line.rate,
                    "discount",
                    line.discount.isEmpty() ? BigDecimal.ZERO : amountOrPercentage(line.discount),
                    "discount_amount",
                    discountOf(line),
                    "tax_id",
                    line.tax == null ? "" : line.tax.id(),
                    "tax_name",
                    line.tax == null ? "" : line.tax.name(),
                    "tax_type",
                    line.tax == null ? "" : "tax",
                    "tax_percentage",
                    line.tax == null ? "" : new BigDecimal(line.tax.percentage()),
                    "item_total",
                    itemTotal,
                    "item_custom_fields",
                    List.of(),
                    "tags",
                    List.of());
            wire.put(
                    "line_item_taxes",
                    line.tax == null
                            ? List.of()
                            : List.of(Json.object(
                                    "tax_id",
                                    line.tax.id(),
                                    "tax_name",
                                    line.tax.label(),
                                    "tax_amount",
                                    tax,
                                    "tax_percentage",
                                    new BigDecimal(line.tax.percentage()))));
            return wire;
        }
    }
}
