/** HTTP plumbing that both clients need. Not API: it changes without notice. */
@NullMarked
package io.ledgerbridge.rest.internal;

import org.jspecify.annotations.NullMarked;
