package io.ledgerbridge.sync;

import static io.ledgerbridge.sync.BookRows.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.hubspot.AccessToken;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.hubspot.HubSpotPacing;
import io.ledgerbridge.sync.Killer.Killed;
import io.ledgerbridge.sync.Recording.Left;
import io.ledgerbridge.sync.Recording.Sent;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Query;
import io.ledgerbridge.sync.spi.SyncStore.Row;
import io.ledgerbridge.testkit.CreditNoteDraft;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.InvoiceDraft.Tax;
import io.ledgerbridge.testkit.PaymentDraft;
import io.ledgerbridge.time.VirtualTime;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoCredentials;
import io.ledgerbridge.zohobooks.ZohoPacing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * R1 to R3 wherever the process is killed. A scenario in three parts is run once to count its boundaries and to record what a
 * kill at each of them leaves. For each, a new engine takes up what is left, and finishes. HubSpot must then hold what it holds
 * when nothing happens.
 */
final class CrashScenario {

    private static final Tax VAT = new Tax("2000000000000000411", "VAT", "20");

    /** Its settings are expensive to make. */
    private static final OkHttpClient HTTP = new OkHttpClient();

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Instant BEGIN = Instant.parse("2026-03-02T06:00:00Z");
    private static final List<Instant> PARTS =
            List.of(BEGIN, BEGIN.plus(Duration.ofHours(3)), BEGIN.plus(Duration.ofDays(8)));

    /** What HubSpot accounts differ in. */
    enum Account {
        COMMON {
            @Override
            void setUp(FakeHubSpot hubspot) {}
        },
        /** R1's weaker path: what is not linked is looked for under its parent. */
        WITHOUT_UNIQUE_KEYS {
            @Override
            void setUp(FakeHubSpot hubspot) {
                List.of("contacts", "line_items", "commerce_payments").forEach(hubspot::refuseUniqueProperties);
            }
        },
        /** Lines have no key at all. */
        WITHOUT_LINE_PROPERTIES {
            @Override
            void setUp(FakeHubSpot hubspot) {
                hubspot.withdrawScope("e-commerce");
            }
        };

        abstract void setUp(FakeHubSpot hubspot);
    }

    private final Account account;
    private final Function<VirtualTime, SyncStore> stores;
    private final IntPredicate boundaries;

    /**
     * A scenario that is killed at some of its boundaries.
     *
     * @param stores makes an empty store
     * @param boundaries at which of them
     */
    CrashScenario(Account account, Function<VirtualTime, SyncStore> stores, IntPredicate boundaries) {
        this.account = account;
        this.stores = stores;
        this.boundaries = boundaries;
    }

    /** One organisation, one account, and the engines that follow each other between them. */
    private final class World {
        final VirtualTime time = VirtualTime.startingAt(BEGIN);
        final FakeZohoBooks books = FakeZohoBooks.builder(time).build();
        final FakeHubSpot hubspot =
                FakeHubSpot.builder(time).currencies("USD", "EUR").build();
        String installation = "";
        final List<String> customers = new ArrayList<>();
        final List<String> invoices = new ArrayList<>();
        final List<String> payments = new ArrayList<>();
        SyncStore store = stores.apply(time);
        private int engines;

        World() {
            account.setUp(hubspot);
        }

        /** New clients, a new engine, and the store that is left. */
        SyncEngine newEngine() {
            return newEngine(new Killer());
        }

        /** The next engine, which may be killed. */
        SyncEngine newEngine(Killer killer) {
            return newEngine(HTTP.newBuilder().addInterceptor(killer.interceptor()), killer.guarding(store));
        }

        /** The next engine, of which is kept what it does. */
        SyncEngine newEngine(Killer killer, Recording recording) {
            return newEngine(
                    HTTP.newBuilder().addInterceptor(killer.interceptor()).addInterceptor(recording.interceptor()),
                    killer.guarding(recording.watching()));
        }

        private SyncEngine newEngine(OkHttpClient.Builder connected, SyncStore remembering) {
            engines++;
            OkHttpClient http = services(connected);
            ZohoBooks zoho = ZohoBooks.builder(
                            ZohoCredentials.refreshToken(books.clientId(), books.clientSecret(), books.refreshToken()))
                    .organization(books.organizationId())
                    .httpClient(http)
                    .timeSource(time)
                    .pacing(ZohoPacing.standard())
                    .random(new Random(engines))
                    .build();
            HubSpot target = HubSpot.builder(AccessToken.of(hubspot.accessToken()))
                    .httpClient(http)
                    .timeSource(time)
                    .pacing(HubSpotPacing.standard())
                    .random(new Random(engines))
                    .build();
            SyncEngine.Builder builder = SyncEngine.builder(zoho, target)
                    .store(remembering)
                    .timeSource(time)
                    .random(new Random(1_000L + engines));
            return installation.isEmpty()
                    ? builder.build()
                    : builder.installation(installation).build();
        }

        private OkHttpClient services(OkHttpClient.Builder connected) {
            return connected
                    .addInterceptor(books.interceptor())
                    .addInterceptor(hubspot.interceptor())
                    .build();
        }

        /** Sends what another engine has sent, each call when that did. */
        void send(List<Sent> calls) {
            engines++;
            OkHttpClient http = services(HTTP.newBuilder());
            for (Sent call : calls) {
                sleepUntil(call.at());
                try (Response ignored = http.newCall(call.request()).execute()) {
                    // Nobody is there to read it.
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        /** The store is another one now; who has lost its id reads it in HubSpot. */
        void goOnWith(SyncStore other) {
            store = other;
            String marker = "zoho_books_installation_" + books.organizationId();
            if (hubspot.hasProperty("companies", marker)) {
                String words =
                        String.valueOf(hubspot.property("companies", marker).get("description"));
                installation = words.replaceAll("^Kept in step by the installation |;.*$", "");
            }
        }

        void sleepUntil(Instant at) {
            try {
                time.sleep(Duration.between(time.now(), at));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        /** What happens in Zoho Books before the run of each part. */
        void happens(int part) {
            sleepUntil(PARTS.get(part));
            if (part == 0) {
                fill();
            } else if (part == 1) {
                edit();
            }
        }

        private void fill() {
            for (int i = 0; i < 12; i++) {
                CustomerDraft draft = i % 4 == 3
                        ? CustomerDraft.individual("Person " + i)
                        : CustomerDraft.business("Company " + i + " Ltd");
                if (i != 5) {
                    String email = i == 2 ? "shared@c1.example" : i == 1 ? "Shared@c1.example" : "p@c" + i + ".example";
                    draft.person("First" + i, "Last" + i, email, "+44 " + i);
                }
                if (i % 3 == 0) {
                    draft.billingAddress(i + " Quay", "Hull", "", "HU1 1AA", "United Kingdom");
                }
                customers.add(books.addCustomer(i == 4 ? draft.currency("EUR") : draft));
            }
            for (int i = 0; i < 20; i++) {
                InvoiceDraft draft = InvoiceDraft.of(customers.get(i % 10), "INV-" + i)
                        .line("Seat", "3", "10.05", i % 2 == 0 ? "10%" : "", VAT)
                        .line("Support", "1", "100");
                if (i % 10 == 4) {
                    draft.currency("EUR", "1.1");
                }
                for (int line = 2; i == 7 && line < 120; line++) {
                    draft.line("Part " + line, "1", "1.5");
                }
                invoices.add(books.addInvoice(i == 3 ? draft.status("draft") : i == 6 ? draft.shipping("5") : draft));
            }
            invoices.add(
                    books.addInvoice(InvoiceDraft.of(customers.get(5), "INV-5A").line("Seat", "1", "80", "", VAT)));
            for (int i = 0; i < 12; i++) {
                int invoice = i == 3 || i == 4 ? i + 9 : i;
                payments.add(books.addPayment(PaymentDraft.of(customers.get(invoice % 10), "P-" + i, "50")
                        .applyTo(invoices.get(invoice), "50")));
            }
            payments.add(books.addPayment(PaymentDraft.of(customers.get(5), "P-12", "60")
                    .applyTo(invoices.get(5), "30")
                    .applyTo(invoices.get(15), "20")
                    .applyTo(invoices.get(20), "10")));
            payments.add(books.addPayment(PaymentDraft.of(customers.get(1), "P-13", "30")
                    .applyTo(invoices.get(1), "10")
                    .applyTo(invoices.get(11), "10")));
            payments.add(books.addPayment(PaymentDraft.of(customers.get(8), "P-14", "70")));
            books.refundPayment(payments.get(14), "20");
        }

        private void edit() {
            books.editContact(customers.get(0), contact -> contact.put("contact_name", "Renamed Ltd"));
            books.editContact(customers.get(6), contact -> contact.put("phone", ""));
            books.editInvoice(invoices.get(2), invoice -> invoice.put("reference_number", "PO-2"));
            books.editInvoice(invoices.get(18), invoice -> invoice.put("status", "void"));
            books.editInvoice(invoices.get(19), invoice -> {
                invoice.put("customer_id", customers.get(11));
                invoice.put("customer_name", "Person 11");
                invoice.put("contact_persons", List.of());
            });
            books.editInvoice(invoices.get(7), CrashScenario::withoutLastLine);
            books.deleteInvoice(invoices.get(17));
            payments.add(books.addPayment(
                    PaymentDraft.of(customers.get(6), "P-15", "25").applyTo(invoices.get(16), "25")));
            books.deletePayment(payments.get(0));
            String note = books.addCreditNote(CreditNoteDraft.of(customers.get(4), "CN-1")
                    .currency("EUR", "1.1")
                    .line("Returned", "1", "15", VAT));
            books.applyCreditNote(note, invoices.get(4), "12");
            invoices.add(books.addInvoice(
                    InvoiceDraft.of(customers.get(10), "INV-20").line("Seat", "1", "99.99", "", VAT)));
        }

        List<String> linesOf(String invoiceId) {
            return books.invoices().stream()
                    .filter(invoice -> invoice.get("invoice_id").equals(invoiceId))
                    .flatMap(invoice -> lines(invoice).stream())
                    .map(line -> String.valueOf(line.get("line_item_id")))
                    .toList();
        }
    }

    private static void withoutLastLine(Map<String, Object> invoice) {
        List<Map<String, Object>> lines = new ArrayList<>(lines(invoice));
        Map<String, Object> last = lines.remove(lines.size() - 1);
        invoice.put("line_items", lines);
        for (String name : List.of("total", "balance", "sub_total")) {
            BigDecimal amount = (BigDecimal) invoice.get(name);
            invoice.put(name, amount.subtract((BigDecimal) last.get("item_total")));
        }
    }

    private static void finishes(SyncEngine engine, String where) {
        SyncReport report = engine.run();
        assertThat(report.problem()).as(where).isNull();
        assertThat(report.status()).as("%s: %s", where, report.remarks()).isEqualTo(Status.COMPLETE);
        report.streams()
                .forEach((stream, counts) -> assertThat(counts.created()
                                + counts.updated()
                                + counts.unchanged()
                                + counts.quarantined()
                                + counts.skipped())
                        .as(stream)
                        .isEqualTo(counts.seen()));
    }

    /** One world in which nothing happened, and how it went there. */
    private record Undisturbed(Map<String, Object> contents, List<Recording> parts, List<Integer> boundaries) {}

    /** Runs all parts, and looks at what it stands for. */
    private Undisturbed undisturbed() {
        World world = new World();
        List<Recording> parts = new ArrayList<>();
        List<Integer> reached = new ArrayList<>();
        for (int part = 0; part < PARTS.size(); part++) {
            world.happens(part);
            Killer killer = new Killer();
            Recording recording = new Recording(world.time, world.store, killer, boundaries);
            finishes(world.newEngine(killer, recording), "part " + part);
            parts.add(recording);
            reached.add(killer.reached());
        }
        new Mirror(world.books, world.hubspot, world.time).assertHeld();
        Map<String, Object> contents = Contents.of(world.hubspot);
        assertThat(contents).hasSizeGreaterThan(500);
        return new Undisturbed(contents, parts, reached);
    }

    /** What a kill at a boundary leaves, from the recording of a run that was not killed. */
    private World leftAt(Undisturbed undisturbed, int killedPart, int boundary) {
        World world = new World();
        for (int part = 0; part < killedPart; part++) {
            world.happens(part);
            world.send(undisturbed.parts().get(part).sent());
        }
        world.happens(killedPart);
        Recording recording = undisturbed.parts().get(killedPart);
        world.send(recording.sentBefore(boundary));
        world.sleepUntil(recording.at(boundary).at());
        recording.at(boundary).fill(world.store);
        return world;
    }

    /** Has an engine follow on what each boundary leaves. */
    private void kill(BiConsumer<World, Left> afterwards, Predicate<String> excused) {
        Undisturbed undisturbed = undisturbed();
        int all = 0;
        for (int killedPart = 0; killedPart < PARTS.size(); killedPart++) {
            int part = killedPart;
            Recording recording = undisturbed.parts().get(part);
            Predicate<String> unexcused = part == 0 ? difference -> true : excused.negate();
            List<Integer> tried = IntStream.range(0, undisturbed.boundaries().get(part))
                    .filter(boundaries)
                    .boxed()
                    .toList();
            tried.parallelStream().forEach(boundary -> {
                String killed = "killed in part %d %s (boundary %d)"
                        .formatted(part, recording.at(boundary).where(), boundary);
                World world = leftAt(undisturbed, part, boundary);
                afterwards.accept(world, recording.beginning());
                goOn(world, part, killed);
                assertThat(Contents.differences(undisturbed.contents(), Contents.of(world.hubspot, killed)).stream()
                                .filter(unexcused))
                        .as(killed)
                        .isEmpty();
                assertThat(world.books.traffic().limitsBroken()).isEmpty();
                assertThat(world.newEngine().audit().verify().reason())
                        .as(killed)
                        .isEmpty();
            });
            all += tried.size();
        }
        System.out.printf("%s: killed at %d of %s boundaries%n", account, all, undisturbed.boundaries());
    }

    /** The killed part is finished, and the others come. */
    private static void goOn(World world, int killedPart, String where) {
        world.sleepUntil(world.time.now().plus(SyncEngine.DEFAULT_LEASE));
        finishes(world.newEngine(), where);
        for (int part = killedPart + 1; part < PARTS.size(); part++) {
            world.happens(part);
            finishes(world.newEngine(), where);
        }
    }

    /** The store is there when another engine follows. */
    void surviving() {
        kill((world, before) -> {}, difference -> false);
    }

    /** The store is restored from a backup that is older than the run. */
    void restored() {
        kill(
                (world, before) -> {
                    SyncStore backup = stores.apply(world.time);
                    before.fill(backup);
                    world.goOnWith(backup);
                },
                difference -> false);
    }

    /** The store is lost; what was deleted in Zoho Books before, nobody can know of any more. */
    void lost() {
        World names = new World();
        names.happens(0);
        String invoice = names.invoices.get(17);
        String payment = names.payments.get(0);
        List<String> lines = names.linesOf(invoice);
        kill(
                (world, before) -> world.goOnWith(stores.apply(world.time)),
                difference -> difference.contains(":" + invoice)
                        || difference.contains(":" + payment)
                        || lines.stream().anyMatch(difference::contains));
    }

    /**
     * A process that is killed leaves what is recorded: an engine works its way to each boundary, and from there on everything
     * that it calls fails.
     */
    void leftByAnEngineThatIsKilled() {
        Undisturbed undisturbed = undisturbed();
        int compared = 0;
        for (int part = 0; part < PARTS.size(); part++) {
            for (int boundary = 0; boundary < undisturbed.boundaries().get(part); boundary++) {
                if (boundaries.test(boundary)) {
                    String where = "boundary %d of part %d".formatted(boundary, part);
                    assertThat(Contents.differences(
                                    everythingIn(killedAt(part, boundary)),
                                    everythingIn(leftAt(undisturbed, part, boundary))))
                            .as(where)
                            .isEmpty();
                    compared++;
                }
            }
        }
        assertThat(compared).isPositive();
    }

    private World killedAt(int killedPart, int boundary) {
        World world = new World();
        for (int part = 0; part < killedPart; part++) {
            world.happens(part);
            finishes(world.newEngine(), "part " + part);
        }
        world.happens(killedPart);
        Killer killer = new Killer();
        killer.killAt(boundary);
        assertThatThrownBy(world.newEngine(killer)::run).isInstanceOf(Killed.class);
        return world;
    }

    private static Map<String, Object> everythingIn(World world) {
        Map<String, Object> everything = new TreeMap<>();
        everything.put("the time", world.time.now());
        everything.put("calls to Zoho Books", world.books.traffic().calls());
        everything.put("calls to HubSpot", world.hubspot.traffic().calls());
        everything.putAll(Contents.of(world.hubspot));
        String connection = "zoho-" + world.books.organizationId();
        everything.put(
                "the lease is free",
                world.store.acquire(connection, "another", LEASE).isPresent());
        for (String kind : Fixture.KINDS) {
            List<Row> rows = world.store.scan(Query.of(kind), null, Integer.MAX_VALUE);
            rows.forEach(row -> everything.put(
                    "%s %s %s".formatted(kind, row.connection(), row.id()),
                    List.of(row.order(), row.keys(), row.body())));
        }
        return everything;
    }
}
