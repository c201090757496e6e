package io.ledgerbridge.zohobooks;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param number from 1
 * @param sortEcho the sort the service says it applied, such as {@code last_modified_time D}; null if it does not say
 * @param answeredAt the service's clock when it answered; null without a {@code Date} header
 */
public record Page<T>(
        List<T> items,
        int number,
        boolean hasNext,
        @Nullable String sortEcho,
        @Nullable Instant answeredAt) {}
