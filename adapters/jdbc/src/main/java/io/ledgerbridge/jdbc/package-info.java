/** Keeps what the sync engine remembers in a relational database. Start with {@link io.ledgerbridge.jdbc.JdbcSyncStore}. */
@NullMarked
package io.ledgerbridge.jdbc;

import org.jspecify.annotations.NullMarked;
