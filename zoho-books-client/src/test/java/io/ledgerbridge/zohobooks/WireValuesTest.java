package io.ledgerbridge.zohobooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.zohobooks.internal.LenientJson;
import io.ledgerbridge.zohobooks.model.CustomerPayment;
import io.ledgerbridge.zohobooks.model.Invoice;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** What the service really sends, read as it is meant. */
class WireValuesTest {

    private static Invoice invoice(String json) throws IOException {
        return LenientJson.moshi().adapter(Invoice.class).fromJson(json);
    }

    @Test
    void emptyTextsStandForMissingValuesOfEveryType() throws IOException {
        Invoice invoice = invoice("""
                {"invoice_id":"1","date":"","total":"","billing_address":"","line_items":"","last_modified_time":"",
                 "is_inclusive_tax":"","custom_fields":"","contact_persons":""}""");

        assertThat(invoice.date()).isNull();
        assertThat(invoice.total()).isNull();
        assertThat(invoice.billingAddress()).isNull();
        assertThat(invoice.lineItems()).isEmpty();
        assertThat(invoice.lastModifiedTime()).isNull();
        assertThat(invoice.isInclusiveTax()).isFalse();
        assertThat(invoice.invoiceNumber()).isEmpty();
    }

    @Test
    void identifiersAndAmountsKeepEveryDigit() throws IOException {
        Invoice invoice = invoice(
                "{\"invoice_id\":2000000000012345678,\"total\":1180.10,\"balance\":\"12.50\",\"exchange_rate\":0.0067}");

        assertThat(invoice.invoiceId()).isEqualTo("2000000000012345678");
        assertThat(invoice.total()).isEqualTo(new BigDecimal("1180.10"));
        assertThat(invoice.balance()).isEqualTo(new BigDecimal("12.50"));
        assertThat(invoice.exchangeRate()).isEqualTo(new BigDecimal("0.0067"));
    }

    @Test
    void stampsAndDatesComeInSeveralForms() throws IOException {
        Instant expected = Instant.parse("2026-03-02T04:45:30Z");
        for (String stamp : new String[] {
            "2026-03-02T10:15:30+0530", "2026-03-02T10:15:30+05:30", "2026-03-02T04:45:30Z", "2026-03-02T04:45:30.000Z"
        }) {
            assertThat(invoice("{\"last_modified_time\":\"" + stamp + "\"}").lastModifiedTime())
                    .isEqualTo(expected);
        }
        assertThat(invoice("{\"date\":\"2026-09-04T00:00:00.000Z\"}").date()).isEqualTo(LocalDate.parse("2026-09-04"));
    }

    @Test
    void unknownMembersAndNullsAreNoMatter() throws IOException {
        CustomerPayment payment = LenientJson.moshi()
                .adapter(CustomerPayment.class)
                .fromJson("{\"payment_id\":\"1\",\"cf_anything\":{\"deep\":[1,2]},\"amount\":null,\"invoices\":null}");

        assertThat(payment.amount()).isNull();
        assertThat(payment.invoices()).isEmpty();
    }

    @Test
    void aValueThatIsNoneIsToldWithItsPlace() {
        assertThatThrownBy(() -> invoice("{\"total\":\"many\"}")).hasMessage("unreadable value 'many' at $.total");
    }
}
