/** How the engine works. Not API: it changes without notice. */
@NullMarked
package io.ledgerbridge.sync.internal;

import org.jspecify.annotations.NullMarked;
