package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;
import java.util.List;

/**
 * A webhook of the organisation. It fires only if a workflow rule names it.
 *
 * @param entity what it is about: {@code invoice}, {@code contact}, ...
 * @param relatedRules the workflow rules that fire it
 */
public record Webhook(
        @Json(name = "webhook_id") String webhookId,
        @Json(name = "webhook_name") String webhookName,
        String description,
        String entity,
        String method,
        String url,
        @Json(name = "related_rules") List<RelatedRule> relatedRules,
        RawJson raw) {

    /** A workflow rule that fires a webhook. */
    public record RelatedRule(@Json(name = "workflow_id") String workflowId) {}
}
