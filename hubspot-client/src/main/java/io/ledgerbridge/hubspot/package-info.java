/**
 * A client for HubSpot's CRM. Start with {@link io.ledgerbridge.hubspot.HubSpot}. Batches of any size give one
 * {@link io.ledgerbridge.hubspot.Outcome} for every input; failures of whole calls are subclasses of
 * {@link io.ledgerbridge.hubspot.HubSpotException}, one for each thing a caller can do about it.
 */
@NullMarked
package io.ledgerbridge.hubspot;

import org.jspecify.annotations.NullMarked;
