package io.ledgerbridge.sync;

import static io.ledgerbridge.sync.BookRows.decimal;
import static io.ledgerbridge.sync.BookRows.list;
import static io.ledgerbridge.sync.BookRows.object;
import static io.ledgerbridge.sync.BookRows.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.ledgerbridge.testkit.FakeHubSpot;
import io.ledgerbridge.testkit.FakeHubSpot.Held;
import io.ledgerbridge.testkit.FakeZohoBooks;
import io.ledgerbridge.time.TimeSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What HubSpot should hold of an organisation, worked out by a second, naive mapping that shares nothing with the engine.
 */
final class Mirror {

    private static final Set<String> NOT_COUNTED = Set.of("draft", "void", "pending_approval", "rejected");

    private final FakeZohoBooks books;
    private final FakeHubSpot hubspot;
    private final TimeSource time;
    private final Map<String, Map<String, Held>> byKey = new HashMap<>();
    private boolean readsCreditNotes = true;
    private Set<String> forgotten = Set.of();
    private Set<String> theirs = Set.of();

    Mirror(FakeZohoBooks books, FakeHubSpot hubspot, TimeSource time) {
        this.books = books;
        this.hubspot = hubspot;
        this.time = time;
    }

    // What HubSpot holds

    /** The token may not read credit notes, so that revenue lacks them. */
    Mirror withoutCreditNotes() {
        readsCreditNotes = false;
        return this;
    }

    /**
     * Customers that were erased: neither they nor their records are compared.
     *
     * @param records ids of what was ever theirs
     */
    Mirror withoutForgotten(Set<String> customers, Set<String> records) {
        forgotten = customers;
        theirs = records;
        return this;
    }

    private List<Map<String, Object>> remaining(List<Map<String, Object>> records) {
        return records.stream()
                .filter(record -> !forgotten.contains(text(record, "customer_id")))
                .toList();
    }

    /** Lines that we make have the id of their invoice in their key. */
    private boolean isForgotten(String key) {
        return theirs.contains(key.split("[:# ]")[1]);
    }

    private List<Map<String, Object>> invoices() {
        return remaining(books.invoices());
    }

    private List<Map<String, Object>> payments() {
        return remaining(books.payments());
    }

    /** Compares everything, per record and per field. */
    void assertHeld() {
        byKey.clear();
        for (String type : List.of("companies", "contacts", "invoices", "line_items", "commerce_payments")) {
            Map<String, Held> held = new HashMap<>();
            hubspot.records(type)
                    .forEach(record -> assertThat(held.put(named(Keys.of(hubspot, type, record), record), record))
                            .as("two %s of one key, %s", type, Keys.of(hubspot, type, record))
                            .isNull());
            byKey.put(type, held);
        }
        setDeletedApart("companies", customers(), "contact_id");
        setDeletedApart("invoices", invoices(), "invoice_id");
        setDeletedApart("commerce_payments", payments(), "payment_id");
        assertCompanies();
        assertContacts();
        assertInvoices();
        assertPayments();
    }

    /** The key of a line that is known by its place among the items of an invoice. */
    private String named(String key, Held record) {
        int place = key.indexOf('#');
        if (place < 0) {
            return key;
        }
        String invoiceId = key.substring(key.indexOf(':') + 1, place);
        List<Map<String, Object>> invoices = books.invoices().stream()
                .filter(invoice -> invoice.get("invoice_id").equals(invoiceId))
                .toList();
        if (invoices.isEmpty()) {
            // What was left behind by an invoice that is gone may have any place.
            return key + " " + record.id();
        }
        List<Object> ids = invoices.stream()
                .flatMap(invoice -> list(invoice.get("line_items")).stream())
                .filter(line -> !line.get("line_item_category").equals("header"))
                .map(line -> line.get("line_item_id"))
                .toList();
        int at = Integer.parseInt(key.substring(place + 1));
        return at < ids.size() ? books.organizationId() + ":" + ids.get(at) : key;
    }

    /** What is gone from the books is marked, and counts nowhere. */
    private void setDeletedApart(String type, List<Map<String, Object>> present, String id) {
        Set<String> keys = present.stream()
                .map(record -> books.organizationId() + ":" + record.get(id))
                .collect(Collectors.toSet());
        byKey.get(type).entrySet().removeIf(entry -> {
            Held held = entry.getValue();
            boolean gone = !keys.contains(entry.getKey());
            boolean isForgotten = isForgotten(entry.getKey());
            if (gone && type.equals("commerce_payments") && !isForgotten) {
                assertThat(held.get("hs_latest_status")).as(entry.getKey()).isEqualTo("failed");
                assertThat(hubspot.associated(type, held.id(), "invoices")).isEmpty();
            } else if (gone && !type.equals("commerce_payments")) {
                if (!isForgotten) {
                    assertThat(held.get("zoho_books_status")).as(entry.getKey()).isEqualTo("deleted");
                }
                byKey.get("line_items")
                        .values()
                        .removeIf(line -> hubspot.associated(type, held.id(), "line_items")
                                .contains(line.id()));
            }
            return gone;
        });
    }

    private Held held(String type, Object sourceId) {
        Held held = byKey.get(type).get(books.organizationId() + ":" + sourceId);
        assertThat(held).as("%s of %s", type, sourceId).isNotNull();
        return held;
    }

    private List<Map<String, Object>> customers() {
        return books.contacts().stream()
                .filter(contact -> contact.get("contact_type").equals("customer"))
                .filter(contact -> !forgotten.contains(text(contact, "contact_id")))
                .toList();
    }

    private void assertCompanies() {
        assertThat(byKey.get("companies")).hasSize(customers().size());
        for (Map<String, Object> customer : customers()) {
            Held company = held("companies", customer.get("contact_id"));
            Map<String, Object> address = object(customer.get("billing_address"));
            assertThat(company.get("name")).isEqualTo(text(customer, "contact_name"));
            assertThat(company.get("phone")).isEqualTo(text(customer, "phone"));
            assertThat(company.get("address")).isEqualTo(text(address, "address"));
            assertThat(company.get("city")).isEqualTo(text(address, "city"));
            assertThat(company.get("zip")).isEqualTo(text(address, "zip"));
            assertThat(company.get("country")).isEqualTo(text(address, "country"));
            BigDecimal outstanding = BigDecimal.ZERO;
            BigDecimal overdue = BigDecimal.ZERO;
            BigDecimal revenue = BigDecimal.ZERO;
            int open = 0;
            for (Map<String, Object> invoice : invoices()) {
                if (invoice.get("customer_id").equals(customer.get("contact_id"))
                        && !NOT_COUNTED.contains(text(invoice, "status"))) {
                    BigDecimal base = decimal(invoice, "balance").multiply(decimal(invoice, "exchange_rate"));
                    outstanding = outstanding.add(base);
                    open += base.signum() > 0 ? 1 : 0;
                    revenue = revenue.add(revenue(invoice));
                    LocalDate today = LocalDate.ofInstant(time.now(), books.zone());
                    if (LocalDate.parse(text(invoice, "due_date")).isBefore(today)) {
                        overdue = overdue.add(base);
                    }
                }
            }
            for (Map<String, Object> note : readsCreditNotes ? books.creditNotes() : List.<Map<String, Object>>of()) {
                boolean counts = note.get("customer_id").equals(customer.get("contact_id"))
                        && Set.of("open", "closed").contains(text(note, "status"));
                revenue = counts ? revenue.subtract(revenue(note)) : revenue;
            }
            assertAmount(company, "zoho_books_lifetime_revenue", revenue.setScale(2, RoundingMode.HALF_UP));
            assertAmount(company, "zoho_books_open_invoices", BigDecimal.valueOf(open));
            assertAmount(company, "zoho_books_outstanding", outstanding.setScale(2, RoundingMode.HALF_UP));
            assertAmount(company, "zoho_books_overdue", overdue.setScale(2, RoundingMode.HALF_UP));
        }
    }

    private static BigDecimal revenue(Map<String, Object> document) {
        BigDecimal taxes = list(document.get("taxes")).stream()
                .map(tax -> decimal(tax, "tax_amount"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return decimal(document, "total").subtract(taxes).multiply(decimal(document, "exchange_rate"));
    }

    private void assertContacts() {
        Map<String, Set<String>> companiesByEmail = new HashMap<>();
        Set<String> withoutEmail = new HashSet<>();
        for (Map<String, Object> customer : customers()) {
            String company = held("companies", customer.get("contact_id")).id();
            List<Map<String, Object>> persons = list(customer.get("contact_persons"));
            if (persons.isEmpty() && text(customer, "email").isEmpty()) {
                Held contact = held("contacts", customer.get("contact_id") + ":self");
                withoutEmail.add(contact.id());
                assertThat(hubspot.associated("contacts", contact.id(), "companies"))
                        .containsExactly(company);
            } else if (persons.isEmpty()) {
                companiesByEmail
                        .computeIfAbsent(text(customer, "email").toLowerCase(Locale.ROOT), e -> new HashSet<>())
                        .add(company);
            }
            for (Map<String, Object> person : persons) {
                String email = text(person, "email").toLowerCase(Locale.ROOT);
                if (email.isEmpty()) {
                    Held contact = held("contacts", person.get("contact_person_id"));
                    withoutEmail.add(contact.id());
                    assertThat(contact.get("lastname")).isEqualTo(text(person, "last_name"));
                    assertThat(hubspot.associated("contacts", contact.id(), "companies"))
                            .containsExactly(company);
                } else {
                    companiesByEmail
                            .computeIfAbsent(email, e -> new HashSet<>())
                            .add(company);
                }
            }
        }
        // A person that is gone from the books leaves its contact behind, without a company or with one that is gone
        // too.
        List<Held> contacts = hubspot.records("contacts").stream()
                .filter(contact -> !presentCompanies(contact).isEmpty())
                .toList();
        assertThat(contacts)
                .as(
                        "beside those of the books: %s",
                        contacts.stream()
                                .filter(contact -> !companiesByEmail.containsKey(contact.get("email")))
                                .filter(contact -> !withoutEmail.contains(contact.id()))
                                .toList())
                .hasSize(companiesByEmail.size() + withoutEmail.size());
        Map<String, Held> byEmail = contacts.stream()
                .filter(contact -> !contact.get("email").isEmpty())
                .collect(Collectors.toMap(contact -> contact.get("email"), contact -> contact));
        companiesByEmail.forEach((email, companies) -> {
            if (byEmail.containsKey(email)) {
                assertThat(presentCompanies(byEmail.get(email)))
                        .as("companies of [%s]", email)
                        .isEqualTo(companies);
            } else {
                // A contact that was left behind keeps its address, and the person goes without.
                assertThat(hubspot.records("contacts").stream()
                                .anyMatch(contact -> contact.get("email").equals(email)))
                        .as("[%s] is the address of a contact", email)
                        .isTrue();
            }
        });
    }

    private Set<String> presentCompanies(Held contact) {
        Set<String> present = new HashSet<>(hubspot.associated("contacts", contact.id(), "companies"));
        present.retainAll(byKey.get("companies").values().stream().map(Held::id).collect(Collectors.toSet()));
        return present;
    }

    private void assertInvoices() {
        assertThat(byKey.get("invoices")).hasSize(invoices().size());
        Set<String> attached = new HashSet<>();
        for (Map<String, Object> invoice : invoices()) {
            Held held = held("invoices", invoice.get("invoice_id"));
            String status = text(invoice, "status");
            String shown = switch (status) {
                case "draft", "pending_approval", "rejected" -> "draft";
                case "paid" -> "paid";
                case "void" -> "voided";
                default -> "open";
            };
            assertThat(held.get("hs_number")).isEqualTo(text(invoice, "invoice_number"));
            assertThat(held.get("hs_currency")).isEqualTo(text(invoice, "currency_code"));
            assertThat(held.get("hs_invoice_status"))
                    .as("[%s] is %s", held.get("hs_number"), status)
                    .isEqualTo(shown);
            assertThat(held.get("zoho_books_status")).isEqualTo(status);
            assertThat(held.get("hs_invoice_billable")).isEqualTo("false");
            assertThat(held.get("hs_due_date"))
                    .isEqualTo(LocalDate.parse(text(invoice, "due_date"))
                            .atStartOfDay(hubspot.zone())
                            .toInstant()
                            .toString());
            assertAmount(held, "hs_amount_billed", decimal(invoice, "total"));
            assertAmount(held, "zoho_books_total", decimal(invoice, "total"));
            assertAmount(held, "zoho_books_balance", decimal(invoice, "balance"));
            assertAmount(held, "zoho_books_tax", decimal(invoice, "tax_total"));
            assertThat(held.get("zoho_books_details")).isEqualTo("complete");
            assertThat(hubspot.associated("invoices", held.id(), "companies"))
                    .as("company of [%s]", held.get("hs_number"))
                    .containsExactly(
                            held("companies", invoice.get("customer_id")).id());
            assertLines(invoice, held);
            attached.addAll(hubspot.associated("invoices", held.id(), "line_items"));
            assertAddressees(invoice, held);
        }
        assertThat(byKey.get("line_items").entrySet().stream()
                        .filter(line -> !attached.contains(line.getValue().id()))
                        .filter(line -> !isForgotten(line.getKey()))
                        .map(Map.Entry::getKey))
                .as("lines of no invoice")
                .isEmpty();
    }

    private void assertLines(Map<String, Object> invoice, Held held) {
        Set<String> ids = hubspot.associated("invoices", held.id(), "line_items");
        BigDecimal sum = byKey.get("line_items").values().stream()
                .filter(line -> ids.contains(line.id()))
                .map(line -> new BigDecimal(line.get("amount")))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum).as(text(invoice, "invoice_number")).isEqualByComparingTo(decimal(invoice, "total"));
        boolean plain = !invoice.get("discount_type").equals("entity_level")
                && Boolean.FALSE.equals(invoice.get("is_inclusive_tax"))
                && decimal(invoice, "adjustment").signum() >= 0;
        for (Map<String, Object> line : list(invoice.get("line_items"))) {
            if (line.get("line_item_category").equals("header")) {
                continue;
            }
            Held item = held("line_items", line.get("line_item_id"));
            assertThat(item.get("name")).startsWith(text(line, "name"));
            assertThat(item.get("hs_sku")).isEqualTo(text(line, "sku"));
            assertThat(item.get("description")).isEqualTo(text(line, "description"));
            assertThat(ids).contains(item.id());
            if (plain) {
                assertThat(new BigDecimal(item.get("amount"))).isEqualByComparingTo(decimal(line, "item_total"));
            }
            boolean undiscounted = line.get("discount") instanceof BigDecimal amount && amount.signum() == 0;
            if (plain && undiscounted) {
                assertThat(new BigDecimal(item.get("quantity"))).isEqualByComparingTo(decimal(line, "quantity"));
                assertThat(new BigDecimal(item.get("price"))).isEqualByComparingTo(decimal(line, "rate"));
            }
        }
    }

    private void assertAddressees(Map<String, Object> invoice, Held held) {
        Set<String> expected = new HashSet<>();
        Map<String, Object> customer = customers().stream()
                .filter(one -> one.get("contact_id").equals(invoice.get("customer_id")))
                .findFirst()
                .orElseThrow();
        for (Object id : (List<?>) invoice.get("contact_persons")) {
            Map<String, Object> person = list(customer.get("contact_persons")).stream()
                    .filter(one -> one.get("contact_person_id").equals(id))
                    .findFirst()
                    .orElse(Map.of());
            if (person.isEmpty()) {
                continue;
            }
            boolean owner = byKey.get("contacts").containsKey(books.organizationId() + ":" + id);
            if (owner) {
                expected.add(held("contacts", id).id());
            } else {
                assertThat(text(person, "email")).isNotEmpty();
            }
        }
        if (expected.isEmpty()) {
            primary(customer).ifPresent(expected::add);
        }
        Set<String> associated = hubspot.associated("invoices", held.id(), "contacts");
        if (expected.isEmpty()) {
            assertThat(associated).as(text(invoice, "invoice_number")).hasSize(1);
        } else {
            assertThat(associated).as(text(invoice, "invoice_number")).isEqualTo(expected);
        }
    }

    /**
     * The contact of the customer's primary person, or of the customer itself; an address finds it whoever owns it, unless it is
     * left out since another contact has it.
     */
    private Optional<String> primary(Map<String, Object> customer) {
        Map<String, Object> person = list(customer.get("contact_persons")).stream()
                .filter(one -> Boolean.TRUE.equals(one.get("is_primary_contact")))
                .findFirst()
                .orElse(null);
        String email = text(person == null ? customer : person, "email").toLowerCase(Locale.ROOT);
        String key = books.organizationId() + ":"
                + (person == null ? customer.get("contact_id") + ":self" : person.get("contact_person_id"));
        return byKey.get("contacts").values().stream()
                .filter(contact -> !presentCompanies(contact).isEmpty())
                .filter(contact -> contact.get("zoho_books_key").equals(key)
                        || (!email.isEmpty() && contact.get("email").equals(email)))
                .min(Comparator.comparing(
                        contact -> !contact.get("zoho_books_key").equals(key)))
                .map(Held::id);
    }

    private void assertPayments() {
        List<Map<String, Object>> payments = payments().stream()
                .filter(payment -> text(payment, "retainerinvoice_id").isEmpty())
                .toList();
        assertThat(byKey.get("commerce_payments")).hasSize(payments.size());
        for (Map<String, Object> payment : payments) {
            Held held = held("commerce_payments", payment.get("payment_id"));
            assertAmount(held, "hs_initial_amount", decimal(payment, "amount"));
            assertThat(held.get("hs_currency_code")).isEqualTo(text(payment, "currency_code"));
            assertThat(held.get("hs_initiated_date"))
                    .isEqualTo(LocalDate.parse(text(payment, "date"))
                            .atStartOfDay(hubspot.zone())
                            .toInstant()
                            .toString());
            assertThat(held.get("hs_reference_number")).isEqualTo(text(payment, "reference_number"));
            assertThat(held.get("zoho_books_method")).isEqualTo(text(payment, "payment_mode"));
            assertThat(held.get("hs_latest_status"))
                    .isEqualTo(decimal(payment, "amount_refunded").signum() > 0 ? "partially_refunded" : "succeeded");
            Set<String> invoices = new HashSet<>();
            List<String> allocations = new ArrayList<>();
            for (Map<String, Object> part : list(payment.get("invoices"))) {
                invoices.add(held("invoices", part.get("invoice_id")).id());
                allocations.add(part.get("invoice_number") + ";" + part.get("invoice_id") + ";"
                        + decimal(part, "amount_applied").toPlainString());
            }
            assertThat(hubspot.associated("commerce_payments", held.id(), "invoices"))
                    .as("invoices of %s", held.get("zoho_books_key"))
                    .isEqualTo(invoices);
            assertThat(held.get("zoho_books_allocations"))
                    .as("allocations of %s", held.get("zoho_books_key"))
                    .isEqualTo(String.join("\n", allocations));
            assertThat(hubspot.associated("commerce_payments", held.id(), "companies"))
                    .as("company of %s", held.get("zoho_books_key"))
                    .containsExactly(
                            held("companies", payment.get("customer_id")).id());
        }
    }

    private static void assertAmount(Held held, String property, BigDecimal expected) {
        String what = property + " of " + held.get("zoho_books_key");
        assertThat(held.get(property)).as(what).isNotEmpty();
        assertThat(new BigDecimal(held.get(property))).as(what).isEqualByComparingTo(expected);
    }
}
