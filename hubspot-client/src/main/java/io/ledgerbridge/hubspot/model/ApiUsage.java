package io.ledgerbridge.hubspot.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many calls the private apps of an account have made today, together.
 *
 * @param collectedAt when it was counted; null if it is not told
 * @param resetsAt when counting begins anew; null if it is not told
 * @param fetchStatus {@code SUCCESS} or {@code CACHED}; with another the numbers are of no use
 */
public record ApiUsage(
        String name,
        int limit,
        int current,
        @Nullable Instant collectedAt,
        @Nullable Instant resetsAt,
        String fetchStatus) {}
