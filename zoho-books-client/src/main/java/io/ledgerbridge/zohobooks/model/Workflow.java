package io.ledgerbridge.zohobooks.model;

import com.squareup.moshi.Json;

/**
 * A workflow rule: when something happens to records of its entity, its actions are taken.
 *
 * @param ruleType {@code add_edit} or {@code delete}
 */
public record Workflow(
        @Json(name = "workflow_id") String workflowId,
        @Json(name = "workflow_name") String workflowName,
        String entity,
        @Json(name = "rule_type") String ruleType,
        RawJson raw) {}
