/**
 * Records of Zoho Books. A row of a list lacks what only the detail has: such parts are empty or null on rows. Texts that
 * Zoho Books does not have are empty, never null; amounts are exact; identifiers are text.
 */
@NullMarked
package io.ledgerbridge.zohobooks.model;

import org.jspecify.annotations.NullMarked;
