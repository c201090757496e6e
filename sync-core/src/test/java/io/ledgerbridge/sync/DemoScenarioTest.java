package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.sync.SyncReport.Counts;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.testkit.DemoOrganization;
import io.ledgerbridge.testkit.Traffic;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The demo organisation at the vendors' real limits, compared with a second, naive mapping.
 */
class DemoScenarioTest {

    private final Fixture fixture = Fixture.withCurrencies(DemoOrganization.currencies());
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
        new Mirror(fixture.books, fixture.hubspot, fixture.time).assertHeld();
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
        new Mirror(fixture.books, fixture.hubspot, fixture.time).assertHeld();
    }

    private static void addsUp(Counts counts) {
        assertThat(counts.created() + counts.updated() + counts.unchanged() + counts.quarantined() + counts.skipped())
                .isEqualTo(counts.seen());
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

    private List<Map<String, Object>> customers() {
        return fixture.books.contacts().stream()
                .filter(contact -> contact.get("contact_type").equals("customer"))
                .toList();
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

    @SuppressWarnings("unchecked") // the fake's records are trees of maps and lists
    private static List<Map<String, Object>> list(Object value) {
        return value instanceof List<?> ? (List<Map<String, Object>>) value : List.of();
    }
}
