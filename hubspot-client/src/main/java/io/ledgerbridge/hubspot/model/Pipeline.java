package io.ledgerbridge.hubspot.model;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stages that records such as deals pass.
 *
 * @param id what records hold, {@code default} for the first
 */
public record Pipeline(String id, String label, List<Stage> stages) {

    /**
     * One stage.
     *
     * @param id what records hold
     * @param closed whether a record in it is done
     * @param probability between 0 and 1 for deals; null for other types
     */
    public record Stage(
            String id,
            String label,
            boolean closed,
            @Nullable BigDecimal probability) {}
}
