package io.ledgerbridge.examples.cli;

import io.ledgerbridge.sync.ConnectionRegistry;
import io.ledgerbridge.sync.SyncException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What can be asked of the registered connections, or said to them: the store and its keyset are all that is needed. */
abstract class RegistryCommand implements Callable<Integer> {

    @Mixin
    private StoreSettings settings = new StoreSettings();

    @Option(names = "--json", description = "Print the answer as one JSON document.")
    private boolean json;

    private final Map<String, String> environment;
    private final PrintWriter out;

    RegistryCommand(Map<String, String> environment, PrintWriter out) {
        this.environment = environment;
        this.out = out;
    }

    @Override
    public Integer call() {
        try (Memory memory = settings.memory(environment)) {
            Keys keys = settings.keys(environment);
            answer(new Registered(memory, keys), json, out);
            out.flush();
            return 0;
        } catch (SyncException e) {
            throw new Settings.BadSetting(e.getMessage() + " " + e.next());
        } catch (IllegalArgumentException e) {
            throw new Settings.BadSetting("It was not done: " + e.getMessage() + ".");
        }
    }

    /** What a command works on. */
    record Registered(Memory memory, Keys keys) {
        ConnectionRegistry registry() {
            return StoreSettings.registry(memory, keys.cipher());
        }
    }

    abstract void answer(Registered registered, boolean asJson, PrintWriter to);
}
