/**
 * The one clock of Ledgerbridge. Everything that reads the time or waits takes a {@link io.ledgerbridge.time.TimeSource};
 * tests and simulations pass {@link io.ledgerbridge.time.VirtualTime}, where a month of waiting takes seconds.
 */
@NullMarked
package io.ledgerbridge.time;

import org.jspecify.annotations.NullMarked;
