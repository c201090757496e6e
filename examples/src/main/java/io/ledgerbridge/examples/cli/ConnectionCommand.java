package io.ledgerbridge.examples.cli;

import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.zohobooks.ZohoBooks;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What can be asked of a connection, or said to it, without a call to either side: its store is all that is needed. */
abstract class ConnectionCommand implements Callable<Integer> {

    @Mixin
    private Settings settings = new Settings();

    @Option(names = "--json", description = "Print the answer as one JSON document.")
    private boolean json;

    private final Map<String, String> environment;
    private final PrintWriter out;

    ConnectionCommand(Map<String, String> environment, PrintWriter out) {
        this.environment = environment;
        this.out = out;
    }

    @Override
    public Integer call() {
        try (ZohoBooks zoho = settings.zoho(environment);
                HubSpot hubspot = settings.hubspot(environment, true);
                Memory memory = settings.memory(environment)) {
            answer(settings.engine(zoho, hubspot, memory, environment).build(), json, out);
            out.flush();
            return 0;
        }
    }

    abstract void answer(SyncEngine engine, boolean asJson, PrintWriter to);
}
