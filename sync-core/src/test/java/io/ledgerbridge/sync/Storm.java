package io.ledgerbridge.sync;

import static io.ledgerbridge.sync.BookRows.addToTotals;
import static io.ledgerbridge.sync.BookRows.decimal;
import static io.ledgerbridge.sync.BookRows.id;
import static io.ledgerbridge.sync.BookRows.lines;
import static io.ledgerbridge.sync.BookRows.persons;
import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.hubspot.AccessToken;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.hubspot.HubSpotException;
import io.ledgerbridge.hubspot.HubSpotPacing;
import io.ledgerbridge.sync.Killer.Killed;
import io.ledgerbridge.sync.Reconciliation.Cause;
import io.ledgerbridge.sync.SyncPlan.Depth;
import io.ledgerbridge.sync.SyncReport.Status;
import io.ledgerbridge.sync.spi.SyncStore;
import io.ledgerbridge.sync.spi.SyncStoreException;
import io.ledgerbridge.testkit.CreditNoteDraft;
import io.ledgerbridge.testkit.CustomerDraft;
import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeHubSpot.Held;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.testkit.Faults;
import io.ledgerbridge.testkit.InvoiceDraft;
import io.ledgerbridge.testkit.InvoiceDraft.Tax;
import io.ledgerbridge.testkit.PaymentDraft;
import io.ledgerbridge.testkit.WebhookDelivery;
import io.ledgerbridge.time.VirtualTime;
import io.ledgerbridge.zohobooks.WebhookSignature;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoBooksException;
import io.ledgerbridge.zohobooks.ZohoCredentials;
import io.ledgerbridge.zohobooks.ZohoPacing;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;

/**
 * Weeks of an organisation in which everything goes wrong, made from one seed: random records and edits, also while pages are
 * read, faults of all kinds, days whose calls are spent, processes that are killed, records that users of HubSpot delete. In
 * the end it becomes calm, and HubSpot must hold the books.
 */
final class Storm {

    private static final Tax VAT = new Tax("2000000000000000411", "VAT", "20");
    private static final Pattern ADDRESS = Pattern.compile("[\\w.]+@[\\w.]+");
    private static final Instant BEGIN = Instant.parse("2026-03-02T04:45:30Z");

    /** Its settings are expensive to make. */
    private static final OkHttpClient HTTP = new OkHttpClient();

    private static final int CUSTOMERS = 30;
    private static final int INVOICES = 150;
    private static final int MOST_DELETIONS = 15;
    private static final int CELLS_EACH = 4;

    /** Storms with seeds from here on are on accounts where keys are not unique. */
    static final long RARE = 1_000_000;

    private static final String SECRET = "exampleSecret2026";

    private final long seed;
    private final Random random;
    /** Apart from the other, so that it changes no books. */
    private final Random asks;

    /** Of storms in which customers are erased. */
    private Random forgets;

    private final Set<String> forgotten = new LinkedHashSet<>();
    /** Customers that an invoice, a line or a payment was ever of, by its id. */
    private final Map<String, Set<String>> owners = new HashMap<>();

    /** What is personal of them alone. */
    private final Set<String> personal = new HashSet<>();

    private final VirtualTime time = VirtualTime.startingAt(BEGIN);
    private final FakeZohoBooks books;
    private final FakeHubSpot hubspot;
    private final Memory memory;
    private final SyncStore store;
    private final List<String> log = new ArrayList<>();
    private final List<WebhookDelivery> told = new ArrayList<>();
    private final WebhookHandler webhooks;
    private Killer killer = new Killer();
    private SyncEngine engine;
    private int engines;
    private int names;
    private int deletions;
    private int nextCell;
    private boolean readsCreditNotes = true;
    private final boolean isOnRareAccount;

    /** What the engines remember with. */
    interface Memory {

        /** An empty store whose leases end on this clock. */
        SyncStore newStore(VirtualTime time);

        /** From now on it does what it should. */
        default void calmDown() {}

        /** Whether it fails now and then. */
        default boolean isUnreliable() {
            return false;
        }
    }

    Storm(long seed) {
        this(seed, SyncStore::inMemory);
    }

    Storm(long seed, Memory memory) {
        this.seed = seed;
        this.memory = memory;
        store = memory.newStore(time);
        isOnRareAccount = seed >= RARE;
        random = new Random(seed);
        asks = new Random(~seed);
        books = FakeZohoBooks.builder(time)
                .dailyLimit(random.nextBoolean() ? 10_000 : 350 + random.nextInt(500))
                .build();
        hubspot = FakeHubSpot.builder(time)
                .currencies("USD", "EUR")
                .dailyLimit(random.nextInt(3) > 0 ? 250_000 : 120 + random.nextInt(300))
                .build();
        chooseRules();
        if (isOnRareAccount) {
            refuseKeys();
        }
        engine = newEngine();
        webhooks = installWebhooks();
        // The calls of another client are over.
        sleep(Duration.ofMinutes(2));
    }

    /** In some of these a customer wants to be forgotten, or two. */
    Storm forgetting() {
        forgets = new Random(31 * seed + 7);
        return this;
    }

    /** What the references do not know for certain is one way or the other. */
    private void chooseRules() {
        if (random.nextInt(4) == 0) {
            books.ignoresSort();
        } else if (random.nextInt(3) == 0) {
            books.echoesNoSort();
        }
        if (random.nextBoolean()) {
            books.ignoresFilters();
        }
        hubspot.marksInvoicesPaidOnAssociation(random.nextBoolean());
        hubspot.tellsWhatHasNoAssociations(random.nextBoolean());
        hubspot.looksForRecordsFirst(seed % 2 == 1);
        if (random.nextBoolean()) {
            hubspot.definitionsAppearAfter(Duration.ofMillis(random.nextInt(2_000)));
        }
        if (random.nextInt(3) == 0) {
            books.withdrawScope("ZohoBooks.creditnotes.READ");
            readsCreditNotes = false;
        }
    }

    /** R1's weaker path, for some types or all. */
    private void refuseKeys() {
        List<String> types = List.of("contacts", "line_items", "commerce_payments");
        String one = types.get(random.nextInt(types.size()));
        types.stream()
                .filter(type -> type.equals(one) || random.nextInt(3) > 0)
                .forEach(hubspot::refuseUniqueProperties);
        if (random.nextInt(3) == 0) {
            hubspot.withdrawScope("e-commerce");
        }
    }

    private SyncEngine newEngine() {
        engines++;
        killer = new Killer();
        OkHttpClient http = HTTP.newBuilder()
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
                .random(new Random(seed + engines))
                .build();
        HubSpot target = HubSpot.builder(AccessToken.of(hubspot.accessToken()))
                .httpClient(http)
                .timeSource(time)
                .pacing(HubSpotPacing.standard())
                .random(new Random(seed - engines))
                .build();
        return SyncEngine.builder(zoho, target)
                .store(killer.guarding(store))
                .timeSource(killer.guarding(time))
                .random(new Random(31 * seed + engines))
                .build();
    }

    /** How often each kind of fault met each kind of call. */
    Map<String, Integer> faultsMet() {
        Map<String, Integer> met = new HashMap<>(books.nextRequests().met());
        hubspot.nextRequests().met().forEach((fault, times) -> met.merge(fault, times, Integer::sum));
        return met;
    }

    /** What happened, to be read when the end is not as it should be. */
    List<String> log() {
        return log;
    }

    /** Links of the records whose ids or numbers stand in this text. */
    List<String> rowsOf(String text) {
        List<String> rows = new ArrayList<>();
        for (String kind : List.of("link", "queue", "quarantine", "sending")) {
            store.scan(SyncStore.Query.of(kind), null, Integer.MAX_VALUE).forEach(row -> {
                if (idsIn(text).stream().anyMatch(id -> row.id().contains(id))) {
                    rows.add(kind + " " + row.body());
                }
            });
        }
        return rows;
    }

    /** What was decided on the records whose ids or numbers stand in this text. */
    List<AuditEntry> decisionsOn(String text) {
        List<AuditEntry> decisions = new ArrayList<>();
        Set<String> ids = Set.copyOf(idsIn(text));
        engine.audit().forEach(AuditQuery.all(), entry -> {
            if (ids.contains(entry.record()) || ids.contains(entry.target())) {
                decisions.add(entry);
            }
        });
        return decisions;
    }

    private List<String> idsIn(String text) {
        List<String> ids = new ArrayList<>(List.of(text.split("[^\\w:]+")).stream()
                .map(id -> id.substring(id.indexOf(':') + 1))
                .filter(id -> id.length() > 10)
                .toList());
        books.invoices().stream()
                .filter(invoice -> text.contains("[" + invoice.get("invoice_number") + "]"))
                .forEach(invoice -> {
                    ids.add(id(invoice, "invoice_id"));
                    lines(invoice).forEach(line -> ids.add(id(line, "line_item_id")));
                });
        Matcher addresses = ADDRESS.matcher(text);
        while (addresses.find()) {
            String email = addresses.group();
            store.scan(SyncStore.Query.of("link"), null, Integer.MAX_VALUE).stream()
                    .filter(row -> row.id().startsWith("CONTACT/") && row.body().contains(email))
                    .forEach(row -> ids.add(row.id().substring("CONTACT/".length())));
        }
        return ids;
    }

    /** Plays it, and compares. */
    void rage() {
        fill();
        int parts = 6 + random.nextInt(4);
        for (int part = 0; part < parts; part++) {
            if (part > 0) {
                for (int i = 3 + random.nextInt(12); i > 0; i--) {
                    edit();
                }
            }
            if (random.nextInt(3) == 0) {
                books.before("&page=2", this::edit);
            }
            tell();
            addFaults();
            if (forgets != null && part > 1 && forgets.nextInt(12) == 0) {
                forgotten.add(id(customer(forgets), "contact_id"));
            }
            run();
            sleep(Duration.ofMinutes(10 + random.nextInt(random.nextBoolean() ? 60 : 2_000)));
        }
        calmDown();
        Mirror mirror = new Mirror(books, hubspot, time).withoutForgotten(forgotten, theirs());
        (readsCreditNotes ? mirror : mirror.withoutCreditNotes()).assertHeld();
        assertThat(books.traffic().limitsBroken()).isEmpty();
        // A new process learns from a refusal that others have spent the day.
        assertThat(hubspot.traffic().limitsBroken()).allMatch(broken -> broken.contains("calls a day"));
        assertThat(engine.audit().verify().reason()).isEmpty();
        books.traffic().reset();
        hubspot.traffic().reset();
        assertThat(engine.run().status()).isEqualTo(Status.COMPLETE);
        assertThat(hubspot.traffic().calls()).as("R3").isEmpty();
        sleep(Duration.ofDays(1));
        assertThat(engine.reconcile().differences())
                .filteredOn(difference -> difference.cause() != Cause.OUT_OF_SELECTION || forgotten.isEmpty())
                .isEmpty();
        assertForgotten();
    }

    private void assertForgotten() {
        Set<String> archived = forgotten.stream().filter(Storm::wantsArchiving).collect(Collectors.toSet());
        for (String type : List.of("companies", "invoices", "commerce_payments")) {
            assertThat(hubspot.records(type).stream()
                            // HubSpot refuses to archive these.
                            .filter(record -> !Set.of("paid", "voided").contains(record.get("hs_invoice_status")))
                            .map(record -> record.get("zoho_books_key").replaceAll(".*:", ""))
                            .filter(id -> archived.contains(id)
                                    || archived.containsAll(owners.getOrDefault(id, Set.of("?")))))
                    .as("%s of the customers %s, whose records were to be archived", type, archived)
                    .isEmpty();
        }
        Pattern names = Pattern.compile("(" + String.join("|", personal) + ")(?!\\d)");
        for (String kind : personal.isEmpty() ? List.<String>of() : Fixture.KINDS) {
            store.scan(SyncStore.Query.of(kind), null, Integer.MAX_VALUE)
                    .forEach(row -> assertThat(row.toString()).doesNotContainPattern(names));
        }
    }

    private void run() {
        if (random.nextInt(3) == 0) {
            killer.killAt(random.nextInt(120));
        }
        try {
            forget();
            if (asks.nextInt(4) == 0) {
                ask();
            }
            if (asks.nextInt(3) == 0) {
                SyncReport requests = engine.runRequests();
                log.add(time.now() + " requests: " + requests.status() + " " + requests.problem());
            }
            SyncReport report = engine.run();
            log.add(time.now() + " run: " + report.status() + " " + report.problem());
            if (random.nextInt(3) == 0) {
                engine = newEngine();
            }
        } catch (Killed e) {
            log.add(time.now() + " " + e.getMessage());
            engine = newEngine();
        }
    }

    /** Asks for those again that were asked for before, which is as good as once. */
    private void forget() {
        books.contacts().stream()
                .filter(contact -> forgotten.contains(id(contact, "contact_id")))
                .forEach(contact -> personal.add(id(contact, "contact_name")));
        for (String customer : forgotten) {
            log.add(time.now() + " erase " + customer + " and archive: " + wantsArchiving(customer));
            try {
                engine.erase(customer, wantsArchiving(customer));
            } catch (SyncStoreException e) {
                assertThat(memory.isUnreliable()).as(e.getMessage()).isTrue();
            } catch (SyncException | ZohoBooksException | HubSpotException e) {
                log.add(time.now() + " not now: " + e.getMessage());
            }
        }
    }

    private static boolean wantsArchiving(String customer) {
        return Long.parseLong(customer) % 2 == 0;
    }

    private void rememberOwners() {
        books.invoices().forEach(invoice -> {
            rememberOwner(invoice, "invoice_id");
            lines(invoice).forEach(line -> rememberOwner(line, "line_item_id", id(invoice, "customer_id")));
        });
        books.payments().forEach(payment -> rememberOwner(payment, "payment_id"));
    }

    private void rememberOwner(Map<String, Object> record, String name) {
        rememberOwner(record, name, id(record, "customer_id"));
    }

    private void rememberOwner(Map<String, Object> record, String name, String customer) {
        owners.computeIfAbsent(id(record, name), id -> new HashSet<>()).add(customer);
    }

    /** Whatever was of somebody who is forgotten, and they themselves. */
    private Set<String> theirs() {
        rememberOwners();
        Set<String> theirs = new HashSet<>(forgotten);
        owners.forEach((id, customers) -> {
            if (!Collections.disjoint(customers, forgotten)) {
                theirs.add(id);
            }
        });
        return theirs;
    }

    /** What a store that was lost in between cannot keep is not asked. */
    private void ask() {
        try {
            SyncReport report = switch (asks.nextInt(4)) {
                case 0 -> engine.apply(someOfAPlan());
                case 1 -> engine.repair(engine.reconcile().differences());
                default -> engine.replay(anything());
            };
            log.add(time.now() + " asked: " + report.status() + " " + report.problem());
        } catch (SyncStoreException e) {
            assertThat(memory.isUnreliable()).as(e.getMessage()).isTrue();
        } catch (SyncException | ZohoBooksException | HubSpotException e) {
            log.add(time.now() + " asked in vain: " + e.getMessage());
        }
    }

    private List<PlannedChange> someOfAPlan() {
        List<PlannedChange> planned = new ArrayList<>();
        engine.plan(asks.nextBoolean() ? Depth.HEADERS : Depth.DETAILS, planned::add);
        if (asks.nextBoolean()) {
            edit();
        }
        planned.removeIf(change -> asks.nextInt(3) == 0);
        return planned;
    }

    /** Zoho tells what has changed, or what has changed some time ago, once or twice, and somebody else tells lies. */
    private void tell() {
        for (int i = asks.nextInt(4); i > 0; i--) {
            boolean isInvoice = asks.nextBoolean();
            List<Map<String, Object>> records = isInvoice ? books.invoices() : books.payments();
            if (!records.isEmpty()) {
                String id = id(records.get(asks.nextInt(records.size())), isInvoice ? "invoice_id" : "payment_id");
                String rule = asks.nextInt(8) == 0 ? "delete" : "add_edit";
                told.addAll(books.deliveries(isInvoice ? "invoice" : "customer_payment", rule, id));
            }
        }
        for (int i = told.isEmpty() ? 0 : asks.nextInt(6); i > 0; i--) {
            WebhookDelivery delivery = told.get(asks.nextInt(told.size()));
            byte[] body = delivery.body().clone();
            boolean isForged = asks.nextInt(6) == 0;
            if (isForged) {
                body[asks.nextInt(body.length)] ^= 1;
            }
            assertThat(webhooks.handle("POST", delivery.path(), delivery.headers(), body))
                    .isIn(isForged ? 401 : 200, memory.isUnreliable() ? 503 : 200);
        }
    }

    private WebhookHandler installWebhooks() {
        books.grantScope("ZohoBooks.settings.CREATE");
        try (ZohoBooks zoho = ZohoBooks.builder(
                        ZohoCredentials.refreshToken(books.clientId(), books.clientSecret(), books.refreshToken()))
                .organization(books.organizationId())
                .httpClient(new OkHttpClient.Builder()
                        .addInterceptor(books.interceptor())
                        .build())
                .timeSource(time)
                .pacing(ZohoPacing.standard())
                .build()) {
            WebhookSetup.of(zoho, engine.connection()).install("https://books.example/zoho", SECRET);
        }
        WebhookHandler.Receiver receiver =
                new WebhookHandler.Receiver(books.organizationId(), WebhookSignature.of(SECRET));
        return WebhookHandler.builder(store, name -> Optional.of(receiver))
                .timeSource(time)
                .build();
    }

    /** What a person might want to be written once more. */
    private Replay anything() {
        Replay replay = switch (asks.nextInt(4)) {
            case 0 -> Replay.decided(AuditQuery.all().from(time.now().minus(Duration.ofHours(3))));
            case 1 -> Replay.quarantined(one -> asks.nextBoolean());
            case 2 -> Replay.records("invoices", someIds(books.invoices(), "invoice_id"));
            default -> Replay.records("payments", someIds(books.payments(), "payment_id"));
        };
        if (asks.nextInt(3) > 0) {
            return replay;
        }
        return asks.nextBoolean() ? replay.fromPayload() : replay.fromPayload().forced();
    }

    private List<String> someIds(List<Map<String, Object>> records, String name) {
        return Stream.concat(
                        Stream.of("4711"),
                        records.stream().filter(one -> asks.nextInt(10) == 0).map(one -> id(one, name)))
                .toList();
    }

    /** Nothing changes any more and nothing fails; in the end sweep and read-back have been. */
    private void calmDown() {
        books.nextRequests().none();
        hubspot.nextRequests().none();
        books.before("never", () -> {});
        memory.calmDown();
        engine = newEngine();
        log.add(time.now() + " calm");
        sleep(SyncEngine.DEFAULT_LEASE);
        forget();
        drain();
        sleep(Duration.ofDays(8));
        drain();
        sleep(Duration.ofDays(31));
        drain();
        sleep(Duration.ofDays(1));
        drain();
    }

    private void drain() {
        for (int i = 0; i < 200; i++) {
            SyncReport report = engine.run();
            log.add(time.now() + " run: " + report.status() + " pending " + report.pendingDetails() + " deferred "
                    + report.deferredDetails() + " " + report.resumesAt() + " " + report.remarks());
            log.add("  queue: "
                    + Stream.of("queue", "quarantine")
                            .flatMap(kind -> store.scan(SyncStore.Query.of(kind), null, 20).stream())
                            .map(row -> row.id() + row.body())
                            .toList());
            assertThat(report.problem()).isNull();
            report.streams()
                    .forEach((stream, counts) -> assertThat(counts.created()
                                    + counts.updated()
                                    + counts.unchanged()
                                    + counts.quarantined()
                                    + counts.skipped())
                            .as(stream)
                            .isEqualTo(counts.seen()));
            if (report.status() == Status.COMPLETE) {
                return;
            }
            assertThat(report.status()).isEqualTo(Status.PARTIAL);
            sleep(report.resumesAt() == null ? Duration.ofHours(3) : Duration.between(time.now(), report.resumesAt()));
        }
        throw new AssertionError("the queue does not become empty; " + log.get(log.size() - 1));
    }

    private void sleep(Duration span) {
        try {
            time.sleep(span);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    // Faults

    /** What can go wrong with a call that writes. */
    enum Fault {
        RATE_LIMITED,
        DROPPED_BEFORE,
        DROPPED_AFTER,
        HTML_502,
        STATUS,
        NO_OP
    }

    /** The calls that write; archiving and associating do not tell whether they did something, so they do not lie here. */
    static final List<String> STAGES = List.of(
            "companies/batch/upsert",
            "companies/batch/update",
            "contacts/batch/upsert",
            "contacts/batch/update",
            "invoices/batch/upsert",
            "invoices/batch/update",
            "line_items/batch/upsert",
            "line_items/batch/update",
            "line_items/batch/archive",
            "commerce_payments/batch/upsert",
            "commerce_payments/batch/update",
            "batch/associate/default");

    /** Those that only an account without unique keys meets. */
    static final List<String> RARE_STAGES = Stream.of("contacts", "line_items", "commerce_payments")
            .map(type -> "objects/2026-09/" + type + "/batch/create")
            .toList();

    static boolean canMeet(Fault fault, String stage) {
        return fault != Fault.NO_OP || stage.contains("/up") || stage.contains("/create");
    }

    /** A few anywhere, and a few at stages that take turns, so that many storms have all of them. */
    private void addFaults() {
        Faults faults = (random.nextInt(4) == 0 ? books.nextRequests() : hubspot.nextRequests()).matching("");
        faults.passing(random.nextInt(25));
        add(faults, Fault.values()[random.nextInt(Fault.NO_OP.ordinal())]);
        List<String> stages = isOnRareAccount ? RARE_STAGES : STAGES;
        for (int i = isOnRareAccount ? -CELLS_EACH : 0; i < CELLS_EACH; i++) {
            int cell = (int) ((seed * 37 + nextCell++) % (stages.size() * Fault.values().length));
            Fault fault = Fault.values()[cell % Fault.values().length];
            String stage = stages.get(cell / Fault.values().length);
            if (canMeet(fault, stage)) {
                add(hubspot.nextRequests().matching(stage), fault);
            }
        }
    }

    private void add(Faults faults, Fault fault) {
        int times = random.nextInt(12) == 0 ? 6 : 1;
        switch (fault) {
            case RATE_LIMITED -> faults.rateLimited(1);
            case DROPPED_BEFORE -> faults.droppedBeforeApplying(times);
            case DROPPED_AFTER -> faults.droppedAfterApplying(times);
            case HTML_502 -> faults.htmlBadGateway(times);
            case STATUS -> faults.answering(500, times);
            case NO_OP -> faults.silentNoOp(2);
        }
    }

    // Records

    private void fill() {
        for (int i = 0; i < CUSTOMERS; i++) {
            addCustomer();
        }
        for (int i = 0; i < INVOICES; i++) {
            addInvoice();
        }
        for (int i = 0; i < 60; i++) {
            addPayment();
        }
        for (int i = 0; i < 5; i++) {
            addCreditNote();
        }
        books.addCustomer(CustomerDraft.business("Vendor").vendor().person("V", "V", "v@vendor.example", "1"));
    }

    private String name(String what) {
        return what + " " + ++names;
    }

    private void addCustomer() {
        CustomerDraft draft = random.nextInt(4) == 0
                ? CustomerDraft.individual(name("Person"))
                : CustomerDraft.business(name("Company"));
        int persons = random.nextInt(4);
        for (int i = 0; i < persons; i++) {
            draft.person("First" + names, "Last" + i, email(), "+44 " + names);
        }
        if (persons == 0 && random.nextBoolean()) {
            draft.email("office" + names + "@c.example");
        }
        if (random.nextBoolean()) {
            draft.billingAddress(names + " Quay", "Hull", "", "HU1 1AA", "United Kingdom");
        }
        if (random.nextInt(5) == 0) {
            draft.currency("EUR");
        }
        books.addCustomer(draft);
    }

    /** Some are shared, some are missing. */
    private String email() {
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> "Shared" + random.nextInt(5) + "@c.example";
            default -> "p" + ++names + "@c.example";
        };
    }

    private Map<String, Object> customer() {
        return customer(random);
    }

    private Map<String, Object> customer(Random from) {
        List<Map<String, Object>> customers = books.contacts().stream()
                .filter(contact -> contact.get("contact_type").equals("customer"))
                .toList();
        return customers.get(from.nextInt(customers.size()));
    }

    private void addInvoice() {
        Map<String, Object> customer = customer();
        InvoiceDraft draft = InvoiceDraft.of(id(customer, "contact_id"), name("INV"));
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            draft.line(
                    name("Seat"),
                    String.valueOf(1 + random.nextInt(5)),
                    cents(20_000),
                    random.nextInt(3) == 0 ? "10%" : "",
                    random.nextBoolean() ? VAT : null);
        }
        draft.line(name("Support"), "1", cents(9_000));
        if (random.nextInt(6) == 0) {
            draft.shipping("5");
        }
        if (random.nextInt(10) == 0) {
            draft.status("draft");
        }
        if (customer.get("currency_code").equals("EUR")) {
            draft.currency("EUR", "1.1");
        }
        List<Map<String, Object>> persons = persons(customer);
        if (!persons.isEmpty() && random.nextInt(3) == 0) {
            draft.contactPersons(List.of(id(persons.get(random.nextInt(persons.size())), "contact_person_id")));
        }
        books.addInvoice(draft);
    }

    private String cents(int most) {
        return BigDecimal.valueOf(1 + random.nextInt(most), 2).toPlainString();
    }

    /** An invoice for which this holds; null if there is none. */
    private Map<String, Object> invoice(Predicate<Map<String, Object>> which) {
        List<Map<String, Object>> fitting =
                books.invoices().stream().filter(which).toList();
        return fitting.isEmpty() ? null : fitting.get(random.nextInt(fitting.size()));
    }

    private static boolean isOpen(Map<String, Object> invoice) {
        return decimal(invoice, "balance").signum() > 0
                && !Set.of("draft", "void").contains(String.valueOf(invoice.get("status")));
    }

    private static boolean isUntouched(Map<String, Object> invoice) {
        return decimal(invoice, "payment_made").signum() == 0
                && decimal(invoice, "credits_applied").signum() == 0;
    }

    private void addPayment() {
        Map<String, Object> first = invoice(Storm::isOpen);
        if (first == null) {
            return;
        }
        Map<String, BigDecimal> parts = new LinkedHashMap<>();
        parts.put(id(first, "invoice_id"), part(first));
        if (random.nextInt(4) == 0) {
            Map<String, Object> second =
                    invoice(one -> isOpen(one) && one.get("customer_id").equals(first.get("customer_id")));
            parts.putIfAbsent(id(second, "invoice_id"), part(second));
        }
        BigDecimal sum = parts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        boolean advance = random.nextInt(8) == 0;
        PaymentDraft draft = PaymentDraft.of(
                id(first, "customer_id"), name("P"), (advance ? sum.add(BigDecimal.TEN) : sum).toPlainString());
        parts.forEach((invoice, amount) -> draft.applyTo(invoice, amount.toPlainString()));
        if (first.get("currency_code").equals("EUR")) {
            draft.currency("EUR", "1.1");
        }
        String payment = books.addPayment(draft);
        if (advance && random.nextBoolean()) {
            books.refundPayment(payment, "4");
        }
    }

    private BigDecimal part(Map<String, Object> invoice) {
        BigDecimal balance = decimal(invoice, "balance");
        return random.nextBoolean() ? balance : balance.min(new BigDecimal("7.50"));
    }

    private void addCreditNote() {
        Map<String, Object> customer = customer();
        CreditNoteDraft draft = CreditNoteDraft.of(id(customer, "contact_id"), name("CN"))
                .line("Returned", "1", cents(5_000), random.nextBoolean() ? VAT : null);
        books.addCreditNote(customer.get("currency_code").equals("EUR") ? draft.currency("EUR", "1.1") : draft);
    }

    // What happens

    private void edit() {
        rememberOwners();
        int what = random.nextInt(29);
        log.add(time.now() + " edit " + what);
        switch (what) {
            case 0 -> addCustomer();
            case 1, 2, 3 -> addInvoice();
            case 4, 5, 6 -> addPayment();
            case 7 -> addCreditNote();
            case 8 -> books.editContact(id(customer(), "contact_id"), one -> one.put("contact_name", name("Renamed")));
            case 9 ->
                books.editContact(
                        id(customer(), "contact_id"), one -> one.put("phone", random.nextBoolean() ? "" : name("+1")));
            case 10, 26 -> books.editContact(id(customer(), "contact_id"), this::changePersons);
            case 11 -> onInvoice(one -> true, one -> one.put("reference_number", name("PO")));
            case 12, 22, 23, 24 -> onInvoice(Storm::isUntouched, this::removeLine);
            case 13, 25 -> onInvoice(Storm::isUntouched, this::addLine);
            case 14 -> onInvoice(one -> isOpen(one) && isUntouched(one), one -> one.put("status", "void"));
            case 15 -> onInvoice(Storm::isUntouched, this::move);
            case 16 -> deleteInvoice();
            case 17 -> deletePayment();
            case 18 -> applyCreditNote();
            case 19 -> deleteUnused();
            case 27, 28 -> editPayment();
            default -> hubSpotUser();
        }
    }

    private void onInvoice(Predicate<Map<String, Object>> which, Consumer<Map<String, Object>> edit) {
        Map<String, Object> invoice = invoice(which);
        if (invoice != null) {
            books.editInvoice(id(invoice, "invoice_id"), edit);
        }
    }

    private void changePersons(Map<String, Object> contact) {
        List<Map<String, Object>> persons = new ArrayList<>(persons(contact));
        if (!persons.isEmpty() && random.nextBoolean()) {
            persons.remove(persons.size() - 1);
        } else if (!persons.isEmpty()) {
            Map<String, Object> changed = new LinkedHashMap<>(persons.get(0));
            changed.put("email", "new" + ++names + "@c.example");
            persons.set(0, changed);
        }
        contact.put("contact_persons", persons);
    }

    private void removeLine(Map<String, Object> invoice) {
        List<Map<String, Object>> lines = new ArrayList<>(lines(invoice));
        if (lines.size() > 1) {
            Map<String, Object> last = lines.remove(lines.size() - 1);
            if (((List<?>) last.get("line_item_taxes")).isEmpty()) {
                invoice.put("line_items", lines);
                addToTotals(invoice, decimal(last, "item_total").negate());
            }
        }
    }

    private void addLine(Map<String, Object> invoice) {
        List<Map<String, Object>> lines = new ArrayList<>(lines(invoice));
        Map<String, Object> more = new LinkedHashMap<>(lines.get(lines.size() - 1));
        if (((List<?>) more.get("line_item_taxes")).isEmpty()) {
            more.put("line_item_id", "9000000000000" + (100_000 + ++names));
            more.put("name", name("Extra"));
            lines.add(more);
            invoice.put("line_items", lines);
            addToTotals(invoice, decimal(more, "item_total"));
        }
    }

    private void move(Map<String, Object> invoice) {
        Map<String, Object> to = customer();
        if (to.get("currency_code").equals(invoice.get("currency_code"))
                || !to.get("currency_code").equals("EUR")
                        && !invoice.get("currency_code").equals("EUR")) {
            invoice.put("customer_id", to.get("contact_id"));
            invoice.put("customer_name", to.get("contact_name"));
            invoice.put("contact_persons", List.of());
        }
    }

    private void deleteInvoice() {
        Map<String, Object> invoice = invoice(Storm::isUntouched);
        if (invoice != null && deletions++ < MOST_DELETIONS) {
            books.deleteInvoice(id(invoice, "invoice_id"));
        }
    }

    private void deletePayment() {
        List<Map<String, Object>> payments = books.payments();
        if (!payments.isEmpty() && deletions++ < MOST_DELETIONS) {
            Map<String, Object> payment = payments.get(random.nextInt(payments.size()));
            if (decimal(payment, "amount_refunded").signum() == 0) {
                books.deletePayment(id(payment, "payment_id"));
            }
        }
    }

    private void editPayment() {
        List<Map<String, Object>> payments = books.payments();
        if (!payments.isEmpty()) {
            Map<String, Object> payment = payments.get(random.nextInt(payments.size()));
            books.editPayment(id(payment, "payment_id"), one -> one.put("reference_number", name("Ref")));
        }
    }

    private void applyCreditNote() {
        List<Map<String, Object>> notes = books.creditNotes().stream()
                .filter(note -> note.get("status").equals("open"))
                .toList();
        if (notes.isEmpty()) {
            return;
        }
        Map<String, Object> note = notes.get(random.nextInt(notes.size()));
        Map<String, Object> invoice =
                invoice(one -> isOpen(one) && one.get("customer_id").equals(note.get("customer_id")));
        if (invoice != null) {
            BigDecimal amount = decimal(note, "balance").min(decimal(invoice, "balance"));
            books.applyCreditNote(id(note, "creditnote_id"), id(invoice, "invoice_id"), amount.toPlainString());
        }
    }

    private void deleteUnused() {
        List<Map<String, Object>> unused = books.contacts().stream()
                .filter(contact -> contact.get("contact_type").equals("customer"))
                .filter(contact -> books.invoices().stream()
                        .noneMatch(one -> one.get("customer_id").equals(contact.get("contact_id"))))
                .filter(contact -> books.payments().stream()
                        .noneMatch(one -> one.get("customer_id").equals(contact.get("contact_id"))))
                .filter(contact -> books.creditNotes().stream()
                        .noneMatch(one -> one.get("customer_id").equals(contact.get("contact_id"))))
                .toList();
        if (!unused.isEmpty() && deletions++ < MOST_DELETIONS) {
            books.deleteContact(id(unused.get(0), "contact_id"));
        }
    }

    /** Somebody in HubSpot deletes a record. */
    private void hubSpotUser() {
        List<String> types = List.of("companies", "contacts", "invoices", "line_items", "commerce_payments");
        String type = types.get(random.nextInt(types.size()));
        List<Held> held = hubspot.records(type).stream()
                .filter(record ->
                        !type.equals("invoices") || Set.of("draft", "open").contains(record.get("hs_invoice_status")))
                .toList();
        if (!held.isEmpty()) {
            Held record = held.get(random.nextInt(held.size()));
            log.add("  " + type + " " + record.get("zoho_books_key") + " is deleted in HubSpot");
            hubspot.archive(type, record.id());
        }
    }
}
