package io.ledgerbridge.testkit;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Items, currencies, taxes, webhooks and workflow rules of the fake (reference 4.7 and 5.1). */
final class ZohoSettings {

    private static final int LONGEST_WEBHOOK_NAME = 50;

    final Map<String, Map<String, Object>> items = new LinkedHashMap<>();
    final Map<String, Map<String, Object>> currencies = new LinkedHashMap<>();
    final Map<String, Map<String, Object>> taxes = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> webhooks = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> workflows = new LinkedHashMap<>();

    String addItem(FakeZohoBooks books, String name, String rate) {
        String id = books.newId();
        String stamp = books.stamp(books.time.now());
        items.put(
                id,
                Json.object(
                        "item_id", id,
                        "name", name,
                        "status", "active",
                        "description", "",
                        "rate", new BigDecimal(rate),
                        "unit", "",
                        "sku", "",
                        "product_type", "goods",
                        "item_type", "sales",
                        "tax_id", "",
                        "tax_name", "",
                        "tax_percentage", "",
                        "custom_fields", List.of(),
                        "created_time", stamp,
                        "last_modified_time", stamp));
        return id;
    }

    String addCurrency(FakeZohoBooks books, String code, String rate, boolean base) {
        String id = base ? "2000000000000000065" : books.newId();
        currencies.put(
                id,
                Json.object(
                        "currency_id", id,
                        "currency_code", code,
                        "currency_name", code,
                        "currency_symbol", code,
                        "price_precision", 2,
                        "currency_format", "1,234,567.89",
                        "is_base_currency", base,
                        "exchange_rate", new BigDecimal(rate),
                        "effective_date", base ? "" : books.today().toString()));
        return id;
    }

    void addTax(InvoiceDraft.Tax tax) {
        taxes.put(
                tax.id(),
                Json.object(
                        "tax_id",
                        tax.id(),
                        "tax_name",
                        tax.name(),
                        "tax_percentage",
                        new BigDecimal(tax.percentage()),
                        "tax_type",
                        "tax",
                        "tax_specific_type",
                        "",
                        "tax_authority_id",
                        "",
                        "tax_authority_name",
                        "",
                        "is_default_tax",
                        false,
                        "is_value_added",
                        true,
                        "is_editable",
                        true));
    }

    /** Rows of {@code GET /settings/webhooks}, with the rules that fire each. */
    List<Map<String, Object>> webhooks() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Map<String, Object> webhook : webhooks.values()) {
            Map<String, Object> row = new LinkedHashMap<>(webhook);
            row.remove("secret");
            row.put(
                    "related_rules",
                    workflows.values().stream()
                            .filter(rule -> ZohoRows.children(rule, "instant_actions").stream()
                                    .anyMatch(action ->
                                            Json.text(webhook, "webhook_id").equals(action.get("action_id"))))
                            .map(rule -> Json.object("workflow_id", rule.get("workflow_id")))
                            .toList());
            rows.add(row);
        }
        return rows;
    }

    Collection<Map<String, Object>> workflows() {
        return workflows.values();
    }

    FakeAnswer createWebhook(FakeZohoBooks books, FakeRequest request) {
        Map<String, Object> body = body(request);
        String name = Json.text(body, "webhook_name");
        String secret = Json.text(body, "secret");
        if (Json.text(body, "url").isEmpty() || name.isEmpty() || name.length() > LONGEST_WEBHOOK_NAME) {
            return FakeZohoBooks.error(400, 4, "Invalid value passed for the webhook");
        }
        if (!secret.isEmpty() && !secret.matches("[A-Za-z0-9]{12,50}")) {
            return FakeZohoBooks.error(400, 4, "Invalid value passed for secret");
        }
        return created(webhooks, "webhook", body, books);
    }

    FakeAnswer createWorkflow(FakeZohoBooks books, FakeRequest request) {
        Map<String, Object> body = body(request);
        boolean known = ZohoRows.children(body, "instant_actions").stream()
                .anyMatch(action -> webhooks.containsKey(Json.text(action, "action_id")));
        if (!List.of("add_edit", "delete").contains(Json.text(body, "rule_type")) || !known) {
            return FakeZohoBooks.error(400, 4, "Invalid value passed for the workflow");
        }
        return created(workflows, "workflow", body, books);
    }

    /** Webhooks that a rule of this sort fires. */
    List<Map<String, Object>> firing(String entity, String ruleType) {
        List<Map<String, Object>> firing = new ArrayList<>();
        for (Map<String, Object> rule : workflows.values()) {
            if (entity.equals(rule.get("entity")) && ruleType.equals(rule.get("rule_type"))) {
                ZohoRows.children(rule, "instant_actions").forEach(action -> {
                    Map<String, Object> webhook = webhooks.get(Json.text(action, "action_id"));
                    if (webhook != null) {
                        firing.add(webhook);
                    }
                });
            }
        }
        return firing;
    }

    FakeAnswer delete(String kind, String id) {
        Map<String, Map<String, Object>> records = kind.equals("webhooks") ? webhooks : workflows;
        return records.remove(id) == null
                ? FakeZohoBooks.error(404, 1002, "The resource does not exist.")
                : FakeAnswer.json(200, Json.object("code", 0, "message", "deleted"));
    }

    private static FakeAnswer created(
            Map<String, Map<String, Object>> records, String key, Map<String, Object> body, FakeZohoBooks books) {
        String id = books.newId();
        Map<String, Object> record = Json.object(key + "_id", id);
        record.putAll(body);
        records.put(id, record);
        return FakeAnswer.json(201, Json.object("code", 0, "message", "created", key, Json.object(key + "_id", id)));
    }

    private static Map<String, Object> body(FakeRequest request) {
        try {
            return Json.parseObject(request.body());
        } catch (IOException e) {
            return Map.of();
        }
    }
}
