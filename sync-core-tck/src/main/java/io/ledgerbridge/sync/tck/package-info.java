/**
 * Contract tests for what a host application may implement. Extend the class of the SPI, say how to make a fresh one, and
 * run it with JUnit.
 */
@NullMarked
package io.ledgerbridge.sync.tck;

import org.jspecify.annotations.NullMarked;
