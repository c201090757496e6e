/**
 * A client for Zoho Books. Start with {@link io.ledgerbridge.zohobooks.ZohoBooks}; records are in {@code model}. Failures
 * are subclasses of {@link io.ledgerbridge.zohobooks.ZohoBooksException}, one for each thing a caller can do about it.
 */
@NullMarked
package io.ledgerbridge.zohobooks;

import org.jspecify.annotations.NullMarked;
