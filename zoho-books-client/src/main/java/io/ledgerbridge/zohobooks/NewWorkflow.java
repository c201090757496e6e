package io.ledgerbridge.zohobooks;

import com.squareup.moshi.JsonWriter;
import io.ledgerbridge.zohobooks.internal.JsonBody;
import java.io.IOException;
import okhttp3.RequestBody;

/**
 * A workflow rule to be created, which fires a webhook for every record of an entity that is written or deleted.
 *
 * @param name of the rule
 * @param entity as of the webhook: {@code invoice}, {@code contact}, ...
 * @param webhookId what it fires
 */
public record NewWorkflow(String name, String entity, Trigger trigger, String webhookId) {

    /** What happens to a record. */
    public enum Trigger {
        CREATED_OR_EDITED("add_edit"),
        DELETED("delete");

        private final String wire;

        Trigger(String wire) {
            this.wire = wire;
        }
    }

    public NewWorkflow {
        Ids.valid("webhook id", webhookId);
        if (name.isBlank() || entity.isBlank()) {
            throw new IllegalArgumentException("a workflow rule needs a name and an entity");
        }
    }

    RequestBody body() {
        return JsonBody.of(this::write);
    }

    private void write(JsonWriter json) throws IOException {
        json.beginObject();
        json.name("workflow_name").value(name);
        json.name("entity").value(entity);
        json.name("rule_type").value(trigger.wire);
        json.name("rule").beginObject().endObject();
        json.name("apply_rule_always").value(true);
        json.name("instant_actions").beginArray().beginObject();
        json.name("action_id").value(webhookId);
        json.name("action_type").value("webhook");
        json.endObject().endArray();
        json.endObject();
    }
}
