package io.ledgerbridge.zohobooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.time.VirtualTime;
import io.ledgerbridge.zohobooks.ZohoListener.ListingWarning;
import io.ledgerbridge.zohobooks.ZohoListener.ListingWarning.Kind;
import io.ledgerbridge.zohobooks.model.Contact;
import io.ledgerbridge.zohobooks.model.Invoice;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class ListingTest {

    private final VirtualTime time = VirtualTime.startingAt(Wire.START);
    private final FakeZohoBooks fake = FakeZohoBooks.builder(time).build();
    private final List<ListingWarning> warnings = Collections.synchronizedList(new ArrayList<>());
    private final ZohoListener listener = new ZohoListener() {
        @Override
        public void onListingWarning(ListingWarning warning) {
            warnings.add(warning);
        }
    };
    private final ZohoBooks zoho = ZohoBooks.builder(
                    ZohoCredentials.refreshToken(fake.clientId(), fake.clientSecret(), fake.refreshToken()))
            .organization(fake.organizationId())
            .httpClient(new OkHttpClient.Builder()
                    .addInterceptor(fake.interceptor())
                    .build())
            .timeSource(time)
            .random(new Random(1))
            .listener(listener)
            .build();

    private String customers(int count) {
        String last = "";
        for (int i = 0; i < count; i++) {
            last = fake.addCustomer(CustomerDraft.business("Customer " + i));
        }
        return last;
    }

    private static String rows(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"contact_id\":\"" + i + "\",\"contact_type\":\"customer\"}")
                .collect(Collectors.joining(","));
    }

    private static String page(String rows, String context) {
        return "{\"code\":0,\"contacts\":[" + rows + "]" + (context.isEmpty() ? "" : ",\"page_context\":" + context)
                + "}";
    }

    private static final String MORE = "{\"has_more_page\":true}";
    private static final String END = "{\"has_more_page\":false}";

    private List<String> ids(Wire wire) {
        try {
            ZohoBooks client =
                    wire.client().organization("60012345678").listener(listener).build();
            return client.contacts().list(ContactQuery.customers()).withoutPrefetch().stream()
                    .map(Contact::contactId)
                    .toList();
        } finally {
            wire.close();
        }
    }

    private List<Kind> kinds() {
        return warnings.stream().map(ListingWarning::kind).toList();
    }

    @Test
    void theNextPageIsAskedForWhenHalfOfOneIsTakenAndNoOtherBefore() {
        customers(500);
        Iterator<Contact> contacts =
                zoho.contacts().list(ContactQuery.customers()).iterator();

        for (int i = 0; i < 100; i++) {
            contacts.next();
        }
        assertThat(fake.traffic().count("GET /books/v3/contacts")).isEqualTo(1);
        int taken = 100;
        while (taken < 300) {
            contacts.next();
            taken++;
        }
        // The second page is half taken: it was asked for once, and the third not yet.
        assertThat(fake.traffic().count("GET /books/v3/contacts")).isEqualTo(2);
        while (contacts.hasNext()) {
            contacts.next();
            taken++;
        }
        assertThat(taken).isEqualTo(500);
        assertThat(fake.traffic().count("GET /books/v3/contacts")).isEqualTo(3);
    }

    @Test
    void aLookAtTheFirstRecordsCostsOneCall() {
        customers(500);

        assertThat(zoho.contacts().list(ContactQuery.customers()).stream()
                        .limit(50)
                        .toList())
                .hasSize(50);
        assertThat(fake.traffic().count("GET /books/v3/contacts")).isEqualTo(1);
    }

    @Test
    void aFailureOfThePrefetchedPageIsToldWhereItIsNeeded() {
        customers(300);
        fake.nextRequests().matching("&page=2&").answering(400, 1);
        Iterator<Contact> contacts =
                zoho.contacts().list(ContactQuery.customers()).iterator();

        for (int i = 0; i < 200; i++) {
            contacts.next();
        }
        assertThatThrownBy(contacts::hasNext).isInstanceOf(ZohoRequestException.class);
    }

    @Test
    void eachIterationReadsAnew() {
        customers(3);
        Listing<Contact> listing = zoho.contacts().list(ContactQuery.customers());

        assertThat(listing).hasSize(3);
        assertThat(listing).hasSize(3);
        assertThat(fake.traffic().count("GET /books/v3/contacts")).isEqualTo(2);
    }

    @Test
    void rowsThatCameAlreadyAreLeftOut() {
        Wire wire = new Wire();
        wire.answer(page(rows(0, 200), MORE)).answer(page(rows(199, 250), END));

        assertThat(ids(wire)).hasSize(250).doesNotHaveDuplicates();
        assertThat(warnings)
                .singleElement()
                .satisfies(warning -> assertThat(warning.kind()).isEqualTo(Kind.REPEATED_ROWS))
                .satisfies(warning -> assertThat(warning.message()).contains("1 rows of page 2"));
    }

    @Test
    void aFullPageWithoutContextIsNotTakenForTheLast() {
        Wire wire = new Wire();
        wire.answer(page(rows(0, 200), "")).answer(page(rows(200, 210), ""));

        assertThat(ids(wire)).hasSize(210);
        assertThat(kinds()).containsExactly(Kind.NO_PAGE_CONTEXT);
    }

    @Test
    void aServiceThatIgnoresPagesIsLeftAfterOneMore() {
        Wire wire = new Wire();
        wire.answer(page(rows(0, 200), "")).answer(page(rows(0, 200), ""));

        assertThat(ids(wire)).hasSize(200);
        assertThat(kinds()).containsExactly(Kind.NO_PAGE_CONTEXT, Kind.REPEATED_ROWS);
    }

    @Test
    void aListThatDoesNotEndIsToldInsteadOfReadForEver() {
        Wire wire = new Wire();
        for (int i = 0; i < 5; i++) {
            wire.answer(page(rows(0, 200), MORE));
        }

        assertThatThrownBy(() -> ids(wire))
                .isInstanceOf(ZohoUnavailableException.class)
                .hasMessageContaining("does not end");
    }

    @Test
    void rowsThatAnIgnoredFilterLetsPassAreLeftOut() {
        customers(2);
        fake.addCustomer(CustomerDraft.business("A vendor").vendor());
        fake.ignoresFilters();

        assertThat(zoho.contacts().list(ContactQuery.customers())).hasSize(2);
        assertThat(kinds()).containsExactly(Kind.IGNORED_FILTER);
        assertThat(warnings.get(0).message()).contains("contact_type");
    }

    @Test
    void aFilterThatTheServiceUnderstoodIsNotSecondGuessed() {
        Wire wire = new Wire();
        wire.answer(
                page(
                        "{\"contact_id\":\"1\",\"contact_type\":\"both\"}",
                        "{\"has_more_page\":false,\"search_criteria\":[{\"column_name\":\"contact_type\",\"search_text\":\"customer\"}]}"));

        assertThat(ids(wire)).containsExactly("1");
        assertThat(warnings).isEmpty();
    }

    @Test
    void ignoredDatesAmountsAndCustomersAreNoticedToo() {
        String customer = customers(1);
        String other = fake.addCustomer(CustomerDraft.business("Other"));
        fake.addInvoice(InvoiceDraft.of(customer, "INV-1").line("Seat", "1", "100"));
        fake.addInvoice(InvoiceDraft.of(other, "INV-2").line("Seat", "1", "200"));
        fake.ignoresFilters();

        assertThat(zoho.invoices().list(InvoiceQuery.all().customerId(customer)))
                .extracting(Invoice::invoiceNumber)
                .containsExactly("INV-1");
    }

    @Test
    void whatWasModifiedSinceIsReadNewestFirstAndNoFurther() throws Exception {
        customers(450);
        time.sleep(Duration.ofHours(1));
        String edited = customers(1);

        assertThat(zoho.contacts()
                        .list(ContactQuery.customers().modifiedSince(time.now().minusSeconds(60))))
                .extracting(Contact::contactId)
                .containsExactly(edited);
        assertThat(fake.traffic().count("GET /books/v3/contacts")).isEqualTo(1);
    }

    @Test
    void olderRowsThatAnIgnoredStampLetsPassAreLeftOut() throws Exception {
        String customer = customers(1);
        fake.addInvoice(InvoiceDraft.of(customer, "INV-1").line("Seat", "1", "100"));
        time.sleep(Duration.ofHours(1));
        fake.addInvoice(InvoiceDraft.of(customer, "INV-2").line("Seat", "1", "100"));
        fake.ignoresFilters();

        assertThat(zoho.invoices().list(InvoiceQuery.modifiedSince(time.now().minusSeconds(60))))
                .extracting(Invoice::invoiceNumber)
                .containsExactly("INV-2");
        assertThat(kinds()).containsExactly(Kind.IGNORED_FILTER);
    }

    @Test
    void withoutASortThatIsToldTheWholeListIsRead() throws Exception {
        customers(450);
        time.sleep(Duration.ofHours(1));
        String edited = customers(1);
        fake.ignoresSort();

        assertThat(zoho.contacts()
                        .list(ContactQuery.customers().modifiedSince(time.now().minusSeconds(60))))
                .extracting(Contact::contactId)
                .containsExactly(edited);
        assertThat(fake.traffic().count("GET /books/v3/contacts")).isEqualTo(3);
    }

    @Test
    void aCountTellsOfRowsThatADeletionHasHidden() {
        String customer = customers(1);
        List<String> invoices = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            invoices.add(fake.addInvoice(InvoiceDraft.of(customer, "INV-" + i).line("Seat", "1", "10")));
        }
        fake.before("&page=2&", () -> fake.deleteInvoice(invoices.get(0)));

        List<String> read = new ArrayList<>();
        zoho.invoices()
                .list(InvoiceQuery.all()
                        .sortBy(InvoiceQuery.SortBy.CREATED_TIME, SortOrder.ASCENDING)
                        .counted())
                .forEach(invoice -> read.add(invoice.invoiceId()));

        assertThat(read).hasSize(249);
        assertThat(kinds()).containsExactly(Kind.MISSING_ROWS);
    }

    @Test
    void aRowThatCannotBeReadNamesItselfAndLeavesTheOthersOfAPage() {
        Wire wire = new Wire();
        String rows = "{\"contact_id\":\"1\"},{\"contact_id\":\"2\",\"outstanding_receivable_amount\":\"1.180,50\"},"
                + "{\"contact_id\":\"3\"}";
        wire.answer(page(rows, END)).answer(page(rows, END));
        ZohoBooks client = wire.client().organization("60012345678").build();

        Page<Contact> page = client.contacts().page(ContactQuery.all(), 1);
        assertThat(page.items()).extracting(Contact::contactId).containsExactly("1", "3");
        assertThat(page.unreadable()).singleElement().satisfies(row -> {
            assertThat(row.raw().text("contact_id")).contains("2");
            assertThat(row.reason())
                    .isEqualTo("unreadable value '1.180,50' at $.contacts[1].outstanding_receivable_amount");
        });
        assertThatThrownBy(() -> client.contacts().list(ContactQuery.all()).forEach(row -> {}))
                .isInstanceOf(ZohoRequestException.class)
                .hasMessageContaining("1 of 3 rows cannot be read")
                .hasMessageContaining("1.180,50");
        wire.close();
    }

    @Test
    void rowsWithoutAnIdAreNeverTakenForRepetitions() {
        Wire wire = new Wire();
        wire.answer(page("{\"contact_name\":\"a\"},{\"contact_name\":\"b\"}", END));

        assertThat(ids(wire)).hasSize(2);
    }

    @Test
    void datesAreRanges() {
        LocalDate day = LocalDate.parse("2026-03-02");
        assertThat(Dates.between(day, day).contain(day)).isTrue();
        assertThat(Dates.before(day).contain(day)).isFalse();
        assertThat(Dates.after(day).contain(day)).isFalse();
        assertThat(Dates.until(day).contain(day)).isTrue();
        assertThat(Dates.from(day).contain(null)).isTrue();
    }
}
