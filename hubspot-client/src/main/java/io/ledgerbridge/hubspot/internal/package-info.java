/** How the client speaks to the service. Not API: it changes without notice. */
@NullMarked
package io.ledgerbridge.hubspot.internal;

import org.jspecify.annotations.NullMarked;
