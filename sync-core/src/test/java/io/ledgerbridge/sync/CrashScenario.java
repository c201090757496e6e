package io.ledgerbridge.sync;

import static io.ledgerbridge.sync.BookRows.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.hubspot.AccessToken;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.hubspot.HubSpotPacing;
import io.ledgerbridge.sync.Killer.Killed;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStore.Commit;
import io.ledgerbridge.sync.spi.SyncStore.Put;
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
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;

/**
 * R1 to R3 wherever the process is killed. A scenario in three parts is run once to count its boundaries, and then once for
 * each of them: killed there, taken up by a new engine on what is left, and finished. HubSpot must then hold what it holds
 * when nothing happens.
 */
final class CrashScenario {

    private static final Tax VAT = new Tax("2000000000000000411", "VAT", "20");
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
        SyncStore backup = store;
        Killer killer = new Killer();
        private int engines;

        /** New clients, a new engine, and the store that is left. */
        SyncEngine newEngine() {
            engines++;
            OkHttpClient http = new OkHttpClient.Builder()
                    .addInterceptor(killer.interceptor())
                    .addInterceptor(books.interceptor())
                    .addInterceptor(hubspot.interceptor())
                    .build();
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
                    .store(killer.guarding(store))
                    .timeSource(time)
                    .random(new Random(1_000L + engines));
            return installation.isEmpty()
                    ? builder.build()
                    : builder.installation(installation).build();
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

        /** A copy of everything that the store holds. */
        SyncStore copy() {
            SyncStore copy = stores.apply(time);
            for (String kind : Fixture.KINDS) {
                List<Row> rows = store.scan(Query.of(kind), null, Integer.MAX_VALUE);
                copy.commit(new Commit(
                        rows.stream().map(row -> new Put(row, SyncStore.ANY)).toList(), List.of(), null));
            }
            return copy;
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

    /** Runs all parts; answers how many boundaries each has. */
    private List<Integer> undisturbed(World world) {
        List<Integer> boundaries = new ArrayList<>();
        for (int part = 0; part < PARTS.size(); part++) {
            world.happens(part);
            world.killer = new Killer();
            finishes(world.newEngine(), "part " + part);
            boundaries.add(world.killer.reached());
        }
        return boundaries;
    }

    /** Kills once at every boundary, and has another engine follow. */
    private void kill(Consumer<World> afterwards, Predicate<String> excused) {
        World whole = new World();
        account.setUp(whole.hubspot);
        List<Integer> reached = undisturbed(whole);
        new Mirror(whole.books, whole.hubspot, whole.time).assertHeld();
        Map<String, Object> expected = Contents.of(whole.hubspot);
        assertThat(expected).hasSizeGreaterThan(500);
        int all = 0;
        for (int killedPart = 0; killedPart < PARTS.size(); killedPart++) {
            int part = killedPart;
            Predicate<String> unexcused = part == 0 ? difference -> true : excused.negate();
            List<Integer> tried = IntStream.range(0, reached.get(part))
                    .filter(boundaries)
                    .boxed()
                    .toList();
            tried.parallelStream().forEach(boundary -> {
                World world = new World();
                account.setUp(world.hubspot);
                String where = killOnce(world, part, boundary, afterwards);
                String killed = "killed in part %d %s (boundary %d)".formatted(part, where, boundary);
                assertThat(Contents.differences(expected, Contents.of(world.hubspot, killed)).stream()
                                .filter(unexcused))
                        .as(killed)
                        .isEmpty();
                assertThat(world.books.traffic().limitsBroken()).isEmpty();
                assertThat(world.newEngine().audit().verify().reason())
                        .as(where)
                        .isEmpty();
            });
            all += tried.size();
        }
        System.out.printf("%s: killed at %d of %s boundaries%n", account, all, reached);
    }

    /** Answers where it was killed. */
    private static String killOnce(World world, int killedPart, int boundary, Consumer<World> afterwards) {
        String where = "";
        for (int part = 0; part < PARTS.size(); part++) {
            world.happens(part);
            world.killer = new Killer();
            if (part == killedPart) {
                world.backup = world.copy();
                where = kill(world, boundary);
                afterwards.accept(world);
                world.sleepUntil(world.time.now().plus(SyncEngine.DEFAULT_LEASE));
                world.killer = new Killer();
            }
            finishes(world.newEngine(), where);
        }
        return where;
    }

    private static String kill(World world, int boundary) {
        world.killer.killAt(boundary);
        SyncEngine engine = world.newEngine();
        try {
            engine.run();
            throw new AssertionError("boundary " + boundary + " was not reached");
        } catch (Killed expected) {
            return world.killer.where();
        }
    }

    /** The store is there when another engine follows. */
    void surviving() {
        kill(world -> {}, difference -> false);
    }

    /** The store is restored from a backup that is older than the run. */
    void restored() {
        kill(world -> world.goOnWith(world.backup), difference -> false);
    }

    /** The store is lost; what was deleted in Zoho Books before, nobody can know of any more. */
    void lost() {
        World names = new World();
        names.happens(0);
        String invoice = names.invoices.get(17);
        String payment = names.payments.get(0);
        List<String> lines = names.linesOf(invoice);
        kill(
                world -> world.goOnWith(stores.apply(world.time)),
                difference -> difference.contains(":" + invoice)
                        || difference.contains(":" + payment)
                        || lines.stream().anyMatch(difference::contains));
    }
}
