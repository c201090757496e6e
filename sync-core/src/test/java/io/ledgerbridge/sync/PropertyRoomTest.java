package io.ledgerbridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.hubspot.ObjectType;
import io.ledgerbridge.hubspot.model.PropertyDefinition;
import io.ledgerbridge.sync.SyncReport.Remark;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.testkit.InvoiceDraft;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accounts differ in how many properties of their own they may have. */
class PropertyRoomTest {

    private final Fixture fixture = Fixture.withCurrencies();
    private String customer;

    @BeforeEach
    void fill() {
        customer = fixture.addCustomerWithInvoice();
    }

    private static List<String> leftOut(SyncReport report, String stream) {
        return report.remarks().stream()
                .filter(remark ->
                        remark.stream().equals(stream) && remark.record().startsWith("property "))
                .map(Remark::record)
                .map(record -> record.substring("property ".length()))
                .toList();
    }

    @Test
    void whatDoesNotFitIsLeftOutByNameLeastImportantFirst() {
        fixture.hubspot.customPropertiesPerType(6);

        SyncReport report = fixture.engine.run();

        assertThat(report.status()).isEqualTo(Status.COMPLETE);
        // The sixth is the mark of the installation.
        assertThat(leftOut(report, "customers"))
                .containsExactlyElementsOf(Mapping.provisioned(ObjectType.COMPANIES).stream()
                        .map(PropertyDefinition::name)
                        .skip(5)
                        .toList());
        assertThat(leftOut(report, "contacts")).isEmpty();
        assertThat(report.remarks())
                .filteredOn(remark -> remark.record().equals("property zoho_books_overdue"))
                .singleElement()
                .extracting(Remark::reason)
                .asString()
                .contains("limit of custom properties");
        assertThat(fixture.record("companies", customer).get("zoho_books_currency"))
                .isEqualTo("USD");
    }

    @Test
    void whenThereIsRoomTheyAreMadeADayLater() {
        fixture.hubspot.customPropertiesPerType(6);
        fixture.engine.run();
        fixture.hubspot.customPropertiesPerType(1_000);
        fixture.pass(Duration.ofDays(1));
        fixture.books.addInvoice(InvoiceDraft.of(customer, "INV-2").line("Seat", "2", "50"));

        assertThat(leftOut(fixture.engine.run(), "customers")).isEmpty();

        assertThat(fixture.record("companies", customer).get("zoho_books_outstanding"))
                .isEqualTo("200.00");
    }

    @Test
    void withoutRoomForKeysNothingIsWritten() {
        fixture.hubspot.customPropertiesPerType(0);

        SyncReport report = fixture.engine.run();

        assertThat(report.status()).isEqualTo(Status.FAILED);
        assertThat(report.problem().code()).isEqualTo("hubspot.companies");
        assertThat(fixture.hubspot.records("companies")).isEmpty();
    }
}
