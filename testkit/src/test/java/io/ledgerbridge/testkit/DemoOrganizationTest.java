package io.ledgerbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.time.VirtualTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DemoOrganizationTest {

    private static final Instant START = Instant.parse("2026-03-02T04:45:30Z");

    private final VirtualTime time = VirtualTime.startingAt(START);
    private final FakeZohoBooks books = FakeZohoBooks.builder(time).build();
    private final DemoOrganization organization = DemoOrganization.fill(books);

    private static long count(List<Map<String, Object>> records, Function<Map<String, Object>, Boolean> which) {
        return records.stream().filter(which::apply).count();
    }

    @Test
    void itHasTheSizeAndShapeOfARealCompany() {
        List<Map<String, Object>> customers = books.contacts().stream()
                .filter(contact -> contact.get("contact_type").equals("customer"))
                .toList();
        Map<Object, Long> perCustomer = books.invoices().stream()
                .collect(Collectors.groupingBy(invoice -> invoice.get("customer_id"), Collectors.counting()));
        long ofTheTopFifth = perCustomer.values().stream()
                .sorted(java.util.Comparator.reverseOrder())
                .limit(50)
                .mapToLong(Long::longValue)
                .sum();

        assertThat(customers).hasSize(250);
        assertThat(books.invoices()).hasSize(1_500);
        assertThat(perCustomer.values()).contains(300L);
        assertThat(ofTheTopFifth).isBetween(1_000L, 1_100L);
        assertThat(books.invoices())
                .anySatisfy(invoice ->
                        assertThat(ZohoRows.children(invoice, "line_items")).hasSize(120));
        assertThat(count(customers, c -> c.get("customer_sub_type").equals("individual")))
                .isGreaterThan(25);
        assertThat(customers)
                .anySatisfy(c -> assertThat((List<?>) c.get("contact_persons")).isEmpty());
    }

    @Test
    void everyStatusDiscountTaxAndCurrencyOccursAtLeastTenTimes() {
        for (String status : List.of(
                "draft",
                "sent",
                "viewed",
                "overdue",
                "unpaid",
                "partially_paid",
                "paid",
                "void",
                "approved",
                "pending_approval",
                "rejected")) {
            assertThat(count(books.invoices(), i -> i.get("status").equals(status)))
                    .as(status)
                    .isGreaterThanOrEqualTo(10);
        }
        Map<String, Integer> discounts = new HashMap<>();
        for (Map<String, Object> invoice : books.invoices()) {
            Object discount = invoice.get("discount");
            if (invoice.get("discount_type").equals("entity_level")) {
                discounts.merge(
                        (discount instanceof String ? "percent " : "amount ") + invoice.get("is_discount_before_tax"),
                        1,
                        Integer::sum);
            }
            for (Map<String, Object> line : ZohoRows.children(invoice, "line_items")) {
                if (line.get("discount") instanceof String) {
                    discounts.merge("line percent", 1, Integer::sum);
                } else if (((BigDecimal) line.get("discount")).signum() > 0) {
                    discounts.merge("line amount", 1, Integer::sum);
                }
            }
        }
        assertThat(discounts)
                .containsOnlyKeys(
                        "percent true", "percent false", "amount true", "amount false", "line percent", "line amount")
                .allSatisfy((kind, count) -> assertThat(count).as(kind).isGreaterThanOrEqualTo(10));
        assertThat(count(books.invoices(), i -> Boolean.TRUE.equals(i.get("is_inclusive_tax"))))
                .isGreaterThanOrEqualTo(10);
        for (String currency : List.of("USD", "EUR", "GBP", "INR", "JPY", "KWD")) {
            assertThat(count(books.invoices(), i -> i.get("currency_code").equals(currency)))
                    .as(currency)
                    .isGreaterThanOrEqualTo(10);
        }
        assertThat(count(books.invoices(), i -> ((BigDecimal) i.get("shipping_charge")).signum() > 0))
                .isGreaterThanOrEqualTo(10);
        assertThat(count(books.invoices(), i -> ((BigDecimal) i.get("adjustment")).signum() < 0))
                .isGreaterThanOrEqualTo(10);
        assertThat(count(books.invoices(), i -> ((BigDecimal) i.get("adjustment")).signum() > 0))
                .isGreaterThanOrEqualTo(10);
    }

    @Test
    void everyKindOfPaymentOccursAtLeastTenTimes() {
        List<Map<String, Object>> payments = books.payments();
        assertThat(count(payments, p -> ((BigDecimal) p.get("unused_amount")).signum() > 0))
                .isGreaterThanOrEqualTo(10);
        assertThat(count(payments, p -> ((BigDecimal) p.get("amount_refunded")).signum() > 0))
                .isGreaterThanOrEqualTo(10);
        assertThat(count(payments, p -> ((BigDecimal) p.get("tax_amount_withheld")).signum() > 0))
                .isGreaterThanOrEqualTo(10);
        assertThat(count(payments, p -> ((List<?>) p.get("invoices")).size() > 1))
                .isGreaterThanOrEqualTo(10);
        assertThat(count(payments, p -> !p.get("retainerinvoice_id").equals("")))
                .isPositive();
        assertThat(payments.size()).isGreaterThan(900);
    }

    @Test
    void someEmailsAreSharedAndSomeAreMissing() {
        int persons = 0;
        int missing = 0;
        int shared = 0;
        Set<String> seen = new HashSet<>();
        for (Map<String, Object> contact : books.contacts()) {
            for (Map<String, Object> person : ZohoRows.personsOf(contact)) {
                String email = String.valueOf(person.get("email")).toLowerCase(java.util.Locale.ROOT);
                persons++;
                missing += email.isEmpty() ? 1 : 0;
                shared += !email.isEmpty() && !seen.add(email) ? 1 : 0;
            }
        }
        assertThat(missing * 100.0 / persons).isBetween(6.0, 10.0);
        assertThat(shared * 100.0 / persons).isBetween(2.0, 4.0);
    }

    @Test
    void totalsAreTheSumOfTheirParts() {
        for (Map<String, Object> invoice : books.invoices()) {
            BigDecimal lines = ZohoRows.children(invoice, "line_items").stream()
                    .map(line -> (BigDecimal) line.get("item_total"))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal tax = Boolean.TRUE.equals(invoice.get("is_inclusive_tax"))
                    ? BigDecimal.ZERO
                    : (BigDecimal) invoice.get("tax_total");
            BigDecimal total = lines.subtract((BigDecimal) invoice.get("discount_total"))
                    .add(tax)
                    .add((BigDecimal) invoice.get("shipping_charge"))
                    .add((BigDecimal) invoice.get("adjustment"));
            assertThat((BigDecimal) invoice.get("total"))
                    .as("%s", invoice.get("invoice_number"))
                    .isEqualByComparingTo(total)
                    .isPositive();
            assertThat((BigDecimal) invoice.get("balance")).isNotNegative();
        }
    }

    @Test
    void itIsTheSameEveryTime() {
        FakeZohoBooks again =
                FakeZohoBooks.builder(VirtualTime.startingAt(START)).build();
        DemoOrganization.fill(again);

        assertThat(again.invoices()).isEqualTo(books.invoices());
        assertThat(again.contacts()).isEqualTo(books.contacts());
        assertThat(again.payments()).isEqualTo(books.payments());
    }

    @Test
    void editingMovesTheStampsOfWhatItEditsAlone() throws Exception {
        time.sleep(Duration.ofMinutes(30));
        organization.edit();

        String now = books.stamp(time.now());
        assertThat(count(books.contacts(), c -> c.get("last_modified_time").equals(now)))
                .isEqualTo(4);
        assertThat(count(books.invoices(), i -> i.get("last_modified_time").equals(now)))
                .isEqualTo(11);
        assertThat(count(books.payments(), p -> p.get("last_modified_time").equals(now)))
                .isEqualTo(5);
    }
}
