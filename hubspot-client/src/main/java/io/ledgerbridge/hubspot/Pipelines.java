package io.ledgerbridge.hubspot;

import io.ledgerbridge.hubspot.internal.Wire;
import io.ledgerbridge.hubspot.model.Pipeline;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pipelines of a type such as deals: read only. */
public final class Pipelines {

    private final Access access;

    Pipelines(Access access) {
        this.access = access;
    }

    /** All that are not archived, with their stages, in the order in which people see them. */
    public List<Pipeline> list(ObjectType<?> type) {
        return access.call((api, v) -> api.pipelines(v, type.path())).results().stream()
                .filter(pipeline -> !Boolean.TRUE.equals(pipeline.archived()))
                .sorted(Comparator.comparingInt(pipeline -> order(pipeline.displayOrder())))
                .map(pipeline -> new Pipeline(pipeline.id(), pipeline.label(), stages(pipeline)))
                .toList();
    }

    private static List<Pipeline.Stage> stages(Wire.PipelineAnswer pipeline) {
        return pipeline.stages().stream()
                .filter(stage -> !Boolean.TRUE.equals(stage.archived()))
                .sorted(Comparator.comparingInt(stage -> order(stage.displayOrder())))
                .map(stage -> new Pipeline.Stage(
                        stage.id(),
                        stage.label(),
                        "true".equals(metadata(stage, "isClosed")),
                        probability(metadata(stage, "probability"))))
                .toList();
    }

    private static @Nullable String metadata(Wire.StageAnswer stage, String name) {
        Map<String, Wire.LooseText> metadata = stage.metadata();
        return metadata == null ? null : Wire.text(metadata.get(name));
    }

    private static @Nullable BigDecimal probability(@Nullable String text) {
        try {
            return text == null ? null : new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static int order(@Nullable Integer order) {
        return order == null || order < 0 ? Integer.MAX_VALUE : order;
    }
}
