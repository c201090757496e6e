/** Schedules connections with db-scheduler. Start with {@link io.ledgerbridge.dbscheduler.DbSyncScheduler}. */
@NullMarked
package io.ledgerbridge.dbscheduler;

import org.jspecify.annotations.NullMarked;
