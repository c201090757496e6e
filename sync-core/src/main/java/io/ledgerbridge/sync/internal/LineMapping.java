package io.ledgerbridge.sync.internal;

import io.ledgerbridge.hubspot.LineItems;
import io.ledgerbridge.hubspot.ObjectType;
import io.ledgerbridge.sync.Mapping;
import io.ledgerbridge.zohobooks.model.Invoice;
import io.ledgerbridge.zohobooks.model.InvoiceTax;
import io.ledgerbridge.zohobooks.model.LineItem;
import io.ledgerbridge.zohobooks.model.LineItemTax;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * From the lines of an invoice to line items whose amounts sum to its total, without a negative one: HubSpot refuses
 * those. Taxes, shipping, adjustment and rounding become lines of their own; a discount on the invoice is spread over the
 * item lines; what is negative reduces the largest line of the same tax.
 */
final class LineMapping {

    private static final String ITEM = "line_item";

    /** A line item to be. */
    record Line(String sourceId, Values values) {}

    /**
     * The lines, or why there are none.
     *
     * @param merged lines of the source that have no line item, with the reason
     */
    record Result(
            List<Line> lines,
            Map<String, String> merged,
            BigDecimal tax,
            @Nullable String problem) {}

    private static final class Draft {
        final String sourceId;
        final String name;
        final String taxId;

        @Nullable
        LineItem source;

        String description = "";
        String sku = "";
        BigDecimal quantity = BigDecimal.ONE;
        BigDecimal rate;
        BigDecimal percentage = BigDecimal.ZERO;
        BigDecimal tax = BigDecimal.ZERO;
        BigDecimal net;

        Draft(String sourceId, String name, String taxId, BigDecimal net) {
            this.sourceId = sourceId;
            this.name = name;
            this.taxId = taxId;
            this.net = net;
            this.rate = net;
        }
    }

    private final Invoice invoice;
    private final Mapping custom;
    private final int precision;
    private final List<Draft> drafts = new ArrayList<>();
    private final Map<String, String> merged = new LinkedHashMap<>();
    private @Nullable String problem;

    private LineMapping(Invoice invoice, Mapping custom) {
        this.custom = custom;
        this.invoice = invoice;
        this.precision = invoice.pricePrecision() == null
                ? digits(invoice.currencyCode())
                : invoice.pricePrecision().intValue();
    }

    /** Figures that are none are told as a problem of this invoice. */
    static Result map(Invoice invoice, Mapping custom) {
        try {
            return new LineMapping(invoice, custom).result();
        } catch (ArithmeticException e) {
            return unmapped("its amounts cannot be computed with: " + e.getMessage());
        } catch (NumberFormatException e) {
            return unmapped("one of its figures is not a number: " + e.getMessage());
        }
    }

    private static Result unmapped(String problem) {
        return new Result(List.of(), Map.of(), BigDecimal.ZERO, problem);
    }

    private Result result() {
        invoice.lineItems().forEach(this::addItem);
        spreadInvoiceDiscount();
        bearNegativeItems();
        addExtra("shipping", "Shipping", BooksMapping.orZero(invoice.shippingCharge()));
        BigDecimal tax = addTaxes();
        addExtra("adjustment", "Adjustment", BooksMapping.orZero(invoice.adjustment()));
        BigDecimal sum = drafts.stream().map(draft -> draft.net).reduce(BigDecimal.ZERO, BigDecimal::add);
        addExtra("rounding", "Rounding", BooksMapping.orZero(invoice.total()).subtract(sum));
        List<Line> lines = new ArrayList<>();
        for (Draft draft : drafts) {
            lines.add(new Line(draft.sourceId, values(draft, lines.size())));
        }
        return new Result(problem == null ? lines : List.of(), merged, tax, problem);
    }

    private void addItem(LineItem item) {
        if (!item.lineItemCategory().isEmpty() && !item.lineItemCategory().equals(ITEM)) {
            merged.put(item.lineItemId(), item.lineItemCategory() + " lines have no amount");
            return;
        }
        BigDecimal tax = item.lineItemTaxes().stream()
                .map(part -> BooksMapping.orZero(part.taxAmount()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal itemTotal = BooksMapping.orZero(item.itemTotal());
        Draft draft = new Draft(
                item.lineItemId(),
                item.name().isBlank() ? firstLine(item.description()) : item.name(),
                item.taxId(),
                invoice.isInclusiveTax() ? itemTotal.subtract(tax) : itemTotal);
        draft.source = item;
        draft.description = item.description();
        draft.sku = item.sku();
        draft.quantity = item.quantity() == null ? BigDecimal.ONE : item.quantity();
        draft.rate = BooksMapping.orZero(item.rate());
        draft.tax = tax;
        if (item.discount().endsWith("%")) {
            draft.percentage = new BigDecimal(
                    item.discount().substring(0, item.discount().length() - 1).strip());
        }
        drafts.add(draft);
    }

    /** In units of the precision, in proportion to the lines; the remainder goes to the largest. */
    private void spreadInvoiceDiscount() {
        BigDecimal discount = BooksMapping.orZero(invoice.discountTotal());
        if (!invoice.discountType().equals("entity_level") || discount.signum() <= 0) {
            return;
        }
        List<Draft> positive =
                drafts.stream().filter(draft -> draft.net.signum() > 0).toList();
        BigDecimal sum = positive.stream().map(draft -> draft.net).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.compareTo(discount) < 0) {
            problem = "the discount of " + discount.toPlainString() + " is larger than the lines";
            return;
        }
        BigDecimal left = discount;
        for (Draft draft : positive) {
            BigDecimal share = discount.multiply(draft.net).divide(sum, precision, RoundingMode.DOWN);
            draft.net = draft.net.subtract(share);
            left = left.subtract(share);
        }
        bear(left.negate(), "the discount on the invoice", draft -> true);
    }

    private void bearNegativeItems() {
        for (Draft negative :
                drafts.stream().filter(draft -> draft.net.signum() < 0).toList()) {
            drafts.remove(negative);
            String what = "the line '" + negative.name + "' of " + negative.net.toPlainString();
            bear(negative.net, what, draft -> draft.taxId.equals(negative.taxId))
                    .ifPresent(draft -> merged.put(negative.sourceId, "negative, so it reduces '" + draft.name + "'"));
        }
    }

    /** An amount beside the lines; a negative one reduces the largest of them. */
    private void addExtra(String kind, String name, BigDecimal amount) {
        if (amount.signum() > 0) {
            drafts.add(new Draft(invoice.invoiceId() + ":" + kind, name, "", amount));
        } else {
            bear(amount, "the " + kind + " of " + amount.toPlainString(), draft -> true);
        }
    }

    /** One line for each tax; the invoice's own figure counts, since it is rounded once. */
    private BigDecimal addTaxes() {
        Map<String, BigDecimal> amounts = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (LineItem item : invoice.lineItems()) {
            for (LineItemTax tax : item.lineItemTaxes()) {
                amounts.merge(tax.taxId(), BooksMapping.orZero(tax.taxAmount()), BigDecimal::add);
                names.putIfAbsent(tax.taxId(), tax.taxName());
            }
        }
        for (InvoiceTax tax : invoice.taxes()) {
            List<String> ids = names.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(tax.taxName()))
                    .map(Map.Entry::getKey)
                    .toList();
            if (ids.size() == 1) {
                amounts.put(ids.get(0), BooksMapping.orZero(tax.taxAmount()));
            } else if (ids.isEmpty()) {
                amounts.put(tax.taxName(), BooksMapping.orZero(tax.taxAmount()));
                names.put(tax.taxName(), tax.taxName());
            }
        }
        amounts.forEach((id, amount) -> addExtra("tax:" + id, names.getOrDefault(id, "Tax"), amount));
        return amounts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Optional<Draft> bear(BigDecimal negative, String what, Predicate<Draft> which) {
        if (negative.signum() == 0) {
            return Optional.empty();
        }
        Optional<Draft> largest = drafts.stream().filter(which).max(Comparator.comparing(draft -> draft.net));
        if (largest.isEmpty() || largest.get().net.add(negative).signum() < 0) {
            problem = what + " is negative, and no line of the same tax is large enough to bear it;"
                    + " HubSpot refuses negative prices";
            return Optional.empty();
        }
        largest.get().net = largest.get().net.add(negative);
        return largest;
    }

    private Values values(Draft draft, int position) {
        Values values = new Values();
        Shape shape = shape(draft);
        values.text(LineItems.NAME, shape.name)
                .text(LineItems.DESCRIPTION, draft.description)
                .set(LineItems.QUANTITY, shape.quantity)
                .set(LineItems.PRICE, shape.price)
                .set(LineItems.DISCOUNT, shape.discount.signum() == 0 ? null : shape.discount)
                .set(LineItems.DISCOUNT_PERCENTAGE, shape.percentage.signum() == 0 ? null : shape.percentage)
                .text(LineItems.SKU, draft.sku)
                .text(LineItems.CURRENCY, invoice.currencyCode())
                .set(LineItems.POSITION, BigDecimal.valueOf(position))
                .set(BooksProperties.TOTAL, draft.net)
                .set(BooksProperties.TAX, draft.tax);
        if (draft.source != null) {
            BooksMapping.customize(ObjectType.LINE_ITEMS, draft.source, values, custom);
        } else {
            custom.leaveOut(ObjectType.LINE_ITEMS, values.encoded());
        }
        return BooksMapping.versioned(values, "");
    }

    /** How quantity, price and discount tell the amount. */
    private record Shape(
            String name, BigDecimal quantity, BigDecimal price, BigDecimal discount, BigDecimal percentage) {}

    /** The source's own figures if they give the amount exactly; else one unit at the net amount. */
    private Shape shape(Draft draft) {
        BigDecimal none = BigDecimal.ZERO;
        List<Shape> candidates = new ArrayList<>();
        candidates.add(new Shape(draft.name, draft.quantity, draft.rate, none, draft.percentage));
        if (draft.quantity.signum() > 0) {
            BigDecimal gross = draft.quantity.multiply(draft.rate);
            exactQuotient(gross.subtract(draft.net), draft.quantity)
                    .filter(perUnit -> perUnit.signum() > 0 && !invoice.isInclusiveTax())
                    .ifPresent(perUnit ->
                            candidates.add(new Shape(draft.name, draft.quantity, draft.rate, perUnit, none)));
            exactQuotient(draft.net, draft.quantity)
                    .filter(perUnit -> invoice.isInclusiveTax())
                    .ifPresent(perUnit -> candidates.add(new Shape(draft.name, draft.quantity, perUnit, none, none)));
        }
        return candidates.stream()
                .filter(shape -> shape.price.signum() >= 0 && amount(shape).compareTo(draft.net) == 0)
                .findFirst()
                .orElseGet(() -> new Shape(withQuantity(draft), BigDecimal.ONE, draft.net, none, none));
    }

    private BigDecimal amount(Shape shape) {
        BigDecimal hundred = BigDecimal.valueOf(100);
        return shape.price
                .subtract(shape.discount)
                .multiply(shape.quantity)
                .multiply(hundred.subtract(shape.percentage))
                .divide(hundred)
                .setScale(precision, RoundingMode.HALF_UP);
    }

    private Optional<BigDecimal> exactQuotient(BigDecimal dividend, BigDecimal divisor) {
        BigDecimal quotient = dividend.divide(divisor, precision, RoundingMode.DOWN);
        return quotient.multiply(divisor).compareTo(dividend) == 0 ? Optional.of(quotient) : Optional.empty();
    }

    private static String withQuantity(Draft draft) {
        boolean single = draft.quantity.compareTo(BigDecimal.ONE) == 0;
        return single
                ? draft.name
                : draft.name + " (" + draft.quantity.stripTrailingZeros().toPlainString() + " × "
                        + draft.rate.toPlainString() + ")";
    }

    private static String firstLine(String description) {
        return description.isBlank()
                ? "Item"
                : description.strip().lines().findFirst().orElse("Item");
    }

    /** How many decimals amounts of a currency have. */
    static int digits(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            return 2;
        }
    }
}
