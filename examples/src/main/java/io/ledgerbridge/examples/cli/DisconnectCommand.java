package io.ledgerbridge.examples.cli;

import io.ledgerbridge.dbscheduler.DbSchedulerTable;
import io.ledgerbridge.dbscheduler.DbSyncScheduler;
import io.ledgerbridge.examples.cli.Settings.BadSetting;
import io.ledgerbridge.sync.ConnectionRegistry;
import io.ledgerbridge.sync.SyncConnection;
import io.ledgerbridge.sync.SyncException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends a connection. */
@Command(
        name = "disconnect",
        mixinStandardHelpOptions = true,
        description = {
            "Ends a connection: its schedule, its grant at Zoho, its credentials. Links and audit trail stay in the store, records"
                    + " in HubSpot. Export the trail before, if it shall be verifiable later: its key goes as well.",
            "For instance: ledgerbridge disconnect acme"
        })
final class DisconnectCommand extends OneConnectionCommand {

    @Option(names = "--keep-grant", description = "Leave the grant at Zoho as it is.")
    private boolean keepGrant;

    @Option(
            names = "--archive-properties",
            description =
                    "Move the properties that the sync has made in HubSpot to its recycle bin, with what records have in"
                            + " them.")
    private boolean archiveProperties;

    private final PrintWriter err;

    DisconnectCommand(Map<String, String> environment, PrintWriter out, PrintWriter err) {
        super(environment, out);
        this.err = err;
    }

    @Override
    String change(Registered registered, String name) {
        ConnectionRegistry registry = registered.registry();
        if (registry.connection(name).isEmpty()) {
            throw new IllegalArgumentException("there is no connection " + name + "; see connections");
        }
        registry.setPaused(name, true);
        if (archiveProperties) {
            archiveProperties(registry, registered.memory(), name);
        }
        if (!keepGrant && !isRevoked(registry, name)) {
            err.println(
                    "Zoho has not confirmed that the grant is ended, or another connection uses it: if it shall end, end it in"
                            + " Zoho's account settings under connected apps.");
            err.flush();
        }
        cancel(registered.memory(), name);
        registry.remove(name);
        return "disconnected";
    }

    private static void archiveProperties(ConnectionRegistry registry, Memory memory, String name) {
        SyncConnection connection = registry.open(name);
        try {
            connection.engine().store(memory.store()).build().archiveProperties();
        } finally {
            registry.close(connection);
        }
    }

    /** What cannot be opened any more cannot be ended either. */
    private static boolean isRevoked(ConnectionRegistry registry, String name) {
        try {
            return registry.revoke(name);
        } catch (SyncException e) {
            return false;
        }
    }

    /** No process may be serving, which would see to it. */
    private static void cancel(Memory memory, String name) {
        try {
            DbSchedulerTable.create(memory.dataSource());
        } catch (SQLException e) {
            throw new BadSetting("The table scheduled_tasks cannot be read: SQL state " + e.getSQLState() + ".");
        }
        DbSyncScheduler.with(memory.dataSource()).cancel(name);
    }
}
