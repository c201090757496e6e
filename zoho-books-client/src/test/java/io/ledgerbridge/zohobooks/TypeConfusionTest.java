package io.ledgerbridge.zohobooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.squareup.moshi.Json;
import io.ledgerbridge.time.VirtualTime;
import io.ledgerbridge.zohobooks.model.Address;
import io.ledgerbridge.zohobooks.model.AppliedCredit;
import io.ledgerbridge.zohobooks.model.Contact;
import io.ledgerbridge.zohobooks.model.ContactPerson;
import io.ledgerbridge.zohobooks.model.CreditNote;
import io.ledgerbridge.zohobooks.model.CreditNoteInvoice;
import io.ledgerbridge.zohobooks.model.CreditNoteRefund;
import io.ledgerbridge.zohobooks.model.Currency;
import io.ledgerbridge.zohobooks.model.CustomField;
import io.ledgerbridge.zohobooks.model.CustomerPayment;
import io.ledgerbridge.zohobooks.model.ExchangeRate;
import io.ledgerbridge.zohobooks.model.Invoice;
import io.ledgerbridge.zohobooks.model.InvoicePayment;
import io.ledgerbridge.zohobooks.model.InvoiceTax;
import io.ledgerbridge.zohobooks.model.Item;
import io.ledgerbridge.zohobooks.model.LineItem;
import io.ledgerbridge.zohobooks.model.LineItemTax;
import io.ledgerbridge.zohobooks.model.Organization;
import io.ledgerbridge.zohobooks.model.PaymentAllocation;
import io.ledgerbridge.zohobooks.model.PaymentRefund;
import io.ledgerbridge.zohobooks.model.Tax;
import io.ledgerbridge.zohobooks.model.TaxGroup;
import io.ledgerbridge.zohobooks.model.Webhook;
import io.ledgerbridge.zohobooks.model.Workflow;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every member of every record as everything that the service, or a proxy, may make of it. */
class TypeConfusionTest {

    private static final List<String> CONFUSIONS = List.of(
            "\"\"",
            "null",
            "0",
            "-0.0",
            "12.50",
            "1e3",
            "2000000000012345678",
            "123456789012345678901234567890.12",
            "1e999999999",
            "\"12.50\"",
            "\" 7 \"",
            "\"70%\"",
            "\"%\"",
            "\"1,5\"",
            "\"NaN\"",
            "\"0x1F\"",
            "true",
            "false",
            "\"true\"",
            "\"yes\"",
            "\"2026-03-02\"",
            "\"2026-03-02T10:15:30+0530\"",
            "\"2026-13-45\"",
            "\"02 Mar 2026\"",
            "\"\\u0000\\ud83d\"",
            "[]",
            "{}",
            "[1,\"\",null,{}]",
            "{\"a\":{\"b\":[1]}}",
            "[[[[]]]]");

    static Stream<Class<?>> records() {
        return Stream.of(
                Address.class,
                AppliedCredit.class,
                Contact.class,
                ContactPerson.class,
                CreditNote.class,
                CreditNoteInvoice.class,
                CreditNoteRefund.class,
                Currency.class,
                CustomField.class,
                CustomerPayment.class,
                ExchangeRate.class,
                Invoice.class,
                InvoicePayment.class,
                InvoiceTax.class,
                Item.class,
                LineItem.class,
                LineItemTax.class,
                Organization.class,
                PaymentAllocation.class,
                PaymentRefund.class,
                Tax.class,
                TaxGroup.class,
                Webhook.class,
                Workflow.class);
    }

    private static String wireName(Class<?> type, RecordComponent component) throws Exception {
        Json name = type.getDeclaredField(component.getName()).getAnnotation(Json.class);
        return name == null ? component.getName() : name.name();
    }

    /** Decodes as the client does; null if the value was refused with its place. */
    private static <T> T decode(Class<T> type, String json) throws Exception {
        try {
            return io.ledgerbridge.zohobooks.internal.WireConverter.read(
                    ResponseBody.create(json, null),
                    io.ledgerbridge.zohobooks.internal.LenientJson.moshi().adapter(type)::fromJson);
        } catch (com.squareup.moshi.JsonDataException e) {
            assertThat(e.getMessage()).startsWith("unreadable value '").contains(" at $");
            return null;
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    <T> void neverASurpriseNeverAWrongNumber(Class<T> type) throws Exception {
        int decoded = 0;
        for (RecordComponent component : type.getRecordComponents()) {
            String name = wireName(type, component);
            for (String value : CONFUSIONS) {
                T record = decode(type, "{\"" + name + "\":" + value + "}");
                if (record != null && !name.equals("raw")) {
                    check(component.getType(), component.getAccessor().invoke(record), value, type + " " + name);
                    decoded++;
                }
            }
        }
        assertThat(decoded).isPositive();
    }

    private static void check(Class<?> type, Object read, String value, String place) {
        String text = value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
        boolean structure = value.startsWith("[") || value.startsWith("{");
        if (type == String.class && !value.startsWith("\"\\u")) {
            assertThat(read).as(place).isEqualTo(structure || value.equals("null") ? "" : text);
        } else if (type == BigDecimal.class && read != null) {
            assertThat((BigDecimal) read)
                    .as(place + " = " + value)
                    .isEqualByComparingTo(new BigDecimal(text.replace("%", "").strip()));
        } else if (type == Integer.class && read != null) {
            assertThat(BigDecimal.valueOf((Integer) read))
                    .as(place + " = " + value)
                    .isEqualByComparingTo(new BigDecimal(text.replace("%", "").strip()));
        } else if (type == boolean.class) {
            assertThat(read).as(place + " = " + value).isEqualTo(text.equals("true"));
        } else if (type == LocalDate.class && read != null) {
            assertThat(read).as(place + " = " + value).isEqualTo(LocalDate.parse("2026-03-02"));
        } else if (type == Instant.class && read != null) {
            assertThat(read).as(place + " = " + value).isEqualTo(Instant.parse("2026-03-02T04:45:30Z"));
        } else if (type == List.class && !value.startsWith("[")) {
            assertThat((List<?>) read).as(place).isEmpty();
        }
    }

    @Test
    void aMissingValueIsNotZero() throws Exception {
        assertThat(decode(Invoice.class, "{}").total()).isNull();
        assertThat(decode(Invoice.class, "{\"total\":\"\"}").total()).isNull();
        assertThat(decode(Invoice.class, "{\"total\":0}").total()).isZero();
    }

    private static final String PAGE = """
            {"code":0,"message":"success","invoices":[{"invoice_id":"2000000000000222001","invoice_number":"INV-000042",
            "status":"partially_paid","customer_id":"2000000000000111001","date":"2026-03-02","due_date":"2026-04-01",
            "currency_code":"GBP","exchange_rate":1.17,"discount":"10%","is_inclusive_tax":false,"line_items":[{"line_item_id":
            "2000000000000222003","quantity":10,"rate":98.375,"line_item_taxes":[{"tax_id":"411","tax_amount":196.75}],
            "item_total":983.75}],"total":1180.5,"balance":680.5,"billing_address":{"zip":"HU1 1AA"},"custom_fields":[
            {"api_name":"cf_vat","value":"GB 0"}],"last_modified_time":"2026-03-10T09:00:01+0000"}],
            "page_context":{"page":1,"per_page":200,"has_more_page":false,"search_criteria":[{"column_name":"status"}]}}""";

    /** Pieces of the page are dropped, doubled and replaced at random places; the seed tells the case. */
    static String mutated(long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(PAGE);
        List<String> pieces = new ArrayList<>(CONFUSIONS);
        pieces.addAll(List.of("\"", ",", ":", "{", "}", "]", "\\", "\\u12", "\uFEFF", "\u0000"));
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, text.substring(at, end));
                case 2 -> text.replace(at, end, pieces.get(random.nextInt(pieces.size())));
                default -> text.setLength(Math.max(1, at));
            }
        }
        return text.toString();
    }

    @Test
    void aDamagedPageIsReadOrToldAsAnExceptionOfTheClient() {
        int read = 0;
        for (long seed = 0; seed < 3_000; seed++) {
            String body = mutated(seed);
            Hosts hosts = new Hosts(
                    request -> request.url().encodedPath().startsWith("/oauth/") ? "{\"access_token\":\"a\"}" : body);
            ZohoBooks zoho = ZohoBooks.builder(ZohoCredentials.refreshToken("i", "s", "r"))
                    .organization("60012345678")
                    .httpClient(hosts.client())
                    .timeSource(VirtualTime.startingAt(Wire.START))
                    .random(new Random(1))
                    .build();
            try {
                Page<Invoice> page = zoho.invoices().page(InvoiceQuery.all(), 1);
                assertThat(page.items().size() + page.unreadable().size()).isLessThanOrEqualTo(60);
                read++;
            } catch (ZohoBooksException expected) {
                assertThat(expected.getMessage()).as("seed " + seed).contains("/books/v3/invoices");
            }
        }
        assertThat(read).isBetween(100, 2_900);
    }

    @Test
    void aDamagedDeliveryIsReadOrToldAsAnExceptionOfTheClient() {
        for (long seed = 0; seed < 3_000; seed++) {
            byte[] body = mutated(seed)
                    .replace("\"invoices\":[", "\"invoice\":")
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
            try {
                WebhookEvent.parse(body).invoice();
            } catch (ZohoBooksException expected) {
                assertThat(expected.getMessage()).contains("delivery");
            } catch (IllegalStateException otherKind) {
                assertThat(otherKind).hasMessageContaining("about a record of the kind");
            }
        }
    }

    @Test
    void deepNestingIsToldNotOverflown() {
        String deep = "{\"code\":0,\"contact\":{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}}";
        Hosts hosts = new Hosts(
                request -> request.url().encodedPath().startsWith("/oauth/") ? "{\"access_token\":\"a\"}" : deep);
        ZohoBooks zoho = ZohoBooks.builder(ZohoCredentials.refreshToken("i", "s", "r"))
                .organization("60012345678")
                .httpClient(hosts.client())
                .timeSource(VirtualTime.startingAt(Wire.START))
                .build();

        assertThatThrownBy(() -> zoho.contacts().get("1")).isInstanceOf(ZohoBooksException.class);
    }
}
