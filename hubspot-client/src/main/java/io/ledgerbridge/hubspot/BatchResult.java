package io.ledgerbridge.hubspot;

import java.util.List;
import java.util.Map;

/**
 * The outcomes of a batch, one for each input.
 *
 * @param outcomes by the input's id: the value of its key for upserts, the record id for updates
 */
public record BatchResult(Map<String, Outcome> outcomes) {

    public Outcome of(String id) {
        return outcomes.getOrDefault(id, new Outcome.Unknown("no input had the id " + id));
    }

    /** Inputs that were refused. */
    public List<Outcome.Refused> refused() {
        return outcomes.values().stream()
                .filter(Outcome.Refused.class::isInstance)
                .map(Outcome.Refused.class::cast)
                .toList();
    }
}
