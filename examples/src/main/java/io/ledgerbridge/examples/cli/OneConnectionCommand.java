package io.ledgerbridge.examples.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Parameters;

/** What can be done to one registered connection. */
abstract class OneConnectionCommand extends RegistryCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "Of the connection; see connections.")
    private String name = "";

    OneConnectionCommand(Map<String, String> environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    void answer(Registered registered, boolean asJson, PrintWriter to) {
        String done = change(registered, name);
        to.println(asJson ? Reports.json(new Reports.JsonDone(name, done)) : name + " is " + done + ".");
    }

    /** Answers what the connection is afterwards. */
    abstract String change(Registered registered, String connection);
}
