/** The {@code ledgerbridge} command line. */
@NullMarked
package io.ledgerbridge.examples.cli;

import org.jspecify.annotations.NullMarked;
