/** Shows the figures that the documents name. */
@NullMarked
package io.ledgerbridge.benchmarks;

import org.jspecify.annotations.NullMarked;
