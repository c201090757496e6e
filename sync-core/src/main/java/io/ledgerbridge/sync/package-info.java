/**
 * Keeps HubSpot in step with Zoho Books, one way. Start with {@link io.ledgerbridge.sync.SyncEngine}; what it did stands in
 * a {@link io.ledgerbridge.sync.SyncReport}. What others may implement is in {@code spi}.
 */
@NullMarked
package io.ledgerbridge.sync;

import org.jspecify.annotations.NullMarked;
