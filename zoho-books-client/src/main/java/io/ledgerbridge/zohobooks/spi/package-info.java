/** What applications implement: {@link io.ledgerbridge.zohobooks.spi.TokenStore}, where the tokens of a grant are kept. */
@NullMarked
package io.ledgerbridge.zohobooks.spi;

import org.jspecify.annotations.NullMarked;
