package io.ledgerbridge.examples.cli;

import io.ledgerbridge.examples.cli.Settings.BadSetting;
import io.ledgerbridge.hubspot.HubSpotException;
import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.sync.SyncException;
import io.ledgerbridge.zohobooks.ZohoBooksException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What can be asked of one connection, or said to it. */
abstract class ConnectionCommand implements Callable<Integer> {

    @Mixin
    private Settings settings = new Settings();

    @Option(
            names = "--connection",
            paramLabel = "NAME",
            description =
                    "A registered connection, instead of the one that the other settings describe; see connections.")
    private @Nullable String registered;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    private final Map<String, String> environment;
    private final PrintWriter out;

    ConnectionCommand(Map<String, String> environment, PrintWriter out) {
        this.environment = environment;
        this.out = out;
    }

    @Override
    public final Integer call() throws Exception {
        check();
        try (Connected connected = Connected.open(settings, registered, environment)) {
            int exitCode = answer(prepared(connected.engine()).build(), json, out);
            out.flush();
            return exitCode;
        } catch (SyncException e) {
            throw new BadSetting(e.getMessage() + " " + e.next());
        } catch (ZohoBooksException | HubSpotException e) {
            throw new BadSetting(String.valueOf(e.getMessage()));
        }
    }

    /** Looks at the arguments before anything is opened. */
    void check() {}

    /** With what the command needs more. */
    SyncEngine.Builder prepared(SyncEngine.Builder engine) {
        return engine;
    }

    /** Answers the exit code. */
    abstract int answer(SyncEngine engine, boolean asJson, PrintWriter to) throws Exception;
}
