package io.ledgerbridge.sync;

import io.ledgerbridge.zohobooks.NewWebhook;
import io.ledgerbridge.zohobooks.NewWorkflow;
import io.ledgerbridge.zohobooks.NewWorkflow.Trigger;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoRequestException;
import io.ledgerbridge.zohobooks.model.Webhook;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes the webhooks of a connection in Zoho Books, with the workflow rules that fire them, and removes them. Needs the scopes
 * {@code ZohoBooks.settings.READ}, {@code CREATE} and {@code DELETE}.
 */
public final class WebhookSetup {

    /** Zoho's names of entities, by ours. Those of payments and credit notes are told by its documentation alone. */
    private static final Map<String, String> ZOHO_NAMES = new TreeMap<>(Map.of(
            "invoice", "invoice",
            "contact", "contact",
            "payment", "customer_payment",
            "creditnote", "creditnote"));

    private static final int LONGEST_NAME = 50;

    private final ZohoBooks zoho;
    private final String connection;

    private WebhookSetup(ZohoBooks zoho, String connection) {
        this.zoho = zoho;
        this.connection = connection;
    }

    /** Of the connection with this name. */
    public static WebhookSetup of(ZohoBooks zoho, String connection) {
        return new WebhookSetup(zoho, SyncEngine.validName(connection));
    }

    /**
     * What was made.
     *
     * @param made events that are told from now on, such as {@code invoice.upsert}
     * @param present those that were told already
     * @param refused those that Zoho does not let be told, with its words
     */
    public record Installed(List<String> made, List<String> present, Map<String, String> refused) {}

    /**
     * Makes what is missing; what is there already stays as it is. So a lost answer does no harm.
     *
     * @param url of the receiver, https; connection and event are added to its query
     * @param secret 12 to 50 letters and digits, with which Zoho signs
     */
    public Installed install(String url, String secret) {
        String receiver = checked(url);
        Map<String, Webhook> present = ours();
        List<String> made = new ArrayList<>();
        List<String> before = new ArrayList<>();
        Map<String, String> refused = new LinkedHashMap<>();
        ZOHO_NAMES.forEach((entity, zohoName) -> {
            for (Trigger trigger : Trigger.values()) {
                String event =
                        entity + "." + (trigger == Trigger.DELETED ? WebhookHandler.DELETED : WebhookHandler.UPSERT);
                Webhook known = present.get(name(event));
                try {
                    if (known == null) {
                        make(receiver, secret, event, zohoName, trigger);
                        made.add(event);
                    } else if (known.relatedRules().isEmpty()) {
                        rule(event, zohoName, trigger, known.webhookId());
                        made.add(event);
                    } else {
                        before.add(event);
                    }
                } catch (ZohoRequestException e) {
                    refused.put(event, String.valueOf(e.getMessage()));
                }
            }
        });
        return new Installed(List.copyOf(made), List.copyOf(before), Map.copyOf(refused));
    }

    static String checked(String url) {
        try {
            URI parsed = new URI(url);
            if ("https".equals(parsed.getScheme()) && parsed.getHost() != null && parsed.getFragment() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw new IllegalArgumentException("the address of the receiver must be https, but was '" + url + "'");
    }

    private void make(String receiver, String secret, String event, String entity, Trigger trigger) {
        String address = receiver + (receiver.contains("?") ? "&" : "?") + "connection="
                + URLEncoder.encode(connection, StandardCharsets.UTF_8) + "&event=" + event;
        Webhook webhook = zoho.webhooks()
                .create(NewWebhook.of(name(event), entity, address)
                        .withDescription("Tells Ledgerbridge of changes. Made and removed by it.")
                        .withSecret(secret));
        rule(event, entity, trigger, webhook.webhookId());
    }

    private void rule(String event, String entity, Trigger trigger, String webhookId) {
        zoho.workflows().create(new NewWorkflow(name(event), entity, trigger, webhookId));
    }

    /**
     * Removes what {@link #install} has made, rules first.
     *
     * @return how many webhooks
     */
    public int remove() {
        Set<Webhook> all = new HashSet<>(ours().values());
        for (Webhook webhook : all) {
            webhook.relatedRules().forEach(rule -> zoho.workflows().delete(rule.workflowId()));
            zoho.webhooks().delete(webhook.webhookId());
        }
        return all.size();
    }

    /** By their names, which nobody else gives. */
    private Map<String, Webhook> ours() {
        Map<String, Webhook> byName = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        ZOHO_NAMES.keySet().forEach(entity -> {
            names.add(name(entity + "." + WebhookHandler.UPSERT));
            names.add(name(entity + "." + WebhookHandler.DELETED));
        });
        for (Webhook webhook : zoho.webhooks().list()) {
            if (names.contains(webhook.webhookName())) {
                byName.put(webhook.webhookName(), webhook);
            }
        }
        return byName;
    }

    private String name(String event) {
        String name = "Ledgerbridge " + event + " " + connection;
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }
}
