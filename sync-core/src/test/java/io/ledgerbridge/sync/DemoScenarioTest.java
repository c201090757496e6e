package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.sync.SyncReport.Counts;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.testkit.DemoOrganization;
import io.ledgerbridge.testkit.FakeHubSpot.Held;
import io.ledgerbridge.testkit.Traffic;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The demo organisation at the vendors' real limits. What HubSpot should hold is worked out here by a second, naive
 * mapping that shares nothing with the engine.
 */
class DemoScenarioTest {

    private static final Set<String> NOT_COUNTED = Set.of("draft", "void", "pending_approval", "rejected");

    private final Fixture fixture = Fixture.withCurrencies(DemoOrganization.currencies());
    private final Map<String, Map<String, Held>> byKey = new HashMap<>();
    private DemoOrganization organization;

    @BeforeEach
    void fill() {
        fixture.books.latency(Duration.ofMillis(150));
        fixture.hubspot.latency(Duration.ofMillis(250));
        organization = DemoOrganization.fill(fixture.books);
    }

    @Test
    void everythingArrivesExactlyWithFewCallsAndWithinTheLimits() throws Exception {
        SyncReport first = fixture.engine.run();

        assertThat(first.problem()).isNull();
        assertThat(first.remarks()).noneMatch(remark -> remark.decision().equals("quarantined"));
        assertThat(first.status()).isEqualTo(Status.COMPLETE);
        assertThat(fixture.books.traffic().limitsBroken()).isEmpty();
        assertThat(fixture.hubspot.traffic().limitsBroken()).isEmpty();
        first.streams().values().forEach(DemoScenarioTest::addsUp);
        assertHubSpotHoldsTheBooks();
        assertCalls();

        fixture.forgetTraffic();
        fixture.time.sleep(Duration.ofMinutes(1));
        SyncReport idle = fixture.engine.run();

        assertThat(idle.status()).isEqualTo(Status.COMPLETE);
        assertThat(fixture.hubspot.traffic().calls()).isEmpty();
        assertThat(fixture.books.traffic().calls()).hasSize(4);

        fixture.time.sleep(Duration.ofMinutes(30));
        organization.edit();
        SyncReport second = fixture.engine.run();

        assertThat(second.status()).isEqualTo(Status.COMPLETE);
        assertThat(second.streams().get("invoices").created()).isEqualTo(5);
        assertThat(second.streams().get("customers").created()).isEqualTo(1);
        assertThat(second.streams().get("payments").created()).isEqualTo(5);
        second.streams().values().forEach(DemoScenarioTest::addsUp);
        assertHubSpotHoldsTheBooks();
    }

    private static void addsUp(Counts counts) {
        assertThat(counts.created() + counts.updated() + counts.unchanged() + counts.quarantined() + counts.skipped())
                .isEqualTo(counts.seen());
    }

    // What HubSpot holds

    private void assertHubSpotHoldsTheBooks() {
        byKey.clear();
        for (String type : List.of("companies", "contacts", "invoices", "line_items", "commerce_payments")) {
            Map<String, Held> held = new HashMap<>();
            fixture.hubspot
                    .records(type)
                    .forEach(record -> assertThat(held.put(record.get("zoho_books_key"), record))
                            .as("two %s of one key", type)
                            .isNull());
            byKey.put(type, held);
        }
        assertCompanies();
        assertContacts();
        assertInvoices();
        assertPayments();
    }

    private Held held(String type, Object sourceId) {
        Held held = byKey.get(type).get(fixture.books.organizationId() + ":" + sourceId);
        assertThat(held).as("%s of %s", type, sourceId).isNotNull();
        return held;
    }

    private List<Map<String, Object>> customers() {
        return fixture.books.contacts().stream()
                .filter(contact -> contact.get("contact_type").equals("customer"))
                .toList();
    }

    private void assertCompanies() {
        assertThat(byKey.get("companies")).hasSize(customers().size());
        for (Map<String, Object> customer : customers()) {
            Held company = held("companies", customer.get("contact_id"));
            Map<String, Object> address = object(customer.get("billing_address"));
            assertThat(company.get("name")).isEqualTo(text(customer, "contact_name"));
            assertThat(company.get("phone")).isEqualTo(text(customer, "phone"));
            assertThat(company.get("address")).isEqualTo(text(address, "address"));
            assertThat(company.get("city")).isEqualTo(text(address, "city"));
            assertThat(company.get("zip")).isEqualTo(text(address, "zip"));
            assertThat(company.get("country")).isEqualTo(text(address, "country"));
            BigDecimal outstanding = BigDecimal.ZERO;
            BigDecimal overdue = BigDecimal.ZERO;
            for (Map<String, Object> invoice : fixture.books.invoices()) {
                if (invoice.get("customer_id").equals(customer.get("contact_id"))
                        && !NOT_COUNTED.contains(text(invoice, "status"))) {
                    BigDecimal base = decimal(invoice, "balance").multiply(decimal(invoice, "exchange_rate"));
                    outstanding = outstanding.add(base);
                    LocalDate today = LocalDate.ofInstant(fixture.time.now(), fixture.books.zone());
                    if (LocalDate.parse(text(invoice, "due_date")).isBefore(today)) {
                        overdue = overdue.add(base);
                    }
                }
            }
            assertAmount(company, "zoho_books_outstanding", outstanding.setScale(2, RoundingMode.HALF_UP));
            assertAmount(company, "zoho_books_overdue", overdue.setScale(2, RoundingMode.HALF_UP));
        }
    }

    private void assertContacts() {
        Map<String, Set<String>> companiesByEmail = new HashMap<>();
        int withoutEmail = 0;
        for (Map<String, Object> customer : customers()) {
            String company = held("companies", customer.get("contact_id")).id();
            List<Map<String, Object>> persons = list(customer.get("contact_persons"));
            if (persons.isEmpty()) {
                companiesByEmail
                        .computeIfAbsent(text(customer, "email").toLowerCase(Locale.ROOT), e -> new HashSet<>())
                        .add(company);
            }
            for (Map<String, Object> person : persons) {
                String email = text(person, "email").toLowerCase(Locale.ROOT);
                if (email.isEmpty()) {
                    Held contact = held("contacts", person.get("contact_person_id"));
                    withoutEmail++;
                    assertThat(contact.get("lastname")).isEqualTo(text(person, "last_name"));
                    assertThat(fixture.hubspot.associated("contacts", contact.id(), "companies"))
                            .containsExactly(company);
                } else {
                    companiesByEmail
                            .computeIfAbsent(email, e -> new HashSet<>())
                            .add(company);
                }
            }
        }
        assertThat(fixture.hubspot.records("contacts")).hasSize(companiesByEmail.size() + withoutEmail);
        Map<String, Held> byEmail = fixture.hubspot.records("contacts").stream()
                .filter(contact -> !contact.get("email").isEmpty())
                .collect(Collectors.toMap(contact -> contact.get("email"), contact -> contact));
        companiesByEmail.forEach((email, companies) -> assertThat(fixture.hubspot.associated(
                        "contacts", byEmail.get(email).id(), "companies"))
                .as(email)
                .isEqualTo(companies));
    }

    private void assertInvoices() {
        assertThat(byKey.get("invoices")).hasSize(fixture.books.invoices().size());
        for (Map<String, Object> invoice : fixture.books.invoices()) {
            Held held = held("invoices", invoice.get("invoice_id"));
            String status = text(invoice, "status");
            String shown = switch (status) {
                case "draft", "pending_approval", "rejected" -> "draft";
                case "paid" -> "paid";
                case "void" -> "voided";
                default -> "open";
            };
            assertThat(held.get("hs_number")).isEqualTo(text(invoice, "invoice_number"));
            assertThat(held.get("hs_currency")).isEqualTo(text(invoice, "currency_code"));
            assertThat(held.get("hs_invoice_status"))
                    .as(held.get("hs_number") + status)
                    .isEqualTo(shown);
            assertThat(held.get("zoho_books_status")).isEqualTo(status);
            assertThat(held.get("hs_invoice_billable")).isEqualTo("false");
            assertThat(held.get("hs_due_date"))
                    .isEqualTo(LocalDate.parse(text(invoice, "due_date"))
                            .atStartOfDay(fixture.hubspot.zone())
                            .toInstant()
                            .toString());
            assertAmount(held, "hs_amount_billed", decimal(invoice, "total"));
            assertAmount(held, "zoho_books_total", decimal(invoice, "total"));
            assertAmount(held, "zoho_books_balance", decimal(invoice, "balance"));
            assertAmount(held, "zoho_books_tax", decimal(invoice, "tax_total"));
            assertThat(held.get("zoho_books_details")).isEqualTo("complete");
            assertThat(fixture.hubspot.associated("invoices", held.id(), "companies"))
                    .containsExactly(
                            held("companies", invoice.get("customer_id")).id());
            assertLines(invoice, held);
            assertAddressees(invoice, held);
        }
    }

    private void assertLines(Map<String, Object> invoice, Held held) {
        Set<String> ids = fixture.hubspot.associated("invoices", held.id(), "line_items");
        BigDecimal sum = byKey.get("line_items").values().stream()
                .filter(line -> ids.contains(line.id()))
                .map(line -> new BigDecimal(line.get("amount")))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum).as(text(invoice, "invoice_number")).isEqualByComparingTo(decimal(invoice, "total"));
        boolean plain = !invoice.get("discount_type").equals("entity_level")
                && Boolean.FALSE.equals(invoice.get("is_inclusive_tax"))
                && decimal(invoice, "adjustment").signum() >= 0;
        for (Map<String, Object> line : list(invoice.get("line_items"))) {
            if (line.get("line_item_category").equals("header")) {
                continue;
            }
            Held item = held("line_items", line.get("line_item_id"));
            assertThat(item.get("name")).startsWith(text(line, "name"));
            assertThat(item.get("hs_sku")).isEqualTo(text(line, "sku"));
            assertThat(item.get("description")).isEqualTo(text(line, "description"));
            assertThat(ids).contains(item.id());
            if (plain) {
                assertThat(new BigDecimal(item.get("amount"))).isEqualByComparingTo(decimal(line, "item_total"));
            }
            boolean undiscounted = line.get("discount") instanceof BigDecimal amount && amount.signum() == 0;
            if (plain && undiscounted) {
                assertThat(new BigDecimal(item.get("quantity"))).isEqualByComparingTo(decimal(line, "quantity"));
                assertThat(new BigDecimal(item.get("price"))).isEqualByComparingTo(decimal(line, "rate"));
            }
        }
    }

    private void assertAddressees(Map<String, Object> invoice, Held held) {
        Set<String> expected = new HashSet<>();
        Map<String, Object> customer = customers().stream()
                .filter(one -> one.get("contact_id").equals(invoice.get("customer_id")))
                .findFirst()
                .orElseThrow();
        for (Object id : (List<?>) invoice.get("contact_persons")) {
            Map<String, Object> person = list(customer.get("contact_persons")).stream()
                    .filter(one -> one.get("contact_person_id").equals(id))
                    .findFirst()
                    .orElseThrow();
            boolean owner = byKey.get("contacts").containsKey(fixture.books.organizationId() + ":" + id);
            if (owner) {
                expected.add(held("contacts", id).id());
            } else {
                assertThat(text(person, "email")).isNotEmpty();
            }
        }
        if (!expected.isEmpty()) {
            assertThat(fixture.hubspot.associated("invoices", held.id(), "contacts"))
                    .as(text(invoice, "invoice_number"))
                    .isEqualTo(expected);
        }
    }

    private void assertPayments() {
        List<Map<String, Object>> payments = fixture.books.payments().stream()
                .filter(payment -> text(payment, "retainerinvoice_id").isEmpty())
                .toList();
        assertThat(byKey.get("commerce_payments")).hasSize(payments.size());
        for (Map<String, Object> payment : payments) {
            Held held = held("commerce_payments", payment.get("payment_id"));
            assertAmount(held, "hs_initial_amount", decimal(payment, "amount"));
            assertThat(held.get("hs_currency_code")).isEqualTo(text(payment, "currency_code"));
            assertThat(held.get("hs_initiated_date"))
                    .isEqualTo(LocalDate.parse(text(payment, "date"))
                            .atStartOfDay(fixture.hubspot.zone())
                            .toInstant()
                            .toString());
            assertThat(held.get("hs_reference_number")).isEqualTo(text(payment, "reference_number"));
            assertThat(held.get("zoho_books_method")).isEqualTo(text(payment, "payment_mode"));
            assertThat(held.get("hs_latest_status"))
                    .isEqualTo(decimal(payment, "amount_refunded").signum() > 0 ? "partially_refunded" : "succeeded");
            Set<String> invoices = new HashSet<>();
            List<String> allocations = new ArrayList<>();
            for (Map<String, Object> part : list(payment.get("invoices"))) {
                invoices.add(held("invoices", part.get("invoice_id")).id());
                allocations.add(part.get("invoice_number") + ";" + part.get("invoice_id") + ";"
                        + decimal(part, "amount_applied").toPlainString());
            }
            assertThat(fixture.hubspot.associated("commerce_payments", held.id(), "invoices"))
                    .isEqualTo(invoices);
            assertThat(held.get("zoho_books_allocations").split("\n")).containsExactlyElementsOf(allocations);
            assertThat(fixture.hubspot.associated("commerce_payments", held.id(), "companies"))
                    .containsExactly(
                            held("companies", payment.get("customer_id")).id());
        }
    }

    // What it costs

    private void assertCalls() {
        long zoho = fixture.books.traffic().count("GET /books/v3/")
                - fixture.books.traffic().count("GET /books/v3/organizations");
        long hubspot = fixture.hubspot.traffic().count(DemoScenarioTest::isWork);
        System.out.printf(
                "calls of the first sync: Zoho %d of at least %d (%.3f), HubSpot %d of at least %d (%.3f)%n",
                zoho,
                zohoMinimum(),
                zoho / (double) zohoMinimum(),
                hubspot,
                hubSpotMinimum(),
                hubspot / (double) hubSpotMinimum());
        assertThat(zoho).isLessThanOrEqualTo(zohoMinimum() * 105 / 100);
        assertThat(hubspot).isLessThanOrEqualTo(hubSpotMinimum() * 145 / 100);
    }

    /** Set-up calls are apart. */
    private static boolean isWork(Traffic.Call call) {
        return call.template().startsWith("/crm/objects/") || call.template().startsWith("/crm/associations/");
    }

    private long zohoMinimum() {
        long persons = fixture.books.contacts().stream()
                .mapToLong(contact -> list(contact.get("contact_persons")).size())
                .sum();
        long lists = pages(customers().size(), 200)
                + pages(persons, 200)
                + pages(fixture.books.invoices().size(), 200)
                + pages(fixture.books.payments().size(), 200)
                + 1;
        long unsettled = fixture.books.payments().stream()
                .filter(payment -> text(payment, "retainerinvoice_id").isEmpty())
                .filter(payment -> list(payment.get("invoices")).size() != 1
                        || decimal(payment, "unused_amount").signum() != 0
                        || decimal(payment, "amount_refunded").signum() != 0
                        || decimal(payment, "tax_amount_withheld").signum() != 0)
                .count();
        return lists + fixture.books.invoices().size() + customers().size() + unsettled;
    }

    private long hubSpotMinimum() {
        long records = 0;
        for (String type : List.of("companies", "contacts", "invoices", "line_items", "commerce_payments")) {
            records += pages(fixture.hubspot.records(type).size(), 100);
        }
        long withEmail = fixture.hubspot.records("contacts").stream()
                .filter(contact -> !contact.get("email").isEmpty())
                .count();
        long pairs = pages(fixture.hubspot.pairs("contacts", "companies"), 2_000);
        for (String type : List.of("companies", "contacts", "line_items", "commerce_payments")) {
            pairs += pages(fixture.hubspot.pairs("invoices", type), 2_000);
        }
        for (String type : List.of("companies", "contacts")) {
            pairs += pages(fixture.hubspot.pairs("commerce_payments", type), 2_000);
        }
        long invoices = pages(fixture.hubspot.records("invoices").size(), 100);
        long companies = pages(fixture.hubspot.records("companies").size(), 100);
        return records + pages(withEmail, 100) + 2 * invoices + pairs + companies;
    }

    private static long pages(long rows, int size) {
        return (rows + size - 1) / size;
    }

    // Reading the fake's records

    private static String text(Map<String, Object> record, String name) {
        Object value = record.get(name);
        return value == null ? "" : value.toString().strip();
    }

    private static BigDecimal decimal(Map<String, Object> record, String name) {
        return record.get(name) instanceof BigDecimal number ? number : BigDecimal.ZERO;
    }

    private static void assertAmount(Held held, String property, BigDecimal expected) {
        assertThat(new BigDecimal(held.get(property)))
                .as("%s of %s", property, held.get("zoho_books_key"))
                .isEqualByComparingTo(expected);
    }

    @SuppressWarnings("unchecked") // the fake's records are trees of maps and lists
    private static Map<String, Object> object(Object value) {
        return value instanceof Map<?, ?> ? (Map<String, Object>) value : Map.of();
    }

    @SuppressWarnings("unchecked") // the fake's records are trees of maps and lists
    private static List<Map<String, Object>> list(Object value) {
        return value instanceof List<?> ? (List<Map<String, Object>>) value : List.of();
    }
}
