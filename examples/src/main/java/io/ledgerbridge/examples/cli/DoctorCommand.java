package io.ledgerbridge.examples.cli;

import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.zohobooks.ZohoBooks;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks whether everything is there that a sync needs. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Checks tokens, scopes, organisation, account, currencies, properties and switches.")
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    private Settings settings = new Settings();

    private final Map<String, String> environment;
    private final PrintWriter out;

    DoctorCommand(Map<String, String> environment, PrintWriter out) {
        this.environment = environment;
        this.out = out;
    }

    @Override
    public Integer call() {
        try (ZohoBooks zoho = settings.zoho(environment);
                HubSpot hubspot = settings.hubspot(environment, false)) {
            Doctor doctor = new Doctor(zoho, hubspot);
            doctor.examine(() -> installation(zoho, hubspot));
            doctor.findings().forEach(out::println);
            return doctor.exitCode();
        }
    }

    /** The id of this installation; empty if the first sync is still to make one. */
    private String installation(ZohoBooks zoho, HubSpot hubspot) {
        try (Memory memory = settings.memory(environment)) {
            return settings.engine(zoho, hubspot, memory, environment)
                    .build()
                    .installation()
                    .orElse("");
        }
    }
}
