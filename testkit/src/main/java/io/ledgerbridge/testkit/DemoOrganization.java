package io.ledgerbridge.testkit;

import io.ledgerbridge.testkit.InvoiceDraft.Tax;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import net.datafaker.Faker;
import org.jspecify.annotations.Nullable;

/**
 * The books of a B2B software company over 36 months: 250 customers, 1,500 invoices, and their payments, with every status,
 * kind of discount and tax, and six currencies. The same every time; only the dates follow the clock.
 */
public final class DemoOrganization {

    private static final int CUSTOMERS = 250;
    private static final int INVOICES = 1_500;
    private static final int LARGE_CUSTOMERS = 50;
    private static final int LARGEST_CUSTOMER_INVOICES = 300;
    private static final int LARGE_CUSTOMERS_INVOICES = 1_050;
    private static final int LONGEST_INVOICE_LINES = 120;
    private static final int DAYS = 3 * 365;

    private static final Tax STANDARD = new Tax("2000000000000000411", "VAT", "20");
    private static final Tax REDUCED = new Tax("2000000000000000413", "Reduced VAT", "7.5");
    private static final Tax GST = new Tax("2000000000000000415", "GST", "18");

    private static final String[] PRODUCTS = {
        "Analytics seat", "API calls, 1,000", "Premium support", "Onboarding workshop", "Data export add-on",
        "Audit log retention", "Sandbox environment", "Single sign-on", "Dashboard embed", "Über-Paket «Pro»",
        "レポート機能", "Storage, 100 GB", "Custom integration", "Training day", "Żółty raport 📊"
    };
    private static final String[] MODES = {
        "banktransfer", "creditcard", "cash", "check", "Bank Transfer", "PayPal", "Lastschrift"
    };

    /** Currency and base currency units per unit of it. */
    private record Money(String code, String rate, int decimals) {}

    private static final Money[] CURRENCIES = {
        new Money("USD", "1", 2),
        new Money("USD", "1", 2),
        new Money("USD", "1", 2),
        new Money("EUR", "1.0875", 2),
        new Money("GBP", "1.2731", 2),
        new Money("INR", "0.011905", 2),
        new Money("JPY", "0.0067", 0),
        new Money("KWD", "3.2575", 3)
    };

    private record Customer(String id, Money money, List<String> personIds) {}

    private final FakeZohoBooks books;
    private final Random random = new Random(20_260_302);
    private final List<Faker> fakers = new ArrayList<>();
    private final List<Customer> customers = new ArrayList<>();
    private final List<String> emails = new ArrayList<>();
    private int nextInvoice = 1;
    private int nextPayment = 1;
    private int persons;

    private DemoOrganization(FakeZohoBooks books) {
        this.books = books;
        for (String tag : List.of("en-US", "en-GB", "de", "fr", "ja", "pl", "es", "pt-BR")) {
            fakers.add(new Faker(Locale.forLanguageTag(tag), random));
        }
    }

    /** Adds the organisation's records to the books. */
    public static DemoOrganization fill(FakeZohoBooks books) {
        DemoOrganization organization = new DemoOrganization(books);
        organization.addCustomers();
        organization.addVendors();
        organization.addInvoices();
        return organization;
    }

    /** The currencies it uses beside the base currency. */
    public static String[] currencies() {
        return new String[] {"EUR", "GBP", "INR", "JPY", "KWD"};
    }

    /** What a busy morning changes: names and numbers, new invoices, payments, a void, a new customer. */
    public void edit() {
        for (int i = 0; i < 3; i++) {
            Customer customer = customers.get(10 + i);
            books.editContact(customer.id(), contact -> {
                contact.put("contact_name", Json.text(contact, "contact_name") + " International");
                contact.put("phone", "+1 555 0100");
            });
        }
        for (int i = 0; i < 4; i++) {
            Customer customer = customers.get(20 + i);
            books.addInvoice(newInvoice(customer, 1 + i, books.today(), now()).status("sent"));
        }
        List<Map<String, Object>> open = books.invoices().stream()
                .filter(invoice -> List.of("sent", "overdue").contains(Json.text(invoice, "status")))
                .limit(6)
                .toList();
        for (int i = 0; i < 5; i++) {
            BigDecimal balance = Json.decimal(open.get(i), "balance");
            pay(List.of(open.get(i)), i % 2 == 0 ? balance : half(open.get(i)), books.today(), now());
        }
        books.editInvoice(Json.text(open.get(5), "invoice_id"), invoice -> invoice.put("status", "void"));
        Customer added = addCustomer(CUSTOMERS, now());
        books.addInvoice(newInvoice(added, 3, books.today(), now()).status("sent"));
    }

    // Customers

    private void addCustomers() {
        for (int i = 0; i < CUSTOMERS; i++) {
            customers.add(addCustomer(i, endOf(books.today().minusDays(DAYS + 30 - i % 30))));
        }
    }

    private Customer addCustomer(int index, Instant at) {
        Faker faker = fakers.get(index % fakers.size());
        boolean individual = index % 7 == 3;
        String name = individual ? faker.name().fullName() : companyName(faker, index);
        CustomerDraft draft = individual ? CustomerDraft.individual(name) : CustomerDraft.business(name);
        Money money = CURRENCIES[(index * 5 + index / 8) % CURRENCIES.length];
        draft.currency(money.code())
                .website("https://customer" + index + ".example")
                .billingAddress(
                        faker.address().streetAddress(),
                        faker.address().city(),
                        index % 3 == 0 ? "" : faker.address().stateAbbr(),
                        faker.address().postcode(),
                        faker.address().country())
                .at(at);
        if (index % 4 == 0) {
            draft.customField(
                    "cf_account_manager", "Account manager", faker.name().firstName());
        }
        int count = index % 25 == 24 ? 0 : individual ? 1 : 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            addPerson(draft, faker, index);
        }
        if (count == 0) {
            draft.email("office@customer" + index + ".example")
                    .phone(faker.phoneNumber().phoneNumber());
        }
        String id = books.addCustomer(draft);
        List<String> personIds = ZohoRows.personsOf(books.contact(id)).stream()
                .map(person -> Json.text(person, "contact_person_id"))
                .toList();
        return new Customer(id, money, personIds);
    }

    private static String companyName(Faker faker, int index) {
        String name = faker.company().name();
        return index % 40 == 7 ? name + " 🚀" : name;
    }

    private void addPerson(CustomerDraft draft, Faker faker, int customer) {
        int number = persons++;
        String email = "person" + number + "@customer" + customer + ".example";
        if (number % 25 == 3 || number % 25 == 16) {
            email = "";
        } else if (number % 33 == 32 && emails.size() > 40) {
            email = emails.get(emails.size() - 30);
        } else {
            emails.add(email);
        }
        draft.person(
                faker.name().firstName(),
                faker.name().lastName(),
                number % 10 == 0 ? email.toUpperCase(Locale.ROOT) : email,
                faker.phoneNumber().phoneNumber());
    }

    private void addVendors() {
        for (int i = 0; i < 5; i++) {
            books.addCustomer(CustomerDraft.business("Vendor " + (i + 1))
                    .vendor()
                    .person("Vendor", "Person " + i, "sales@vendor" + i + ".example", "")
                    .at(endOf(books.today().minusDays(DAYS))));
        }
    }

    // Invoices

    private void addInvoices() {
        List<Integer> owners = new ArrayList<>();
        for (int i = 0; i < INVOICES; i++) {
            if (i < LARGEST_CUSTOMER_INVOICES) {
                owners.add(0);
            } else if (i < LARGE_CUSTOMERS_INVOICES) {
                owners.add(1 + i % (LARGE_CUSTOMERS - 1));
            } else {
                owners.add(LARGE_CUSTOMERS + i % (CUSTOMERS - LARGE_CUSTOMERS));
            }
        }
        java.util.Collections.shuffle(owners, random);
        List<Map<String, Object>> toSettle = new ArrayList<>();
        for (int i = 0; i < INVOICES; i++) {
            LocalDate date = books.today().minusDays(DAYS - (long) i * DAYS / INVOICES);
            toSettle.add(addInvoice(customers.get(owners.get(i)), i, date));
        }
        settle(toSettle);
    }

    private Map<String, Object> addInvoice(Customer customer, int index, LocalDate date) {
        InvoiceDraft draft = newInvoice(customer, index, date, endOf(date));
        String status = status(index);
        LocalDate due = status.equals("overdue")
                ? books.today().minusDays(3 + index % 60)
                : books.today().plusDays(14);
        boolean past = status.equals("settled") || status.equals("void");
        draft.dates(date, past || (status.equals("overdue") && due.isBefore(date)) ? date.plusDays(30) : due);
        draft.status(status.equals("settled") ? "sent" : status);
        String id = books.addInvoice(draft);
        return books.invoice(id);
    }

    /** Most are paid; every other status has its share. */
    private static String status(int index) {
        return switch (index % 50) {
            case 5 -> "draft";
            case 11 -> "void";
            case 17 -> "viewed";
            case 23 -> "unpaid";
            case 29 -> "approved";
            case 35 -> "pending_approval";
            case 41 -> "rejected";
            case 2, 20, 38 -> "overdue";
            case 8, 26, 44 -> "sent";
            default -> "settled";
        };
    }

    private InvoiceDraft newInvoice(Customer customer, int index, LocalDate date, Instant at) {
        Money money = customer.money();
        InvoiceDraft draft = InvoiceDraft.of(customer.id(), "INV-" + String.format("%06d", nextInvoice++))
                .currency(money.code(), money.rate())
                .dates(date, date.plusDays(30))
                .at(at);
        if (index % 9 == 4) {
            draft.inclusiveTax();
        }
        addLines(draft, index, money);
        switch (index % 30) {
            case 1 -> draft.discount("10%", true);
            case 7 -> draft.discount("5%", false);
            case 13 -> draft.discount(amount(money, 3), true);
            case 19 -> draft.discount(amount(money, 2), false);
            default -> {
                // Most invoices have no discount of their own.
            }
        }
        if (index % 11 == 0) {
            draft.shipping(amount(money, 9));
        }
        if (index % 17 == 0) {
            draft.adjustment(index % 34 == 0 ? amount(money, 1) : "-" + amount(money, 1));
        }
        if (index % 6 == 0) {
            draft.reference("PO-" + (1_000 + index));
        }
        if (index % 8 == 0) {
            draft.customField("cf_project", "Project", "P-" + index);
        }
        if (index % 14 == 0 && customer.personIds().size() > 1) {
            draft.contactPersons(List.of(customer.personIds().get(1)));
        }
        return draft;
    }

    private void addLines(InvoiceDraft draft, int index, Money money) {
        int lines = index == 700 ? LONGEST_INVOICE_LINES : 1 + Math.min(random.nextInt(8), random.nextInt(12));
        if (index % 21 == 0) {
            draft.heading("Services of the period");
        }
        for (int i = 0; i < lines; i++) {
            String product = PRODUCTS[random.nextInt(PRODUCTS.length)];
            BigDecimal rate = new BigDecimal(amount(money, 20 + random.nextInt(400)));
            String quantity = random.nextInt(10) == 0 ? "2.5" : String.valueOf(1 + random.nextInt(12));
            draft.line(product, quantity, rate.toPlainString(), lineDiscount(money), tax(money));
            if (random.nextInt(12) == 0) {
                draft.description("Period of service as agreed.\nSecond line: façade, 東京, 🚀.");
            }
        }
    }

    private String lineDiscount(Money money) {
        return switch (random.nextInt(20)) {
            case 0 -> "10%";
            case 1 -> "12.5%";
            case 2 -> amount(money, 5);
            default -> "";
        };
    }

    private @Nullable Tax tax(Money money) {
        return switch (money.code()) {
            case "INR" -> GST;
            case "USD", "KWD" -> random.nextInt(3) == 0 ? REDUCED : null;
            default -> random.nextInt(6) == 0 ? REDUCED : STANDARD;
        };
    }

    /** About that many dollars in the currency, with all its decimals in use. */
    private String amount(Money money, int dollars) {
        BigDecimal value = BigDecimal.valueOf(dollars).add(BigDecimal.valueOf(random.nextInt(1_000), 3));
        return value.divide(new BigDecimal(money.rate()), money.decimals(), RoundingMode.HALF_UP)
                .max(BigDecimal.ONE)
                .toPlainString();
    }

    // Payments

    private void settle(List<Map<String, Object>> all) {
        List<Map<String, Object>> due = all.stream()
                .filter(invoice -> Json.text(invoice, "status").equals("sent"))
                .filter(invoice ->
                        Json.text(invoice, "due_date").compareTo(books.today().toString()) < 0)
                .toList();
        Map<String, Map<String, Object>> waiting = new java.util.HashMap<>();
        for (int i = 0; i < due.size(); i++) {
            Map<String, Object> invoice = due.get(i);
            LocalDate date = LocalDate.parse(Json.text(invoice, "date")).plusDays(5 + i % 20);
            LocalDate day = date.isAfter(books.today()) ? books.today().minusDays(1) : date;
            String customer = Json.text(invoice, "customer_id");
            if (i % 20 == 6 && !waiting.containsKey(customer)) {
                waiting.put(customer, invoice);
            } else if (waiting.containsKey(customer)) {
                List<Map<String, Object>> both = List.of(waiting.remove(customer), invoice);
                pay(both, sum(both), day, endOf(day));
            } else if (i % 45 == 9) {
                invoice.put("due_date", books.today().plusDays(20).toString());
                pay(List.of(invoice), half(invoice), day, endOf(day));
            } else {
                paySpecially(i, invoice, day);
            }
        }
        waiting.values().forEach(invoice -> {
            LocalDate day = books.today().minusDays(1);
            pay(List.of(invoice), Json.decimal(invoice, "balance"), day, endOf(day));
        });
    }

    /** In full, and sometimes with an excess, a refund or tax withheld. */
    private void paySpecially(int index, Map<String, Object> invoice, LocalDate day) {
        BigDecimal balance = Json.decimal(invoice, "balance");
        PaymentDraft draft;
        switch (index % 60) {
            case 12 -> draft = payment(invoice, balance.add(BigDecimal.TEN), day);
            case 24 ->
                draft = payment(invoice, balance.add(BigDecimal.ONE), day).refunded("1");
            case 36 -> draft = payment(invoice, balance, day).withheld("1");
            default -> {
                pay(List.of(invoice), balance, day, endOf(day));
                return;
            }
        }
        books.addPayment(draft.applyTo(Json.text(invoice, "invoice_id"), balance.toPlainString())
                .at(endOf(day)));
        if (index % 240 == 12) {
            books.addPayment(payment(invoice, BigDecimal.valueOf(50), day)
                    .retainer("2000000000000009001")
                    .at(endOf(day)));
        }
    }

    private void pay(List<Map<String, Object>> invoices, BigDecimal amount, LocalDate day, Instant at) {
        PaymentDraft draft = payment(invoices.get(0), amount, day).at(at);
        if (invoices.size() == 1) {
            draft.applyTo(Json.text(invoices.get(0), "invoice_id"), amount.toPlainString());
        } else {
            invoices.forEach(invoice -> draft.applyTo(
                    Json.text(invoice, "invoice_id"),
                    Json.decimal(invoice, "balance").toPlainString()));
        }
        books.addPayment(draft);
    }

    private PaymentDraft payment(Map<String, Object> invoice, BigDecimal amount, LocalDate day) {
        int number = nextPayment++;
        return PaymentDraft.of(Json.text(invoice, "customer_id"), String.valueOf(number), amount.toPlainString())
                .currency(
                        Json.text(invoice, "currency_code"),
                        Json.decimal(invoice, "exchange_rate").toPlainString())
                .mode(MODES[number % MODES.length])
                .reference(number % 3 == 0 ? "" : "REF-" + number)
                .on(day);
    }

    private static BigDecimal sum(List<Map<String, Object>> invoices) {
        return invoices.stream()
                .map(invoice -> Json.decimal(invoice, "balance"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal half(Map<String, Object> invoice) {
        BigDecimal balance = Json.decimal(invoice, "balance");
        int precision = Json.decimal(invoice, "price_precision").intValue();
        return balance.divide(BigDecimal.valueOf(2), balance.scale(), RoundingMode.DOWN)
                .max(BigDecimal.ONE.movePointLeft(precision));
    }

    private Instant endOf(LocalDate day) {
        Instant end = day.plusDays(1).atStartOfDay(books.zone()).toInstant().minusSeconds(60);
        Instant latest = now().minus(Duration.ofHours(2));
        return end.isAfter(latest) ? latest : end;
    }

    private Instant now() {
        return books.time.now();
    }
}
