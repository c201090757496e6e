package io.ledgerbridge.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.hubspot.Crm.Company;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PropertyTest {

    private enum Rating {
        HOT,
        COLD
    }

    private static final Property<Set<String>> COLOURS = Property.options("colours");
    private static final Property<Rating> RATING = Property.option("rating").as(Rating::valueOf, Rating::name);
    private static final Property<LocalDate> DAY = Property.date("day");

    private static CrmRecord<Company> record(String property, String value) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(property, value);
        return new CrmRecord<>(ObjectType.COMPANIES.record("1"), values, null, null, false, null, Map.of());
    }

    @Test
    void valuesAreEncodedAsHubSpotWantsThem() {
        Properties properties = Properties.of(Invoices.AMOUNT_BILLED, new BigDecimal("1E+3"))
                .with(Invoices.BILLABLE, false)
                .with(Invoices.INVOICE_DATE, Instant.parse("2026-03-01T05:00:00Z"))
                .with(DAY, LocalDate.of(2026, 9, 14))
                .with(COLOURS, new LinkedHashSet<>(List.of("red", "blue")))
                .with(RATING, Rating.HOT)
                .clear(Invoices.TITLE);

        assertThat(properties.encoded())
                .containsExactly(
                        Map.entry("hs_amount_billed", "1000"),
                        Map.entry("hs_invoice_billable", "false"),
                        Map.entry("hs_invoice_date", "2026-03-01T05:00:00Z"),
                        Map.entry("day", "2026-09-14"),
                        Map.entry("colours", "red;blue"),
                        Map.entry("rating", "HOT"),
                        Map.entry("hs_title", ""));
        assertThat(Properties.none().append(COLOURS, Set.of("green")).encoded()).containsEntry("colours", ";green");
        assertThat(Properties.none().append(COLOURS, Set.of())).isEqualTo(Properties.none());
        assertThat(Properties.none().withIfPresent(Companies.NAME, null).encoded())
                .isEmpty();
    }

    @Test
    void valuesAreReadInTheWaysThatHubSpotWritesThem() {
        assertThat(record("hs_amount_billed", "1.2E7").get(Invoices.AMOUNT_BILLED))
                .isEqualByComparingTo("12000000");
        assertThat(record("hs_due_date", "2026-12-31T21:00:00Z").get(Invoices.DUE_DATE))
                .isEqualTo(Instant.parse("2026-12-31T21:00:00Z"));
        assertThat(record("hs_due_date", "1970-01-01T00:00:00Z").get(Invoices.DUE_DATE))
                .isEqualTo(Instant.EPOCH);
        assertThat(record("hs_due_date", "1757800000000").get(Invoices.DUE_DATE))
                .isEqualTo(Instant.ofEpochMilli(1_757_800_000_000L));
        assertThat(record("day", "2026-09-14").get(DAY)).isEqualTo("2026-09-14");
        assertThat(record("day", "1789344000000").get(DAY)).isEqualTo("2026-09-14");
        assertThat(record("day", "2026-09-14T00:00:00.000Z").get(DAY)).isEqualTo("2026-09-14");
        assertThat(record("hs_invoice_billable", "true").get(Invoices.BILLABLE)).isTrue();
        assertThat(record("colours", ";red;blue").get(COLOURS)).containsExactly("red", "blue");
        assertThat(record("rating", "COLD").get(RATING)).isEqualTo(Rating.COLD);
        assertThat(record("name", "").find(Companies.NAME)).isEmpty();
    }

    @Test
    void whatCannotBeReadIsToldWithoutShowingIt() {
        for (Property<?> property :
                List.of(Invoices.AMOUNT_BILLED, Invoices.DUE_DATE, DAY, Invoices.BILLABLE, RATING)) {
            assertThatThrownBy(
                            () -> record(property.name(), "jane@acme.example").get(property))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(property.name())
                    .hasMessageContaining(property.type())
                    .hasMessageNotContaining("jane")
                    .hasNoCause();
        }
    }

    @Test
    void whatCannotBeSentIsRefusedAtOnce() {
        assertThatThrownBy(() -> Properties.of(COLOURS, Set.of("a;b"))).hasMessageContaining("semicolon");
        assertThatThrownBy(() -> Property.text("Amount")).hasMessageContaining("'Amount'");
        assertThatThrownBy(() -> Property.text("1st")).hasMessageContaining("'1st'");
        assertThatThrownBy(() -> ObjectType.CONTACTS.record("jane@acme.example"))
                .hasMessageContaining("contacts")
                .hasMessageNotContaining("jane");
        assertThatThrownBy(() -> new RecordUpsert(" ", Properties.none())).hasMessageContaining("key");
        assertThatThrownBy(() -> new ApiVersion("v3")).hasMessageContaining("2026-09");
        assertThatThrownBy(() -> AccessToken.of(" ")).hasMessageContaining("empty");
        assertThatThrownBy(() -> ObjectType.of("/cars")).hasMessageContaining("2-3465");
    }

    @Test
    void nothingShowsValuesWhenItIsPrinted() {
        assertThat(AccessToken.of("pat-eu1-secret")).hasToString("AccessToken[hidden]");
        assertThat(new RecordUpsert("jane@acme.example", Properties.of(Contacts.FIRST_NAME, "Jane")))
                .hasToString("RecordUpsert[firstname]");
        assertThat(NewRecord.of(Properties.of(Contacts.FIRST_NAME, "Jane")).toString())
                .doesNotContain("Jane");
        assertThat(record("name", "Jane")).hasToString("companies 1");
        assertThat(new Outcome.Found<>(record("name", "Jane")).toString()).doesNotContain("Jane");
    }
}
