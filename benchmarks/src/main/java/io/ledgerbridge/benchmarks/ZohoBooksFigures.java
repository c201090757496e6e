package io.ledgerbridge.benchmarks;

import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.Together;
import io.ledgerbridge.time.VirtualTime;
import io.ledgerbridge.zohobooks.ContactQuery;
import io.ledgerbridge.zohobooks.InvoiceQuery;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoCredentials;
import io.ledgerbridge.zohobooks.ZohoPacing;
import io.ledgerbridge.zohobooks.model.Contact;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** The Zoho Books client: its limiter, its tokens, what a page and a long list occupy. */
final class ZohoBooksFigures {

    private static final Instant START = Instant.parse("2026-03-02T04:45:30Z");
    private static final int MEGABYTE = 1 << 20;

    private final Targets targets;

    ZohoBooksFigures(Targets targets) {
        this.targets = targets;
    }

    void print() throws Exception {
        limiter();
        refresh();
        pageInMemory();
        longListing();
    }

    /** Ten simulated minutes, 8 threads, 20 to 400 ms of latency, the vendor's real limits. */
    private void limiter() throws Exception {
        VirtualTime time = VirtualTime.startingAt(START);
        FakeZohoBooks books = FakeZohoBooks.builder(time).build();
        ZohoBooks zoho = client(
                books,
                time,
                new OkHttpClient.Builder()
                        .addInterceptor(Simulation.latency(time))
                        .addInterceptor(books.interceptor())
                        .build());
        Instant end = START.plus(Duration.ofMinutes(10));
        AtomicInteger answered = new AtomicInteger();
        Together.run(time, 8, number -> {
            while (true) {
                zoho.organizations().list();
                if (!time.now().isBefore(end)) {
                    return;
                }
                answered.incrementAndGet();
            }
        });
        double used = answered.get() / (10.0 * ZohoPacing.DEFAULT_REQUESTS_PER_MINUTE);
        long refused = books.traffic().count(call -> call.status() == 429);
        targets.tell(
                "limiter: share of 90 calls a minute used in 10 minutes",
                String.format("%.1f %%", used * 100),
                ">= 95 %",
                used >= 0.95);
        targets.tell("limiter: answers with status 429", String.valueOf(refused), "0", refused == 0);
    }

    private void refresh() throws Exception {
        VirtualTime time = VirtualTime.startingAt(START);
        FakeZohoBooks books = FakeZohoBooks.builder(time).build();
        books.latency(Duration.ofMillis(200));
        ZohoBooks zoho = client(
                books,
                time,
                new OkHttpClient.Builder().addInterceptor(books.interceptor()).build());
        zoho.organizations().list();
        time.sleep(Duration.ofHours(2));
        long before = books.traffic().count("POST /oauth/v2/token");
        Together.run(time, 50, number -> zoho.organizations().list());
        long refreshes = books.traffic().count("POST /oauth/v2/token") - before;
        targets.tell(
                "refresh: tokens asked for by 50 threads on an expired one",
                String.valueOf(refreshes),
                "1",
                refreshes == 1);
    }

    /** What a page with its raw JSON occupies once it is read. */
    private void pageInMemory() {
        String body = InvoicePage.of(200);
        ZohoBooks zoho = answering(page -> body);
        zoho.invoices().page(InvoiceQuery.all(), 1);
        List<Object> pages = new ArrayList<>();
        long before = used();
        for (int i = 0; i < 10; i++) {
            pages.add(zoho.invoices().page(InvoiceQuery.all(), 1));
        }
        double each = (used() - before) / (double) pages.size() / MEGABYTE;
        targets.tell(
                "decoding: 200 invoices of " + body.length() / 1024 + " KB with raw JSON occupy",
                String.format("%.2f MB", each),
                "<= 2 MB",
                each <= 2);
    }

    /** 100,000 contacts, looked at one by one, in a heap of 48 MB. */
    private void longListing() {
        int rows = 100_000;
        ZohoBooks zoho = answering(page -> contacts(page, rows));
        long count = 0;
        long early = 0;
        long late = 0;
        for (Contact contact : zoho.contacts().list(ContactQuery.customers())) {
            count++;
            if (count == 20_000) {
                early = used();
            } else if (count == 99_000) {
                late = used();
            }
            if (contact.contactId().isEmpty()) {
                throw new IllegalStateException("a contact without an id");
            }
        }
        double grown = (late - early) / (double) MEGABYTE;
        targets.tell("listing: contacts read", String.valueOf(count), String.valueOf(rows), count == rows);
        targets.tell(
                "listing: heap in use after 99,000 contacts, beyond that after 20,000",
                String.format("%.2f MB", grown),
                "<= 4 MB (ids)",
                grown <= 4);
        System.out.printf(
                "%-62s %11d MB%n", "listing: heap allowed", Runtime.getRuntime().maxMemory() / MEGABYTE);
    }

    private static String contacts(int page, int rows) {
        int from = (page - 1) * 200;
        StringBuilder json = new StringBuilder("{\"code\":0,\"contacts\":[");
        for (int i = from; i < Math.min(rows, from + 200); i++) {
            json.append(i == from ? "" : ",")
                    .append("{\"contact_id\":\"")
                    .append(2_000_000_000_000_000_000L + i)
                    .append("\",\"contact_name\":\"Customer ")
                    .append(i)
                    .append("\",\"contact_type\":\"customer\",\"email\":\"mara@harbor.example\",\"notes\":\"")
                    .append("x".repeat(800))
                    .append("\",\"last_modified_time\":\"2026-03-02T10:15:30+0530\"}");
        }
        return json.append("],\"page_context\":{\"has_more_page\":")
                .append(from + 200 < rows)
                .append("}}")
                .toString();
    }

    private interface Pages {
        String page(int number);
    }

    /** A server that makes its answers when they are asked for. */
    private static ZohoBooks answering(Pages pages) {
        Interceptor server = chain -> {
            String number = chain.request().url().queryParameter("page");
            String body = number == null
                    ? "{\"access_token\":\"1000.a\",\"expires_in\":3600}"
                    : pages.page(Integer.parseInt(number));
            return response(chain, body);
        };
        return ZohoBooks.builder(ZohoCredentials.refreshToken("client", "secret", "refresh"))
                .organization("60012345678")
                .pacing(ZohoPacing.unlimited())
                .httpClient(new OkHttpClient.Builder().addInterceptor(server).build())
                .build();
    }

    private static Response response(Interceptor.Chain chain, String body) throws IOException {
        return new Response.Builder()
                .request(chain.request())
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("OK")
                .body(ResponseBody.create(body, MediaType.get("application/json")))
                .build();
    }

    private static ZohoBooks client(FakeZohoBooks books, VirtualTime time, OkHttpClient http) {
        return ZohoBooks.builder(
                        ZohoCredentials.refreshToken(books.clientId(), books.clientSecret(), books.refreshToken()))
                .organization(books.organizationId())
                .httpClient(http)
                .timeSource(time)
                .random(new Random(1))
                .build();
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
