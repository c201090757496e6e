package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.hubspot.Companies;
import io.ledgerbridge.hubspot.Contacts;
import io.ledgerbridge.hubspot.Invoices;
import io.ledgerbridge.hubspot.LineItems;
import io.ledgerbridge.hubspot.ObjectType;
import io.ledgerbridge.hubspot.Property;
import io.ledgerbridge.sync.Mapping.Field;
import io.ledgerbridge.sync.Mapping.Owner;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.testkit.CreditNoteDraft;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot.Held;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.InvoiceDraft.Tax;
import io.ledgerbridge.testkit.PaymentDraft;
import io.ledgerbridge.zohobooks.model.Invoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** R11, and what can be mapped otherwise. */
class MappingTest {

    private static final Tax VAT = new Tax("2000000000000000411", "VAT", "20");

    private final Fixture fixture = Fixture.withCurrencies("EUR");

    private String customer() {
        return fixture.books.addCustomer(CustomerDraft.business("Harbor Tools Ltd")
                .person("Mara", "Quinn", "mara@harbor.example", "1")
                .customField("cf_vat", "VAT number", "GB 1")
                .billingAddress("1 Quay", "Hull", "", "HU1 1AA", "United Kingdom"));
    }

    private SyncEngine engine(Mapping mapping) {
        return fixture.newEngine(builder -> builder.mapping(mapping));
    }

    /** What a user of HubSpot types in. */
    private void typesIn(String type, String id, String property, String value) {
        fixture.hubspot.edit(type, id, Map.of(property, value));
    }

    private Held company(String customer) {
        return fixture.record("companies", customer);
    }

    @Test
    void fieldsAreAddedReplacedAndLeftOut() {
        String customer = customer();
        fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-1")
                .notes("Thank you")
                .line("Seat", "2", "50", "", VAT)
                .description("for the office"));
        Mapping mapping = Mapping.defaults()
                .with(Field.company(
                        Companies.DESCRIPTION,
                        contact -> contact.customFields().text("cf_vat").orElse("")))
                .with(Field.company(Companies.WEBSITE, contact -> "https://books.example/" + contact.contactId()))
                .with(Field.invoice(Invoices.COMMENTS, Invoice::status))
                .with(Field.lineItem(LineItems.DESCRIPTION, line -> "quantity " + line.quantity()))
                .without(ObjectType.CONTACTS, Contacts.PHONE)
                .without(ObjectType.COMPANIES, Companies.CITY);

        assertThat(engine(mapping).run().status()).isEqualTo(Status.COMPLETE);

        assertThat(company(customer).get("description")).isEqualTo("GB 1");
        assertThat(company(customer).get("website")).isEqualTo("https://books.example/" + customer);
        assertThat(company(customer).get("city")).isEmpty();
        assertThat(company(customer).get("zip")).isEqualTo("HU1 1AA");
        assertThat(fixture.hubspot.records("contacts").get(0).get("phone")).isEmpty();
        assertThat(fixture.hubspot.records("invoices").get(0).get("hs_comments"))
                .isEqualTo("sent");
        assertThat(fixture.hubspot.records("line_items"))
                .extracting(line -> line.get("description"))
                .contains("quantity 2");
    }

    @Test
    void theSourceWinsWhenItChangesAndNotBefore() {
        String customer = customer();
        fixture.engine.run();
        typesIn("companies", company(customer).id(), "phone", "typed in");
        fixture.pass(Duration.ofHours(1));
        fixture.books.editContact(customer, contact -> contact.put("website", "https://harbor.example"));
        fixture.engine.run();
        assertThat(company(customer).get("phone")).isEqualTo("typed in");
        fixture.pass(Duration.ofHours(1));
        fixture.books.editContact(customer, contact -> contact.put("phone", "22"));
        fixture.engine.run();
        assertThat(company(customer).get("phone")).isEqualTo("22");
    }

    @Test
    void whatIsFilledOnlyWhenEmptyIsAskedForOnlyWhenTheSourceChanges() {
        String customer = customer();
        SyncEngine engine = engine(Mapping.defaults()
                .owned(ObjectType.COMPANIES, Companies.PHONE, Owner.FILL_WHEN_EMPTY)
                .owned(ObjectType.COMPANIES, Companies.CITY, Owner.FILL_WHEN_EMPTY));
        engine.run();
        assertThat(company(customer).get("phone")).isEqualTo("1");
        assertThat(company(customer).get("city")).isEqualTo("Hull");
        String id = company(customer).id();
        typesIn("companies", id, "city", "York");
        fixture.pass(Duration.ofHours(1));
        fixture.books.editContact(customer, contact -> {
            contact.put("phone", "22");
            contact.put(
                    "billing_address",
                    Map.of("address", "2 Quay", "city", "Leeds", "zip", "HU1 1AA", "country", "United Kingdom"));
        });
        fixture.forgetTraffic();
        engine.run();
        assertThat(company(customer).get("phone")).isEqualTo("1");
        assertThat(company(customer).get("city")).isEqualTo("York");
        assertThat(company(customer).get("address")).isEqualTo("2 Quay");
        assertThat(fixture.hubspot.traffic().count(call -> call.template().endsWith("companies/batch/read")))
                .isEqualTo(2);

        typesIn("companies", id, "phone", "");
        fixture.pass(Duration.ofHours(1));
        fixture.books.editContact(customer, contact -> contact.put("website", "https://harbor.example"));
        engine.run();
        assertThat(company(customer).get("phone")).isEmpty();
        fixture.pass(Duration.ofHours(1));
        fixture.books.editContact(customer, contact -> contact.put("phone", "33"));
        engine.run();
        assertThat(company(customer).get("phone")).isEqualTo("33");
    }

    @Test
    void whatIsWrittenOnlyOnCreateIsNeverWrittenAgain() {
        String customer = customer();
        SyncEngine engine = engine(Mapping.defaults()
                .owned(ObjectType.COMPANIES, Companies.PHONE, Owner.ON_CREATE)
                .owned(ObjectType.COMPANIES, Companies.CITY, Owner.ON_CREATE)
                .owned(ObjectType.CONTACTS, Contacts.FIRST_NAME, Owner.ON_CREATE));
        fixture.hubspot.seed("contacts", Map.of("email", "mara@harbor.example", "firstname", "Mära"));
        engine.run();
        assertThat(company(customer).get("phone")).isEqualTo("1");
        assertThat(company(customer).get("city")).isEqualTo("Hull");
        assertThat(fixture.hubspot.records("contacts").get(0).get("firstname")).isEqualTo("Mära");
        assertThat(fixture.hubspot.records("contacts").get(0).get("lastname")).isEqualTo("Quinn");
        fixture.pass(Duration.ofHours(1));
        fixture.books.editContact(customer, contact -> {
            contact.put("phone", "22");
            contact.put("billing_address", Map.of("address", "2 Quay", "city", "Leeds", "zip", "", "country", ""));
        });
        fixture.forgetTraffic();
        SyncReport report = engine.run();
        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(company(customer).get("phone")).isEqualTo("1");
        assertThat(company(customer).get("city")).isEqualTo("Hull");
        assertThat(company(customer).get("address")).isEqualTo("2 Quay");
        fixture.forgetTraffic();
        engine.run();
        assertThat(fixture.hubspot.traffic().calls()).isEmpty();
    }

    @Test
    void anAddressThatIsMappedOtherwiseStaysSo() {
        String customer = customer();
        SyncEngine engine = engine(
                Mapping.defaults().with(Field.company(Companies.CITY, contact -> "of " + contact.contactName())));
        engine.run();
        assertThat(company(customer).get("city")).isEqualTo("of Harbor Tools Ltd");
        fixture.forgetTraffic();
        engine.run();
        assertThat(fixture.hubspot.traffic().calls()).isEmpty();
    }

    @Test
    void aFieldThatFailsIsLeftOutAndStopsNothing() {
        String customer = customer();
        SyncReport report = engine(Mapping.defaults()
                        .with(Field.company(
                                Companies.DESCRIPTION,
                                contact -> contact.website().substring(8))))
                .run();

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        assertThat(company(customer).get("name")).isEqualTo("Harbor Tools Ltd");
        assertThat(report.remarks())
                .anySatisfy(remark -> assertThat(remark.reason()).contains("the mapping of description failed"));
    }

    @Test
    void whatUsersFilledInLongAfterTheCreationIsTheirs() {
        String customer = fixture.books.addCustomer(
                CustomerDraft.business("Harbor Tools Ltd").person("Mara", "Quinn", "mara@harbor.example", "1"));
        SyncEngine engine = engine(Mapping.defaults().owned(ObjectType.COMPANIES, Companies.CITY, Owner.ON_CREATE));
        engine.run();
        typesIn("companies", company(customer).id(), "city", "York");
        fixture.pass(Duration.ofDays(40));
        fixture.books.editContact(
                customer,
                contact -> contact.put(
                        "billing_address", Map.of("address", "2 Quay", "city", "Leeds", "zip", "", "country", "")));
        engine.run();
        assertThat(company(customer).get("city")).isEqualTo("York");
        assertThat(company(customer).get("address")).isEqualTo("2 Quay");
    }

    @Test
    void whereTheCreationWasLostItsValuesAreStillWritten() {
        String customer = customer();
        fixture.hubspot.nextRequests().matching("companies/batch/upsert").droppedAfterApplying(5);
        Mapping mapping = Mapping.defaults().owned(ObjectType.COMPANIES, Companies.CITY, Owner.ON_CREATE);
        engine(mapping).run();
        fixture.hubspot.nextRequests().none();
        engine(mapping).run();
        assertThat(company(customer).get("city")).isEqualTo("Hull");
    }

    @Test
    void whatTheEngineNeedsCannotBeMappedOtherwise() {
        assertThatThrownBy(() -> Mapping.defaults().without(ObjectType.INVOICES, Invoices.AMOUNT_BILLED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the property hs_amount_billed of invoices cannot be mapped otherwise: the sync depends on it");
        assertThatThrownBy(() ->
                        Mapping.defaults().with(Field.company(Property.text("zoho_books_key"), contact -> "mine")))
                .hasMessageContaining("zoho_books_key");
    }

    @Test
    void aPropertyThatHubSpotDoesNotHaveIsToldBeforeAnythingIsWritten() {
        customer();
        SyncReport report = engine(
                        Mapping.defaults().with(Field.company(Property.text("vat_number"), contact -> "GB 1")))
                .run();

        assertThat(report.status()).isEqualTo(Status.FAILED);
        assertThat(report.problem().code()).isEqualTo("mapping.property");
        assertThat(report.problem().message()).contains("vat_number of companies");
        assertThat(fixture.hubspot.records("companies")).isEmpty();
    }

    /** Every property that is ever written stands in the reference, and nothing else does. */
    @Test
    void theReferenceNamesWhatIsWritten() throws IOException {
        String customer = customer();
        fixture.books.editContact(customer, contact -> {
            contact.put("website", "https://harbor.example");
            contact.put(
                    "billing_address",
                    Map.of(
                            "address", "1 Quay",
                            "street2", "Dock",
                            "city", "Hull",
                            "state", "Humber",
                            "zip", "HU1 1AA",
                            "country", "United Kingdom"));
            persons(contact).get(0).put("mobile", "2");
            persons(contact).get(0).put("designation", "Buyer");
        });
        String invoice = fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-1")
                .reference("PO-1")
                .line("Seat", "3", "10", "10%", VAT)
                .description("for the office")
                .line("Desk", "2", "50", "4", null)
                .shipping("5"));
        fixture.books.editInvoice(
                invoice,
                record -> record.put(
                        "billing_address", fixture.books.contacts().get(0).get("billing_address")));
        String payment = fixture.books.addPayment(PaymentDraft.of(customer, "1", "80")
                .reference("REF")
                .description("by wire")
                .applyTo(invoice, "50"));
        fixture.books.refundPayment(payment, "10");
        fixture.books.addCreditNote(CreditNoteDraft.of(customer, "CN-1").line("Returned", "1", "10"));
        fixture.engine.run();
        TreeSet<String> written = new TreeSet<>();
        for (String type : List.of("companies", "contacts", "invoices", "line_items", "commerce_payments")) {
            fixture.hubspot
                    .records(type)
                    .forEach(held -> held.properties().keySet().forEach(name -> written.add(type + " " + name)));
        }
        written.remove("line_items amount");

        TreeSet<String> documented = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "mapping.md"))) {
            String[] cells = line.split("\\|");
            if (cells.length > 4 && cells[2].contains("`")) {
                documented.add(cells[1].strip() + " " + cells[2].strip().replace("`", ""));
            }
        }
        assertThat(documented).isEqualTo(written);
    }

    @SuppressWarnings("unchecked") // the fake's records are trees of maps and lists
    private static List<Map<String, Object>> persons(Map<String, Object> contact) {
        return (List<Map<String, Object>>) contact.get("contact_persons");
    }
}
