package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.hubspot.Property;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.InvoiceDraft;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Companies that were in HubSpot before. */
class AdoptionTest {

    private final Fixture fixture = Fixture.withCurrencies();

    private SyncEngine engine(MatchPolicy policy) {
        return fixture.newEngine(builder -> builder.adoptCompanies(policy));
    }

    private String customer(String name, String email) {
        String customer = fixture.books.addCustomer(CustomerDraft.business(name).email(email));
        fixture.books.addInvoice(InvoiceDraft.of(customer, "INV of " + name).line("Seat", "1", "100"));
        return customer;
    }

    private String seed(Map<String, String> company) {
        return fixture.hubspot.seed("companies", company);
    }

    private String keyOf(String customer) {
        return fixture.books.organizationId() + ":" + customer;
    }

    private String keyHeldBy(String id) {
        return fixture.hubspot.records("companies").stream()
                .filter(company -> company.id().equals(id))
                .findFirst()
                .orElseThrow()
                .get("zoho_books_key");
    }

    @Test
    void byDefaultEveryCustomerGetsACompanyOfItsOwn() {
        customer("Harbor Tools Ltd", "office@harbor.example");
        String before = seed(Map.of("name", "Harbor Tools Ltd", "domain", "harbor.example"));

        assertThat(fixture.engine.run().status()).isEqualTo(Status.COMPLETE);

        assertThat(fixture.hubspot.records("companies")).hasSize(2);
        assertThat(keyHeldBy(before)).isEmpty();
    }

    @Test
    void aCompanyIsAdoptedByTheDomainOfTheCustomersAddress() {
        String customer = customer("Harbor Tools Ltd", "office@harbor.example");
        String before = seed(Map.of("name", "Harbor", "domain", "harbor.example", "city", "Hull"));
        SyncEngine engine = engine(MatchPolicy.byDomain());

        SyncReport report = engine.run();

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(report.remarks()).anyMatch(remark -> remark.reason().contains(before + " was there before"));
        assertThat(fixture.hubspot.records("companies")).hasSize(1);
        assertThat(keyHeldBy(before)).isEqualTo(keyOf(customer));
        assertThat(fixture.hubspot.records("companies").get(0).get("name")).isEqualTo("Harbor Tools Ltd");
        // What Zoho Books has nothing to say on stays.
        assertThat(fixture.hubspot.records("companies").get(0).get("city")).isEqualTo("Hull");
        assertThat(fixture.hubspot.associated("companies", before, "invoices")).hasSize(1);
        fixture.forgetTraffic();
        assertThat(engine.run().status()).isEqualTo(Status.COMPLETE);
        assertThat(fixture.hubspot.traffic().calls()).isEmpty();
    }

    @Test
    void anAddressOfAMailServiceTellsNothing() {
        customer("Harbor Tools Ltd", "harbor.tools@gmail.com");
        String before = seed(Map.of("name", "Somebody", "domain", "gmail.com"));

        engine(MatchPolicy.byDomain()).run();

        assertThat(fixture.hubspot.records("companies")).hasSize(2);
        assertThat(keyHeldBy(before)).isEmpty();
    }

    @Test
    void aCompanyIsAdoptedByItsExactNameInAnyCase() {
        String customer = customer("Harbor Tools Ltd", "");
        String before = seed(Map.of("name", "HARBOR Tools ltd"));
        String similar = seed(Map.of("name", "Harbor Tools Ltd & Co"));

        engine(MatchPolicy.byExactName()).run();

        assertThat(keyHeldBy(before)).isEqualTo(keyOf(customer));
        assertThat(keyHeldBy(similar)).isEmpty();
        assertThat(fixture.hubspot.records("companies")).hasSize(2);
    }

    @Test
    void aCompanyIsAdoptedByAPropertyOfTheUsers() {
        String customer = customer("Harbor Tools Ltd", "");
        String before = seed(Map.of("name", "H. T.", "phone", "no. " + customer));
        Property<String> number = Property.text("phone");

        engine(MatchPolicy.byProperty(number, contact -> "no. " + contact.contactId()))
                .run();

        assertThat(keyHeldBy(before)).isEqualTo(keyOf(customer));
        assertThat(fixture.hubspot.records("companies")).hasSize(1);
    }

    @Test
    void moreNamesThanFitIntoOneSearchAreLookedForInSeveral() {
        for (int i = 0; i < 100; i++) {
            String name = "Company No. " + i + " of a \"Very\" Long Name é " + "x".repeat(40);
            fixture.books.addCustomer(CustomerDraft.business(name));
            seed(Map.of("name", name));
        }

        assertThat(engine(MatchPolicy.byExactName()).run().status()).isEqualTo(Status.COMPLETE);

        assertThat(fixture.hubspot.records("companies"))
                .hasSize(100)
                .noneMatch(company -> company.get("zoho_books_key").isEmpty());
    }

    @Test
    void aCompanyThatWasAdoptedIsNotTakenAwayAlsoIfTheSearchStillShowsIt() {
        String customer = customer("Harbor Tools Ltd", "office@harbor.example");
        String before = seed(Map.of("name", "Harbor", "domain", "harbor.example"));
        fixture.hubspot.searchLag(Duration.ofHours(1));
        fixture.pass(Duration.ofHours(2));
        SyncEngine engine = engine(MatchPolicy.byDomain());
        engine.run();
        assertThat(keyHeldBy(before)).isEqualTo(keyOf(customer));
        String other = customer("Harbor Boats Ltd", "boats@harbor.example");
        fixture.pass(Duration.ofMinutes(10));

        engine.run();

        assertThat(keyHeldBy(before)).isEqualTo(keyOf(customer));
        assertThat(fixture.hubspot.records("companies")).hasSize(2);
    }

    @Test
    void aPropertyThatHubSpotDoesNotHaveIsNamed() {
        customer("Harbor Tools Ltd", "");

        SyncReport report = engine(MatchPolicy.byProperty(Property.text("no_such_property"), contact -> "x"))
                .run();

        assertThat(report.problem().code()).isEqualTo("match.property");
        assertThat(report.problem().message()).contains("no_such_property");
        assertThat(fixture.hubspot.records("companies")).isEmpty();
    }

    @Test
    void severalThatFitWaitForSomebodyWhoKnows() {
        String customer = customer("Harbor Tools Ltd", "office@harbor.example");
        String one = seed(Map.of("name", "Harbor", "domain", "harbor.example"));
        String other = seed(Map.of("name", "Harbor Tools", "domain", "harbor.example"));
        SyncEngine engine = engine(MatchPolicy.byDomain());

        SyncReport report = engine.run();

        assertThat(report.status()).isEqualTo(Status.PARTIAL);
        assertThat(report.remarks())
                .anyMatch(remark -> remark.stream().equals("customers")
                        && remark.reason().contains(one)
                        && remark.reason().contains(other));
        assertThat(fixture.hubspot.records("companies")).hasSize(2);
        assertThat(fixture.hubspot.records("invoices")).isEmpty();

        fixture.hubspot.edit("companies", other, Map.of("zoho_books_key", keyOf(customer)));
        fixture.pass(Duration.ofDays(1));

        assertThat(engine.run().status()).isEqualTo(Status.COMPLETE);
        assertThat(fixture.hubspot.records("companies")).hasSize(2);
        assertThat(keyHeldBy(other)).isEqualTo(keyOf(customer));
        assertThat(keyHeldBy(one)).isEmpty();
        assertThat(fixture.hubspot.records("invoices")).hasSize(1);
    }

    @Test
    void oneThatFitsTwoCustomersIsGivenToNeither() {
        customer("Harbor Tools Ltd", "office@harbor.example");
        customer("Harbor Boats Ltd", "boats@harbor.example");
        String before = seed(Map.of("name", "Harbor", "domain", "harbor.example"));

        SyncReport report = engine(MatchPolicy.byDomain()).run();

        assertThat(report.status()).isEqualTo(Status.PARTIAL);
        assertThat(report.remarks()).anyMatch(remark -> remark.reason().contains(before + " fits 2 customers"));
        assertThat(fixture.hubspot.records("companies")).hasSize(1);
        assertThat(keyHeldBy(before)).isEmpty();
    }
}
