package io.ledgerbridge.examples.cli;

import io.ledgerbridge.sync.ConnectionRegistry;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Parameters;

/** What can be done to one registered connection. */
abstract class OneConnectionCommand extends RegistryCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "Of the connection; see connections.")
    private String name = "";

    private final String done;

    /** @param done what the connection is afterwards */
    OneConnectionCommand(Map<String, String> environment, PrintWriter out, String done) {
        super(environment, out);
        this.done = done;
    }

    @Override
    void answer(Registered registered, boolean asJson, PrintWriter to) {
        change(registered.registry(), name);
        to.println(asJson ? Reports.json(new Reports.JsonDone(name, done)) : name + " is " + done + ".");
    }

    abstract void change(ConnectionRegistry registry, String connection);
}
