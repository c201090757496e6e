/** How the client speaks to the service. Not API: it changes without notice. */
@NullMarked
package io.ledgerbridge.zohobooks.internal;

import org.jspecify.annotations.NullMarked;
