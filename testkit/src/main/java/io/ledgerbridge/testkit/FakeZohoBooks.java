package io.ledgerbridge.testkit;

import io.ledgerbridge.time.TimeSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A Zoho Books organisation behind HTTP: OAuth, data centre, lists with page context, details, limits and errors as the
 * live service has them, missing values as {@code ""}, rows without what only details have.
 *
 * <p>Fill it with {@link #addCustomer}, {@link #addInvoice}, {@link #addPayment} and {@link #addCreditNote}, or with a {@link DemoOrganization}.
 * Safe for concurrent use.
 */
public final class FakeZohoBooks extends FakeService {

    static final Set<String> ALL_SCOPES = new LinkedHashSet<>(List.of(
            "ZohoBooks.settings.READ",
            "ZohoBooks.contacts.READ",
            "ZohoBooks.invoices.READ",
            "ZohoBooks.customerpayments.READ",
            "ZohoBooks.creditnotes.READ"));

    private static final Pattern RECORD = Pattern.compile("\\d{8,}");
    private static final int MAX_PER_PAGE = 200;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxx");

    private final String organizationId;
    private final String name;
    private final ZoneId zone;
    private final String currency;
    private final String topLevelDomain;
    private final int dailyLimit;
    private final int concurrencyLimit;
    private final @Nullable CallWindow minute;
    private final FakeZohoAccounts accounts;
    private final String refreshToken;
    private final Set<String> grantedScopes = new LinkedHashSet<>(ALL_SCOPES);

    private static final Set<String> NOT_OWED = Set.of("draft", "void", "pending_approval", "rejected");

    private final Map<String, BigDecimal> adjustedRates = new HashMap<>();
    private final Map<String, Map<String, Object>> contacts = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> invoices = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> payments = new LinkedHashMap<>();
    private final ZohoCredits credits = new ZohoCredits();
    private final ZohoSorting sorting = new ZohoSorting();
    private final ZohoSettings settings = new ZohoSettings();
    private long nextId = 2_000_000_000_000_100_001L;
    private LocalDate countedDay;
    private int usedToday;
    private boolean ignoresSort;
    private boolean ignoresFilters;
    private boolean echoesSort = true;

    private FakeZohoBooks(Builder builder) {
        super(builder.time);
        organizationId = builder.organizationId;
        name = builder.name;
        zone = builder.zone;
        currency = builder.currency;
        topLevelDomain = builder.topLevelDomain;
        dailyLimit = builder.dailyLimit;
        concurrencyLimit = builder.limited ? builder.concurrencyLimit : Integer.MAX_VALUE;
        minute = builder.limited ? new CallWindow(100, Duration.ofSeconds(60)) : null;
        accounts = new FakeZohoAccounts(time, organizationId, "https://www.zohoapis." + topLevelDomain, grantedScopes);
        refreshToken = accounts.newRefreshToken();
        countedDay = today();
        settings.addCurrency(this, currency, "1", true);
    }

    /** An organisation in the US data centre, Asia/Kolkata, base currency USD, 10,000 calls a day and no records. */
    public static Builder builder(TimeSource time) {
        return new Builder(time);
    }

    public String organizationId() {
        return organizationId;
    }

    public String clientId() {
        return FakeZohoAccounts.CLIENT_ID;
    }

    public String clientSecret() {
        return FakeZohoAccounts.CLIENT_SECRET;
    }

    /** A refresh token with all scopes, unless some were withdrawn. */
    public String refreshToken() {
        return refreshToken;
    }

    /** The zone in which this organisation's days begin. */
    public ZoneId zone() {
        return zone;
    }

    public String currency() {
        return currency;
    }

    /** A grant code as the callback carries it: good for one exchange within a minute. */
    public synchronized String newGrantCode() {
        return accounts.newGrantCode();
    }

    /** Takes one scope away; the tokens stay alive. */
    public synchronized void withdrawScope(String scope) {
        grantedScopes.remove(scope);
    }

    /** The user has disconnected the application. */
    public synchronized void revokeRefreshToken() {
        accounts.revokeAll();
        accounts.expireAccessTokens();
    }

    public synchronized void expireAccessTokens() {
        accounts.expireAccessTokens();
    }

    /** The accounts server does not know the client, as in a data centre where it was not registered. */
    public synchronized void forgetClient() {
        accounts.forgetClient();
    }

    /** Lists come in the order of creation and do not echo a sort, whatever was asked for. */
    public synchronized void ignoresSort() {
        ignoresSort = true;
    }

    /** Lists come as asked for, but do not say by what they are sorted. */
    public synchronized void echoesNoSort() {
        echoesSort = false;
    }

    /** Lists are complete, whatever filter was asked for. */
    public synchronized void ignoresFilters() {
        ignoresFilters = true;
    }

    /** Adds a contact that is a customer, with its persons, and answers its id. */
    public synchronized String addCustomer(CustomerDraft draft) {
        Map<String, Object> contact = draft.build(this);
        String id = Json.text(contact, "contact_id");
        contacts.put(id, contact);
        return id;
    }

    /** Adds an invoice with totals as Zoho Books computes them, and answers its id. */
    public synchronized String addInvoice(InvoiceDraft draft) {
        Map<String, Object> invoice = draft.build(this);
        String id = Json.text(invoice, "invoice_id");
        invoices.put(id, invoice);
        return id;
    }

    /** Adds a customer payment, lowers the balances of its invoices, and answers its id. */
    public synchronized String addPayment(PaymentDraft draft) {
        Map<String, Object> payment = draft.build(this);
        String id = Json.text(payment, "payment_id");
        payments.put(id, payment);
        return id;
    }

    /** Adds a credit note and answers its id. */
    public synchronized String addCreditNote(CreditNoteDraft draft) {
        Map<String, Object> note = draft.build(this);
        credits.add(note);
        return Json.text(note, "creditnote_id");
    }

    /** Applies a part of an open credit note to an invoice, whose own stamp does not move. */
    public synchronized void applyCreditNote(String creditNoteId, String invoiceId, String amount) {
        credits.apply(this, creditNoteId, existing(invoices, invoiceId), new BigDecimal(amount));
    }

    /** Pays out a part of an open credit note. */
    public synchronized void refundCreditNote(String creditNoteId, String amount) {
        credits.refund(this, creditNoteId, new BigDecimal(amount));
    }

    /** Pays back a part of what a payment has not used. */
    public synchronized void refundPayment(String paymentId, String amount) {
        credits.refundPayment(this, existing(payments, paymentId), new BigDecimal(amount));
    }

    /** Adds an item that is sold, and answers its id. */
    public synchronized String addItem(String itemName, String rate) {
        return settings.addItem(this, itemName, rate);
    }

    /** Adds a currency with its rate in base currency units, and answers its id. */
    public synchronized String addCurrency(String code, String exchangeRate) {
        return settings.addCurrency(this, code, exchangeRate, false);
    }

    public synchronized void addTax(InvoiceDraft.Tax tax) {
        settings.addTax(tax);
    }

    /** Grants one more scope, such as {@code ZohoBooks.settings.CREATE}, to tokens that are there and to come. */
    public synchronized void grantScope(String scope) {
        grantedScopes.add(scope);
    }

    /** Changes fields of a contact and moves its modification stamp to now. */
    public synchronized void editContact(String id, Consumer<Map<String, Object>> edit) {
        edit(contacts, id, edit);
    }

    public synchronized void editInvoice(String id, Consumer<Map<String, Object>> edit) {
        edit(invoices, id, edit);
    }

    /** Changes an invoice and leaves its stamp, as time and applied credits may do. */
    public synchronized void changeInvoiceSilently(String id, Consumer<Map<String, Object>> edit) {
        edit.accept(existing(invoices, id));
    }

    public synchronized void editPayment(String id, Consumer<Map<String, Object>> edit) {
        edit(payments, id, edit);
    }

    /** Removes an invoice as a hard deletion does: it just disappears. One that was paid or credited cannot be deleted. */
    public synchronized void deleteInvoice(String id) {
        Map<String, Object> invoice = existing(invoices, id);
        if (Json.decimal(invoice, "payment_made").signum() > 0
                || Json.decimal(invoice, "credits_applied").signum() > 0) {
            throw new IllegalArgumentException("the invoice " + id + " has payments or credits applied");
        }
        invoices.remove(id);
    }

    /** Removes a contact; one with invoices or payments cannot be deleted. */
    public synchronized void deleteContact(String id) {
        existing(contacts, id);
        boolean used = Stream.of(invoices, payments)
                .flatMap(records -> records.values().stream())
                .anyMatch(record -> id.equals(record.get("customer_id")));
        if (used) {
            throw new IllegalArgumentException("the contact " + id + " has transactions");
        }
        contacts.remove(id);
    }

    /** Removes a payment: the balances of its invoices rise, and their stamps move. */
    public synchronized void deletePayment(String id) {
        Map<String, Object> payment = existing(payments, id);
        for (Map<String, Object> applied : ZohoRows.children(payment, "invoices")) {
            Map<String, Object> invoice = existing(invoices, Json.text(applied, "invoice_id"));
            BigDecimal amount = Json.decimal(applied, "amount_applied");
            invoice.put("balance", Json.decimal(invoice, "balance").add(amount));
            invoice.put("payment_made", Json.decimal(invoice, "payment_made").subtract(amount));
            boolean untouched = Json.decimal(invoice, "payment_made").signum() == 0;
            invoice.put("status", untouched ? "sent" : "partially_paid");
            touch(invoice);
        }
        payments.remove(id);
    }

    /** Removes a credit note that is applied to nothing. */
    public synchronized void deleteCreditNote(String id) {
        credits.remove(id);
    }

    /** All contacts as their details show them, in order of creation. */
    public synchronized List<Map<String, Object>> contacts() {
        return List.copyOf(contacts.values());
    }

    public synchronized List<Map<String, Object>> invoices() {
        return List.copyOf(invoices.values());
    }

    public synchronized List<Map<String, Object>> payments() {
        return List.copyOf(payments.values());
    }

    public synchronized List<Map<String, Object>> creditNotes() {
        return List.copyOf(credits.all());
    }

    synchronized String newId() {
        return String.valueOf(nextId++);
    }

    synchronized Map<String, Object> contact(String id) {
        return existing(contacts, id);
    }

    synchronized Map<String, Object> invoice(String id) {
        return existing(invoices, id);
    }

    String stamp(Instant instant) {
        return STAMP.format(instant.atZone(zone));
    }

    LocalDate today() {
        return LocalDate.ofInstant(time.now(), zone);
    }

    private void edit(Map<String, Map<String, Object>> records, String id, Consumer<Map<String, Object>> edit) {
        Map<String, Object> record = existing(records, id);
        edit.accept(record);
        touch(record);
    }

    void touch(Map<String, Object> record) {
        record.put("last_modified_time", stamp(time.now()));
        if (record.containsKey("payment_id")) {
            record.put("updated_time", stamp(time.now()));
        }
    }

    private static Map<String, Object> existing(Map<String, Map<String, Object>> records, String id) {
        Map<String, Object> record = records.get(id);
        if (record == null) {
            throw new IllegalArgumentException("no record with id " + id);
        }
        return record;
    }

    // Requests

    /**
     * Starts many organisations behind one address, as the service has them: each request is for the organisation of its token.
     *
     * @param organizations one at least
     */
    public static LoopbackServer startAll(Collection<FakeZohoBooks> organizations) {
        Map<String, FakeZohoBooks> byId =
                organizations.stream().collect(Collectors.toMap(FakeZohoBooks::organizationId, Function.identity()));
        FakeZohoBooks any = organizations.iterator().next();
        return LoopbackServer.start(request -> byId.getOrDefault(FakeZohoAccounts.organization(request), any));
    }

    @Override
    boolean answersFor(HttpUrl url) {
        return url.host().startsWith("accounts.zoho") || url.host().startsWith("www.zohoapis.");
    }

    @Override
    String template(FakeRequest request) {
        StringBuilder template = new StringBuilder();
        for (String segment : request.path()) {
            template.append('/').append(RECORD.matcher(segment).matches() ? "{id}" : segment);
        }
        return template.toString();
    }

    @Override
    synchronized FakeAnswer handle(FakeRequest request) {
        String path = request.url().encodedPath();
        String host = request.url().host();
        if (path.startsWith("/oauth/") && !host.startsWith("www.zohoapis.")) {
            return accounts(request, path);
        }
        if (host.startsWith("accounts.zoho")) {
            return FakeAnswer.html(404);
        }
        if (!path.startsWith("/books/v3/")) {
            return path.startsWith("/books/")
                    ? FakeAnswer.notImplemented("6", request)
                    : error(404, 5, "Invalid URL Passed");
        }
        FakeAnswer refusal = refusal(request);
        if (refusal != null) {
            return refusal;
        }
        usedToday++;
        return withQuota(api(request, request.path().subList(2, request.path().size())));
    }

    private FakeAnswer accounts(FakeRequest request, String path) {
        if (isForeign(request, "accounts.zoho")) {
            return FakeAnswer.json(200, Json.object("error", "invalid_client"));
        }
        if (!request.method().equals("POST")) {
            return FakeAnswer.notImplemented(path.equals("/oauth/user/info") ? "1.8" : "1.3", request);
        }
        return switch (path) {
            case "/oauth/v2/token" -> accounts.token(request);
            case "/oauth/v2/token/revoke" -> accounts.revokeByRequest(request);
            default -> FakeAnswer.notImplemented("1.8", request);
        };
    }

    /** A host of another data centre; loopback addresses stand for the right one. */
    private boolean isForeign(FakeRequest request, String prefix) {
        String host = request.url().host();
        return host.startsWith(prefix)
                && !host.equals(prefix
                        + (topLevelDomain.equals("ca") && prefix.startsWith("acc")
                                ? "cloud.ca"
                                : "." + topLevelDomain));
    }

    /** What is checked before a resource is looked at, in the order of the service's own layers. */
    private @Nullable FakeAnswer refusal(FakeRequest request) {
        if (traffic().inFlight() > concurrencyLimit) {
            traffic().limitBroken(time.now(), "concurrent calls " + concurrencyLimit);
            return rateLimited(1070);
        }
        if (minute != null && !minute.admit(time.now())) {
            traffic().limitBroken(time.now(), "100 calls a minute");
            return rateLimited(44);
        }
        if (!countedDay.equals(today())) {
            countedDay = today();
            usedToday = 0;
        }
        if (usedToday >= dailyLimit) {
            traffic().limitBroken(time.now(), dailyLimit + " calls a day");
            return rateLimited(45);
        }
        String authorization = request.header("Authorization");
        if (authorization == null || !authorization.startsWith("Zoho-oauthtoken ")) {
            return error(
                    401,
                    14,
                    "The request could not be authenticated as the authentication value you entered is invalid."
                            + " Enter a valid authentication value and try again.");
        }
        Set<String> scopes = accounts.scopes(authorization.substring("Zoho-oauthtoken ".length()));
        if (scopes == null || isForeign(request, "www.zohoapis")) {
            return unauthorized();
        }
        String needed = neededScope(request.path().get(2), request.method());
        if (needed != null && !scopes.contains(needed)) {
            return unauthorized();
        }
        boolean aboutOrganizations = request.path().get(2).equals("organizations");
        String asked = request.query("organization_id");
        if (!aboutOrganizations && !organizationId.equals(asked)) {
            return error(400, 6041, "This user is not associated with the CompanyID/CompanyName:" + asked + ".");
        }
        return null;
    }

    private static @Nullable String neededScope(String resource, String method) {
        String right = switch (method) {
            case "POST" -> "CREATE";
            case "DELETE" -> "DELETE";
            default -> "READ";
        };
        return switch (resource) {
            case "organizations", "items", "itemdetails", "settings" -> "ZohoBooks.settings." + right;
            case "contacts", "invoices", "customerpayments", "creditnotes" -> "ZohoBooks." + resource + ".READ";
            default -> null;
        };
    }

    private FakeAnswer api(FakeRequest request, List<String> path) {
        boolean isSetting = path.get(0).equals("settings");
        if (!request.method().equals("GET") && !isSetting) {
            return error(405, 37, "HTTP method not allowed.");
        }
        return switch (path.get(0)) {
            case "organizations" -> organizations(path);
            case "contacts" -> contacts(request, path);
            case "invoices" -> invoices(request, path);
            case "customerpayments" -> payments(request, path);
            case "creditnotes" -> creditNotes(request, path);
            case "items" -> details(request, path, "items", "item", "Item", settings.items);
            case "itemdetails" -> itemDetails(request);
            case "settings" -> settings(request, path.subList(1, path.size()));
            default -> error(404, 5, "Invalid URL Passed");
        };
    }

    private FakeAnswer creditNotes(FakeRequest request, List<String> path) {
        if (path.size() == 1) {
            return list(request, "creditnotes", credits.all(), ZohoCredits::row);
        }
        if (path.get(1).equals("refunds")) {
            return list(request, "creditnote_refunds", credits.refunds(), refund -> refund);
        }
        if (!credits.has(path.get(1))) {
            return error(404, 1002, "Credit note does not exist.");
        }
        if (path.size() == 2) {
            return success("creditnote", credits.detail(path.get(1)));
        }
        return switch (path.get(2)) {
            case "invoices" -> success("invoices_credited", credits.invoicesCredited(path.get(1)));
            case "refunds" -> list(request, "creditnote_refunds", credits.refundsOf(path.get(1)), refund -> refund);
            default -> FakeAnswer.notImplemented("4.6", request);
        };
    }

    private FakeAnswer details(
            FakeRequest request,
            List<String> path,
            String listKey,
            String detailKey,
            String what,
            Map<String, Map<String, Object>> records) {
        if (path.size() == 1) {
            return list(request, listKey, records.values(), record -> record);
        }
        Map<String, Object> record = records.get(path.get(1));
        if (record == null) {
            return error(404, 1002, what + " does not exist.");
        }
        return path.size() == 2 ? success(detailKey, record) : FakeAnswer.notImplemented("4.7", request);
    }

    /** Items that do not exist are left out. */
    private FakeAnswer itemDetails(FakeRequest request) {
        String ids = request.query("item_ids");
        if (ids == null || ids.isEmpty()) {
            return error(400, 4, "Invalid value passed for item_ids");
        }
        List<Map<String, Object>> found = new ArrayList<>();
        for (String id : ids.split(",", -1)) {
            if (settings.items.containsKey(id)) {
                found.add(settings.items.get(id));
            }
        }
        return success("items", found);
    }

    /**
     * What the webhooks of an entity post about one of its records now: one delivery for each that a rule of this sort fires.
     *
     * @param entity as webhooks name it: {@code invoice}, {@code contact}, {@code customer_payment}
     * @param ruleType {@code add_edit} or {@code delete}, after which only the id is told
     */
    public synchronized List<WebhookDelivery> deliveries(String entity, String ruleType, String id) {
        String wrapper = entity.equals("customer_payment") ? "payment" : entity;
        Map<String, Object> record = switch (wrapper) {
            case "invoice" -> invoices.get(id);
            case "contact" -> contacts.get(id);
            case "payment" -> payments.get(id);
            default -> throw new IllegalArgumentException("no deliveries about " + entity);
        };
        Map<String, Object> told = record == null || ruleType.equals("delete")
                ? Json.object(wrapper + "_id", id)
                : new LinkedHashMap<>(record);
        byte[] body = Json.write(Json.object("organization_id", Long.parseLong(organizationId), wrapper, told))
                .toByteArray();
        return settings.firing(entity, ruleType).stream()
                .map(webhook -> WebhookDelivery.of(Json.text(webhook, "url"), Json.text(webhook, "secret"), body))
                .toList();
    }

    private FakeAnswer settings(FakeRequest request, List<String> path) {
        String kind = path.isEmpty() ? "" : path.get(0);
        boolean hooks = kind.equals("webhooks") || kind.equals("workflows");
        if (!request.method().equals("GET") && !hooks) {
            return error(405, 37, "HTTP method not allowed.");
        }
        if (hooks && request.method().equals("POST")) {
            return kind.equals("webhooks")
                    ? settings.createWebhook(this, request)
                    : settings.createWorkflow(this, request);
        }
        if (hooks && request.method().equals("DELETE") && path.size() == 2) {
            return settings.delete(kind, path.get(1));
        }
        return switch (kind) {
            case "currencies" -> details(request, path, "currencies", "currency", "Currency", settings.currencies);
            case "taxes" -> details(request, path, "taxes", "tax", "Tax", settings.taxes);
            case "webhooks" -> list(request, "webhooks", settings.webhooks(), record -> record);
            case "workflows" -> list(request, "workflows", settings.workflows(), record -> record);
            default -> FakeAnswer.notImplemented("4.7", request);
        };
    }

    private FakeAnswer organizations(List<String> path) {
        Map<String, Object> organization = Json.object(
                "organization_id",
                organizationId,
                "name",
                name,
                "is_default_org",
                true,
                "is_org_active",
                true,
                "currency_id",
                "2000000000000000065",
                "currency_code",
                currency,
                "currency_symbol",
                "",
                "price_precision",
                2,
                "time_zone",
                zone.getId(),
                "language_code",
                "en");
        if (path.size() == 1) {
            organization.put("plan_name", "STANDARD");
            organization.put("fiscal_year_start_month", 3);
            return success("organizations", List.of(organization));
        }
        if (!path.get(1).equals(organizationId)) {
            return error(400, 6041, "This user is not associated with the CompanyID/CompanyName:" + path.get(1) + ".");
        }
        organization.put("fiscal_year_start_month", "april");
        return success("organization", organization);
    }

    /** Contacts with what their open invoices and the opening balance add up to, as Zoho computes it when it is asked. */
    private Collection<Map<String, Object>> withOutstanding(Collection<Map<String, Object>> some) {
        Map<Object, BigDecimal> outstanding = new HashMap<>();
        Map<Object, BigDecimal> inBase = new HashMap<>();
        Set<Object> asked = new HashSet<>();
        some.forEach(contact -> asked.add(contact.get("contact_id")));
        for (Map<String, Object> invoice : invoices.values()) {
            if (asked.contains(invoice.get("customer_id"))
                    && !NOT_OWED.contains(Json.text(invoice, "status"))
                    && invoice.get("balance") instanceof BigDecimal balance
                    && invoice.get("exchange_rate") instanceof BigDecimal own) {
                BigDecimal rate = adjustedRates.getOrDefault(Json.text(invoice, "currency_code"), own);
                outstanding.merge(invoice.get("customer_id"), balance, BigDecimal::add);
                inBase.merge(invoice.get("customer_id"), balance.multiply(rate), BigDecimal::add);
            }
        }
        List<Map<String, Object>> shown = new ArrayList<>();
        for (Map<String, Object> contact : some) {
            Object id = contact.get("contact_id");
            Map<String, Object> row = new LinkedHashMap<>(contact);
            row.put("outstanding_receivable_amount", cents(opening(contact), outstanding.get(id)));
            row.put("outstanding_receivable_amount_bcy", cents(opening(contact), inBase.get(id)));
            shown.add(row);
        }
        return shown;
    }

    private static BigDecimal cents(BigDecimal opening, @Nullable BigDecimal ofInvoices) {
        return (ofInvoices == null ? opening : opening.add(ofInvoices)).setScale(2, RoundingMode.HALF_UP);
    }

    private static BigDecimal opening(Map<String, Object> contact) {
        return contact.get("opening_balance_amount") instanceof BigDecimal opening ? opening : BigDecimal.ZERO;
    }

    /** The accountant values open documents of a currency at another rate than their own: a base currency adjustment. */
    public synchronized void adjustBaseCurrency(String currencyCode, String rate) {
        adjustedRates.put(currencyCode, new BigDecimal(rate));
    }

    private FakeAnswer contacts(FakeRequest request, List<String> path) {
        if (path.size() == 1) {
            return list(request, "contacts", withOutstanding(contacts.values()), ZohoRows::contact);
        }
        if (path.get(1).equals("contactpersons")) {
            List<Map<String, Object>> persons = new ArrayList<>();
            contacts.values().forEach(contact -> persons.addAll(ZohoRows.personsOf(contact)));
            return list(request, "contact_persons", persons, person -> person);
        }
        if (path.get(1).equals("address")) {
            return FakeAnswer.notImplemented("4.2", request);
        }
        Map<String, Object> contact = contacts.get(path.get(1));
        if (contact == null) {
            return error(404, 1002, "Contact does not exist.");
        }
        if (path.size() == 2) {
            return success(
                    "contact",
                    ZohoRows.contactDetail(
                            withOutstanding(List.of(contact)).iterator().next()));
        }
        if (!path.get(2).equals("contactpersons")) {
            return FakeAnswer.notImplemented("4.2", request);
        }
        if (path.size() == 3) {
            return list(request, "contact_persons", ZohoRows.personsOf(contact), person -> person);
        }
        return ZohoRows.personsOf(contact).stream()
                .filter(person -> path.get(3).equals(person.get("contact_person_id")))
                .findFirst()
                .map(person -> success("contact_person", person))
                .orElseGet(() -> error(404, 1002, "Contact person does not exist."));
    }

    private FakeAnswer invoices(FakeRequest request, List<String> path) {
        if (path.size() == 1) {
            return list(request, "invoices", invoices.values(), ZohoRows::invoice);
        }
        Map<String, Object> invoice = invoices.get(path.get(1));
        if (invoice == null) {
            return error(404, 1002, "Invoice does not exist.");
        }
        if (path.size() == 2) {
            return success("invoice", invoice);
        }
        return switch (path.get(2)) {
            case "payments" -> success("payments", ZohoRows.paymentsOf(path.get(1), payments.values()));
            case "creditsapplied" -> success("credits", credits.creditsApplied(path.get(1)));
            default -> FakeAnswer.notImplemented("4.4", request);
        };
    }

    private FakeAnswer payments(FakeRequest request, List<String> path) {
        if (path.size() == 1) {
            return list(request, "customerpayments", payments.values(), ZohoRows::payment);
        }
        Map<String, Object> payment = payments.get(path.get(1));
        if (payment == null) {
            return error(404, 1002, "Payment does not exist.");
        }
        if (path.size() == 2) {
            return success("payment", ZohoRows.paymentDetail(payment));
        }
        return path.get(2).equals("refunds")
                ? list(request, "payment_refunds", credits.refundsOfPayment(path.get(1)), refund -> refund)
                : FakeAnswer.notImplemented("4.5", request);
    }

    // Lists

    private FakeAnswer list(
            FakeRequest request,
            String key,
            Collection<Map<String, Object>> records,
            java.util.function.UnaryOperator<Map<String, Object>> row) {
        String perPageText = request.query("per_page");
        String pageText = request.query("page");
        int perPage;
        int page;
        if (perPageText != null && !perPageText.matches("[1-9]\\d{0,8}")) {
            return error(400, 2, "Invalid value passed for per_page");
        }
        if (pageText != null && !pageText.matches("[1-9]\\d{0,8}")) {
            return error(400, 2, "Invalid value passed for page");
        }
        perPage = Math.min(MAX_PER_PAGE, perPageText == null ? MAX_PER_PAGE : Integer.parseInt(perPageText));
        page = pageText == null ? 1 : Integer.parseInt(pageText);
        if (ZohoFilter.lacksOneOf(key, request.url())) {
            return FakeAnswer.notImplemented("3.4", request);
        }
        String option = key.equals("invoices") ? request.query("response_option") : null;
        if (option != null && !option.matches("[0-4]")) {
            return error(400, 2, "Invalid value passed for response_option");
        }
        List<ZohoFilter> filters = ignoresFilters ? List.of() : ZohoFilter.understood(key, request.url());
        Predicate<Map<String, Object>> all = record -> filters.stream().allMatch(f -> f.matches(record));
        List<Map<String, Object>> matching = records.stream().filter(all).toList();
        String sortColumn = sortColumn(key, request.query("sort_column"));
        boolean ascending = "A".equals(request.query("sort_order"));
        if (sortColumn != null) {
            matching = sorting.sorted(key, matching, sortColumn, ascending);
        }
        int from = (int) Math.min(matching.size(), (page - 1L) * perPage);
        int to = Math.min(matching.size(), from + perPage);
        Map<String, Object> context = Json.object(
                "page", page,
                "per_page", perPage,
                "has_more_page", to < matching.size(),
                "report_name", key,
                "applied_filter", "Status.All");
        if (sortColumn != null && echoesSort) {
            context.put("sort_column", sortColumn);
            context.put("sort_order", ascending ? "A" : "D");
        }
        if (!filters.isEmpty()) {
            context.put(
                    "search_criteria", filters.stream().map(ZohoFilter::echo).toList());
        }
        Map<String, Object> answer = Json.object("code", 0, "message", "success");
        boolean counts = option != null && "123".contains(option);
        if (option != null) {
            context.put("response_option", Integer.parseInt(option));
        }
        if (counts) {
            context.put("total", matching.size());
            context.put("total_pages", (matching.size() + perPage - 1) / perPage);
        }
        if (option == null || !"23".contains(option)) {
            answer.put(key, matching.subList(from, to).stream().map(row).toList());
        }
        answer.put("page_context", context);
        return FakeAnswer.json(200, answer);
    }

    private @Nullable String sortColumn(String key, @Nullable String asked) {
        if (ignoresSort || asked == null || key.equals("contact_persons")) {
            return null;
        }
        Set<String> known = switch (key) {
            case "contacts" ->
                Set.of("contact_name", "first_name", "last_name", "email", "outstanding_receivable_amount");
            case "invoices" -> Set.of("customer_name", "invoice_number", "date", "due_date", "total", "balance");
            case "creditnotes" -> Set.of("customer_name", "creditnote_number", "date", "total", "balance");
            case "items" -> Set.of("name", "rate", "tax_name");
            case "creditnote_refunds" -> Set.of("refund_mode", "reference_number", "date", "creditnote_number");
            case "currencies", "taxes", "webhooks", "workflows", "payment_refunds" -> Set.of();
            default -> Set.of("customer_name", "unused_amount", "amount", "date", "reference_number");
        };
        boolean hasStamps = Set.of("contacts", "invoices", "creditnotes", "customerpayments")
                .contains(key);
        boolean timed = hasStamps
                && (asked.equals("last_modified_time")
                        || (asked.equals("created_time") && !key.equals("customerpayments")));
        return timed || known.contains(asked) ? asked : null;
    }

    // Answers

    private static FakeAnswer success(String key, Object value) {
        return FakeAnswer.json(200, Json.object("code", 0, "message", "success", key, value));
    }

    static FakeAnswer error(int status, int code, String message) {
        return FakeAnswer.json(status, Json.object("code", code, "message", message));
    }

    private static FakeAnswer unauthorized() {
        return error(401, 57, "You are not authorized to perform this operation");
    }

    @Override
    FakeAnswer rateLimited(int code) {
        return switch (code) {
            case 45 ->
                withSpentQuota(error(
                        429,
                        45,
                        "The API call for this organization has exceeded the maximum call rate limit of " + dailyLimit
                                + "."));
            case 1070 ->
                error(
                        429,
                        1070,
                        "You have reached the maximum number of in process requests allowed. Kindly try again after some"
                                + " time.");
            default ->
                error(
                        429,
                        44,
                        "For security reasons your account has been blocked as it have exceeded the maximum number of"
                                + " requests per minute that can originate from an account.");
        };
    }

    /** What is left stands at zero, also where a fault was asked for. */
    private FakeAnswer withSpentQuota(FakeAnswer answer) {
        return withQuota(answer).with("X-Rate-Limit-Remaining", "0");
    }

    private FakeAnswer withQuota(FakeAnswer answer) {
        OffsetDateTime now = time.now().atZone(zone).toOffsetDateTime();
        Instant midnight = today().plusDays(1).atStartOfDay(zone).toInstant();
        return answer.with("X-Rate-Limit-Limit", String.valueOf(dailyLimit))
                .with("X-Rate-Limit-Remaining", String.valueOf(Math.max(0, dailyLimit - usedToday)))
                .with(
                        "X-Rate-Limit-Reset",
                        String.valueOf(
                                Duration.between(now.toInstant(), midnight).toSeconds()));
    }

    /** Collects what an organisation is like. */
    public static final class Builder {
        private final TimeSource time;
        private String organizationId = "60012345678";
        private String name = "Northwind Metrics";
        private ZoneId zone = ZoneId.of("Asia/Kolkata");
        private String currency = "USD";
        private String topLevelDomain = "com";
        private int dailyLimit = 10_000;
        private int concurrencyLimit = 10;
        private boolean limited = true;

        private Builder(TimeSource time) {
            this.time = time;
        }

        public Builder organizationId(String organizationId) {
            this.organizationId = organizationId;
            return this;
        }

        public Builder zone(ZoneId zone) {
            this.zone = zone;
            return this;
        }

        public Builder currency(String currency) {
            this.currency = currency.toUpperCase(Locale.ROOT);
            return this;
        }

        /** The data centre by the end of its host names: {@code com}, {@code eu}, {@code com.au}. */
        public Builder topLevelDomain(String topLevelDomain) {
            this.topLevelDomain = topLevelDomain;
            return this;
        }

        /** Calls a day, by plan: 1,000 to 10,000. */
        public Builder dailyLimit(int dailyLimit) {
            this.dailyLimit = dailyLimit;
            return this;
        }

        /** No limit per minute, per day or in flight. */
        public Builder withoutLimits() {
            this.limited = false;
            this.dailyLimit = 1_000_000;
            return this;
        }

        public FakeZohoBooks build() {
            return new FakeZohoBooks(this);
        }
    }
}
