package io.ledgerbridge.testkit;

import io.ledgerbridge.testkit.HubSpotCatalog.ObjectType;
import io.ledgerbridge.testkit.HubSpotCatalog.PropertyDefinition;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Currency;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The records of the fake account, with the rules that hold for every write. */
final class HubSpotRecords {

    private static final int LONGEST_TEXT = 65_536;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s\"]+@[^@\\s\"]+\\.[^@\\s\".]{2,}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE]-?\\d+)?");
    private static final Pattern WHOLE = Pattern.compile("-?\\d+");

    /** Nothing asks what a record was before that. */
    private static final Duration LONGEST_LAG = Duration.ofHours(2);

    /** Types that take their line items with them when they are deleted. */
    private static final Set<String> PARENTS = Set.of("invoices", "deals");

    /** One stored record; associations are kept per target type. */
    static final class Stored {
        final String id;
        final Map<String, String> properties = new LinkedHashMap<>();
        final Map<String, Set<String>> associations = new LinkedHashMap<>();
        /** Ids of labelled association types, by target type and id. */
        final Map<String, Set<Integer>> labels = new LinkedHashMap<>();

        final Instant createdAt;
        Instant updatedAt;

        /** What properties held before they were changed, the last change at the end; empty if there was none. */
        private final Deque<Edit> edits = new ArrayDeque<>();

        private record Edit(Instant at, Map<String, String> before) {}

        Stored(String id, Instant createdAt) {
            this.id = id;
            this.createdAt = createdAt;
            this.updatedAt = createdAt;
        }

        private void remember(Instant at, Map<String, String> before) {
            while (!edits.isEmpty() && edits.getFirst().at().plus(LONGEST_LAG).isBefore(at)) {
                edits.removeFirst();
            }
            edits.addLast(new Edit(at, before));
        }

        /** As the search index, which lags behind, has it: as it was at a moment, null if it was not there yet. */
        @Nullable
        Stored asOf(Instant moment) {
            if (createdAt.isAfter(moment)) {
                return null;
            }
            Stored old = new Stored(id, createdAt);
            old.updatedAt = updatedAt;
            old.properties.putAll(properties);
            old.associations.putAll(associations);
            Iterator<Edit> latest = edits.descendingIterator();
            while (latest.hasNext()) {
                Edit edit = latest.next();
                if (!edit.at().isAfter(moment)) {
                    break;
                }
                old.updatedAt = edit.at();
                old.properties.putAll(edit.before());
            }
            old.properties.values().removeIf(String::isEmpty);
            return old;
        }
    }

    /** Why a write was refused. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        final int status;
        final String category;
        final boolean wholeCall;
        final transient Map<String, Object> context;

        Refused(int status, String category, String message, boolean wholeCall) {
            this(status, category, message, wholeCall, Map.of());
        }

        Refused(int status, String category, String message, boolean wholeCall, Map<String, Object> context) {
            super(message);
            this.status = status;
            this.category = category;
            this.wholeCall = wholeCall;
            this.context = context;
        }
    }

    private final Map<String, Map<String, Stored>> byType = new LinkedHashMap<>();
    private final Map<String, Map<String, Stored>> recycleBin = new LinkedHashMap<>();
    private final Map<String, Map<String, PropertyDefinition>> custom = new LinkedHashMap<>();
    private final Map<String, Set<String>> required = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> uniqueValues = new LinkedHashMap<>();
    private final Set<Stored> withMoreEmails = new LinkedHashSet<>();
    private final Set<String> currencies;
    private final long portalId;
    private final Map<String, String> mergedInto = new LinkedHashMap<>();
    private long nextId = 55_512_345_001L;
    boolean paymentsMarkInvoicesPaid = true;
    boolean losesAmountBilled;

    HubSpotRecords(long portalId, Set<String> currencies) {
        this.portalId = portalId;
        this.currencies = currencies;
    }

    Map<String, Stored> of(String type) {
        return byType.computeIfAbsent(type, t -> new LinkedHashMap<>());
    }

    Map<String, Stored> recycleBin(String type) {
        return recycleBin.computeIfAbsent(type, t -> new LinkedHashMap<>());
    }

    /** Names of properties that an administrator requires of new records. */
    Set<String> required(String type) {
        return required.computeIfAbsent(type, t -> new LinkedHashSet<>());
    }

    Map<String, PropertyDefinition> custom(String type) {
        return custom.computeIfAbsent(type, t -> new LinkedHashMap<>());
    }

    @Nullable
    PropertyDefinition definition(ObjectType type, String name) {
        PropertyDefinition standard = type.standard().get(name);
        return standard != null ? standard : custom(type.slug()).get(name);
    }

    Set<String> currencies() {
        return currencies;
    }

    /** Finds by record id, or by the value of a unique property. */
    @Nullable
    Stored find(ObjectType type, @Nullable String idProperty, String id) {
        if (idProperty == null || idProperty.equals("hs_object_id")) {
            return of(type.slug()).get(mergedInto.getOrDefault(id, id));
        }
        if (type.slug().equals("contacts") && idProperty.equals("email")) {
            return byEmail(id);
        }
        String owner = unique(type.slug(), idProperty).get(normal(id));
        return owner == null ? null : of(type.slug()).get(owner);
    }

    boolean isUnique(ObjectType type, String property) {
        PropertyDefinition definition = definition(type, property);
        return definition != null && definition.unique();
    }

    Stored create(ObjectType type, Map<String, String> properties, Instant now) throws Refused {
        String id = String.valueOf(nextId++);
        Map<String, String> values = normalised(type, properties);
        checkUnique(type, values, id);
        checkRequired(type, values);
        checkNeeded(type, values);
        Stored stored = new Stored(id, now);
        if (type.slug().equals("invoices")) {
            stored.properties.put("hs_invoice_status", "draft");
            stored.properties.put("hs_invoice_billable", "true");
            String status = values.get("hs_invoice_status");
            if (status != null && !status.equals("draft")) {
                checkStatus(stored, values, status);
            }
        }
        if (type.slug().equals("commerce_payments")) {
            stored.properties.put("hs_latest_status", "processing");
        }
        of(type.slug()).put(id, stored);
        store(type, stored, values, now);
        return stored;
    }

    void update(ObjectType type, Stored stored, Map<String, String> properties, Instant now) throws Refused {
        Map<String, String> values = normalised(type, properties);
        checkUnique(type, values, stored.id);
        String status = values.get("hs_invoice_status");
        if (type.slug().equals("invoices")
                && status != null
                && !status.equals(stored.properties.get("hs_invoice_status"))) {
            checkStatus(stored, values, status);
        }
        store(type, stored, values, now);
    }

    void archive(ObjectType type, String id) {
        Stored stored = of(type.slug()).remove(id);
        if (stored == null) {
            return;
        }
        recycleBin(type.slug()).put(id, stored);
        if (PARENTS.contains(type.slug())) {
            ObjectType lines = HubSpotCatalog.TYPES.get("line_items");
            Set<String> children = stored.associations.getOrDefault("line_items", Set.of());
            if (lines != null) {
                List.copyOf(children).forEach(line -> archive(lines, line));
            }
        }
        stored.properties.forEach((name, value) -> unique(type.slug(), name).remove(normal(value), id));
        stored.associations.forEach((to, ids) -> ids.forEach(other -> {
            Stored record = of(to).get(other);
            if (record != null) {
                record.associations
                        .getOrDefault(type.slug(), new LinkedHashSet<>())
                        .remove(id);
            }
        }));
    }

    void merge(ObjectType type, String id, String into) {
        Stored merged = of(type.slug()).get(id);
        Map<String, Set<String>> associations = new LinkedHashMap<>();
        if (merged == null || !of(type.slug()).containsKey(into)) {
            throw new IllegalArgumentException("no such records to merge");
        }
        merged.associations.forEach((to, ids) -> associations.put(to, new LinkedHashSet<>(ids)));
        archive(type, id);
        recycleBin(type.slug()).remove(id);
        associations.forEach((to, ids) -> ids.forEach(other -> {
            try {
                associate(type.slug(), into, to, other);
            } catch (Refused e) {
                throw new IllegalStateException(e);
            }
        }));
        mergedInto.put(id, into);
    }

    void associate(String from, String fromId, String to, String toId) throws Refused {
        Stored first = of(from).get(fromId);
        Stored second = of(to).get(toId);
        if (first == null || second == null) {
            String missing = first == null ? from + " with ID " + fromId : to + " with ID " + toId;
            throw new Refused(404, "OBJECT_NOT_FOUND", "No " + missing + " exists", false);
        }
        oneParent(from, first, to, second);
        oneParent(to, second, from, first);
        first.associations.computeIfAbsent(to, t -> new LinkedHashSet<>()).add(toId);
        second.associations.computeIfAbsent(from, t -> new LinkedHashSet<>()).add(fromId);
        if (from.equals("invoices") && to.equals("commerce_payments")) {
            paid(first, second);
        } else if (to.equals("invoices") && from.equals("commerce_payments")) {
            paid(second, first);
        }
    }

    void dissociate(String from, String fromId, String to, String toId) {
        Stored first = of(from).get(fromId);
        Stored second = of(to).get(toId);
        if (first != null && second != null) {
            first.associations.getOrDefault(to, new LinkedHashSet<>()).remove(toId);
            second.associations.getOrDefault(from, new LinkedHashSet<>()).remove(fromId);
            first.labels.remove(to + "/" + toId);
            second.labels.remove(from + "/" + fromId);
        }
    }

    /** Associating a completed payment marks the invoice paid, whatever its amount. */
    private void paid(Stored invoice, Stored payment) {
        if (paymentsMarkInvoicesPaid && "succeeded".equals(payment.properties.get("hs_latest_status"))) {
            invoice.properties.put("hs_invoice_status", "paid");
        }
    }

    private static void oneParent(String type, Stored record, String parentType, Stored parent) throws Refused {
        if (!type.equals("line_items") || parentType.equals("commerce_payments")) {
            return;
        }
        for (Map.Entry<String, Set<String>> parents : record.associations.entrySet()) {
            for (String id : parents.getValue()) {
                if (!id.equals(parent.id)) {
                    throw invalid(
                            "Line item " + record.id + " already belongs to " + parents.getKey() + " " + id, false);
                }
            }
        }
    }

    private void store(ObjectType type, Stored stored, Map<String, String> values, Instant now) {
        if (now.isAfter(stored.createdAt)) {
            Map<String, String> before = new LinkedHashMap<>();
            values.keySet().forEach(name -> before.put(name, stored.properties.getOrDefault(name, "")));
            stored.remember(now, before);
        }
        values.forEach((name, value) -> {
            String before = stored.properties.get(name);
            if (before != null && isUnique(type, name)) {
                unique(type.slug(), name).remove(normal(before), stored.id);
            }
            if (value.isEmpty()) {
                stored.properties.remove(name);
            } else {
                stored.properties.put(name, value);
                if (isUnique(type, name)) {
                    unique(type.slug(), name).put(normal(value), stored.id);
                }
            }
        });
        if (values.containsKey("hs_additional_emails")) {
            withMoreEmails.add(stored);
        }
        if (type.slug().equals("line_items")) {
            stored.properties.put("amount", lineAmount(stored.properties).toPlainString());
        }
        if (type.slug().equals("invoices") && losesAmountBilled && values.containsKey("hs_amount_billed")) {
            stored.properties.put("hs_amount_billed", "0");
            losesAmountBilled = false;
        }
        stored.updatedAt = now;
    }

    /** What the account computes from quantity, price and discounts, rounded to the currency's digits. */
    private static BigDecimal lineAmount(Map<String, String> line) {
        BigDecimal price = number(line.get("price"), "0").subtract(number(line.get("discount"), "0"));
        BigDecimal percentage = number(line.get("hs_discount_percentage"), "0");
        BigDecimal amount = price.multiply(number(line.get("quantity"), "1"))
                .multiply(BigDecimal.valueOf(100).subtract(percentage))
                .divide(BigDecimal.valueOf(100));
        String currency = line.get("hs_line_item_currency_code");
        int digits = currency == null
                ? 2
                : Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        return amount.setScale(digits, RoundingMode.HALF_UP);
    }

    private static BigDecimal number(@Nullable String value, String otherwise) {
        return new BigDecimal(value == null ? otherwise : value);
    }

    private Map<String, String> normalised(ObjectType type, Map<String, String> properties) throws Refused {
        for (String name : properties.keySet()) {
            if (definition(type, name) == null) {
                throw invalid(
                        problem("Property \\\"" + name + "\\\" does not exist", "PROPERTY_DOESNT_EXIST", name), true);
            }
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : properties.entrySet()) {
            PropertyDefinition definition = definition(type, entry.getKey());
            if (definition != null) {
                values.put(entry.getKey(), valid(type, definition, entry.getValue()));
            }
        }
        return values;
    }

    private String valid(ObjectType type, PropertyDefinition definition, String value) throws Refused {
        String name = definition.name();
        if (definition.readOnly()) {
            throw invalid(
                    problem(name + " is a read only property; its value cannot be set.", "READ_ONLY_VALUE", name),
                    false);
        }
        if (value.isEmpty()) {
            return value;
        }
        if (type.slug().equals("contacts") && name.equals("email")) {
            if (!EMAIL.matcher(value).matches()) {
                throw invalid(
                        problem("Email address " + value.replace("\"", "") + " is invalid", "INVALID_EMAIL", name),
                        false);
            }
            return value.toLowerCase(Locale.ROOT);
        }
        switch (definition.type()) {
            case "number" -> checkNumber(name, value);
            case "date" -> checkDate(name, value);
            case "datetime" -> checkDatetime(name, value);
            case "bool" -> {
                if (!value.equals("true") && !value.equals("false")) {
                    throw invalid(problem(value + " is not a boolean", "INVALID_BOOLEAN_OPTION", name), false);
                }
            }
            case "enumeration" -> {
                Set<String> options = definition.options().isEmpty() ? currencies : definition.options();
                if (!options.contains(value)) {
                    throw invalid(
                            problem(value + " was not one of the allowed options", "INVALID_OPTION", name), false);
                }
            }
            default -> {
                if (value.length() > LONGEST_TEXT) {
                    throw invalid(problem(name + " is longer than 65536 characters", "INVALID_STRING", name), false);
                }
            }
        }
        if (type.slug().equals("line_items") && name.equals("price") && new BigDecimal(value).signum() < 0) {
            throw invalid(problem("price may not be negative", "INVALID_PRICE", name), false);
        }
        return value;
    }

    private static void checkNumber(String name, String value) throws Refused {
        if (!NUMBER.matcher(value).matches()) {
            throw invalid(problem(value + " was not a valid number.", "INVALID_LONG", name), false);
        }
    }

    private static void checkDate(String name, String value) throws Refused {
        try {
            if (WHOLE.matcher(value).matches()) {
                if (Long.parseLong(value) % 86_400_000L != 0) {
                    throw invalid(problem(value + " is not at midnight UTC.", "INVALID_DATE", name), false);
                }
            } else {
                LocalDate.parse(value);
            }
        } catch (DateTimeException e) {
            throw invalid(problem(value + " was not a valid date.", "INVALID_LONG", name), false);
        }
    }

    private static void checkDatetime(String name, String value) throws Refused {
        try {
            if (!WHOLE.matcher(value).matches()) {
                Instant.parse(value);
            }
        } catch (DateTimeException e) {
            throw invalid(problem(value + " was not a valid long.", "INVALID_LONG", name), false);
        }
    }

    private void checkRequired(ObjectType type, Map<String, String> values) throws Refused {
        List<String> missing = required(type.slug()).stream()
                .filter(name -> values.getOrDefault(name, "").isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw new Refused(
                    400,
                    "VALIDATION_ERROR",
                    "Error creating " + type.id() + ". Some required properties were not set.",
                    false,
                    Map.of("properties", missing));
        }
    }

    private void checkNeeded(ObjectType type, Map<String, String> values) throws Refused {
        List<String> oneOf = switch (type.slug()) {
            case "companies" -> List.of("domain", "name");
            case "contacts" -> List.of("email", "firstname", "lastname");
            case "invoices" -> List.of("hs_currency");
            case "commerce_payments" -> List.of("hs_initial_amount");
            default -> List.of();
        };
        if (!oneOf.isEmpty()
                && oneOf.stream().allMatch(name -> values.getOrDefault(name, "").isEmpty())) {
            throw invalid("Error creating " + type.slug() + ". Some required properties were not set: " + oneOf, false);
        }
        if (type.slug().equals("commerce_payments") && !values.containsKey("hs_initiated_date")) {
            throw invalid(
                    "Error creating commerce_payments. Some required properties were not set: [hs_initiated_date]",
                    false);
        }
    }

    /** A status needs an associated line item; a billable invoice needs a contact too. */
    private static void checkStatus(Stored stored, Map<String, String> values, String status) throws Refused {
        boolean creating = stored.associations.isEmpty() && values.containsKey("hs_currency");
        boolean billable = !"false"
                .equals(values.getOrDefault(
                        "hs_invoice_billable", stored.properties.getOrDefault("hs_invoice_billable", "true")));
        if (creating && !billable) {
            return;
        }
        if (stored.associations.getOrDefault("line_items", Set.of()).isEmpty()) {
            throw invalid(
                    "Cannot set hs_invoice_status to " + status
                            + ": required association INVOICE_TO_LINE_ITEM is missing",
                    false);
        }
        if (billable && stored.associations.getOrDefault("contacts", Set.of()).isEmpty()) {
            throw invalid(
                    "Cannot set hs_invoice_status to " + status
                            + ": required association INVOICE_TO_CONTACT is missing",
                    false);
        }
    }

    private void checkUnique(ObjectType type, Map<String, String> values, String id) throws Refused {
        for (Map.Entry<String, String> entry : values.entrySet()) {
            if (entry.getValue().isEmpty() || !isUnique(type, entry.getKey())) {
                continue;
            }
            String owner = unique(type.slug(), entry.getKey()).get(normal(entry.getValue()));
            if (entry.getKey().equals("email")) {
                Stored byEmail = byEmail(entry.getValue());
                owner = byEmail == null ? null : byEmail.id;
            }
            if (owner != null && !owner.equals(id)) {
                throw invalid(
                        "Cannot set PropertyValueCoordinates{portalId=" + portalId
                                + ", objectTypeId=ObjectTypeId{legacyObjectType="
                                + type.slug().toUpperCase(Locale.ROOT) + "}, propertyName=" + entry.getKey()
                                + ", value="
                                + entry.getValue() + "} on " + id + ". " + owner + " already has that value.",
                        true);
            }
        }
    }

    private @Nullable Stored byEmail(String email) {
        if (email.isEmpty()) {
            return null;
        }
        String wanted = normal(email);
        String owner = unique("contacts", "email").get(wanted);
        if (owner != null) {
            return of("contacts").get(owner);
        }
        for (Stored contact : withMoreEmails) {
            String more = contact.properties.getOrDefault("hs_additional_emails", "");
            if (of("contacts").containsKey(contact.id)
                    && List.of(normal(more).split(";")).contains(wanted)) {
                return contact;
            }
        }
        return null;
    }

    private Map<String, String> unique(String type, String property) {
        return uniqueValues.computeIfAbsent(type + " " + property, key -> new LinkedHashMap<>());
    }

    private static String normal(String value) {
        return value.toLowerCase(Locale.ROOT);
    }

    private static String problem(String message, String error, String name) {
        return "Property values were not valid: [{\"isValid\":false,\"message\":\"" + message + "\",\"error\":\""
                + error + "\",\"name\":\"" + name + "\"}]";
    }

    private static Refused invalid(String message, boolean wholeCall) {
        return new Refused(400, "VALIDATION_ERROR", message, wholeCall);
    }
}
