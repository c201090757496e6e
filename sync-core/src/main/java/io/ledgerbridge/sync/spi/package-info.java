/** What a host application may implement: where the engine keeps what it must remember. */
@NullMarked
package io.ledgerbridge.sync.spi;

import org.jspecify.annotations.NullMarked;
