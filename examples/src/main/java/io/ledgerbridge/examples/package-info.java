/** Small programs, one topic each, that run against the fake servers without credentials. */
@NullMarked
package io.ledgerbridge.examples;

import org.jspecify.annotations.NullMarked;
