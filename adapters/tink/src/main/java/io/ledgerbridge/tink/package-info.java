/** Seals secrets with Google Tink. Start with {@link io.ledgerbridge.tink.TinkCipher}. */
@NullMarked
package io.ledgerbridge.tink;

import org.jspecify.annotations.NullMarked;
