package io.ledgerbridge.zohobooks;

import io.ledgerbridge.zohobooks.internal.ZohoApi;
import io.ledgerbridge.zohobooks.model.Webhook;

/**
 * The organisation's webhooks. One fires only if a workflow rule names it: see {@link Workflows}. Plans limit how many
 * there may be; one too many is a {@link ZohoRequestException}.
 *
 * @see <a href="https://www.zoho.com/books/api/v3/webhooks/">Zoho Books API, webhooks</a>
 */
public final class Webhooks {

    private static final Parameters<Webhook> ALL = Parameters.none();

    private final Calls calls;
    private final ZohoApi api;

    Webhooks(Calls calls, ZohoApi api) {
        this.calls = calls;
        this.api = api;
    }

    /** Needs the scope {@code ZohoBooks.settings.READ}. */
    public Listing<Webhook> list() {
        return new Listing<>(
                calls,
                ALL,
                Webhook::webhookId,
                number -> Page.of(calls.answer(() -> api.webhooks(ALL.onPage(number))), number));
    }

    /**
     * Needs the scope {@code ZohoBooks.settings.CREATE}. Not repeated when the answer is lost: list the webhooks before
     * you create it again.
     */
    public Webhook create(NewWebhook webhook) {
        return Details.create(calls, () -> api.createWebhook(webhook.body()));
    }

    /**
     * Needs the scope {@code ZohoBooks.settings.DELETE}.
     *
     * @return false if there was none
     */
    public boolean delete(String id) {
        String valid = Ids.valid("webhook id", id);
        return calls.delete(() -> api.deleteWebhook(valid));
    }
}
