package io.ledgerbridge.examples.cli;

import io.ledgerbridge.examples.cli.Settings.BadSetting;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.sync.ConnectionRegistry;
import io.ledgerbridge.sync.SyncConnection;
import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.sync.SyncException;
import io.ledgerbridge.zohobooks.ZohoBooks;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection with what works on it: that of the settings, or a registered one. */
final class Connected implements AutoCloseable {

    private final Memory memory;
    private final SyncEngine.Builder engine;
    private final Runnable closing;

    private Connected(Memory memory, SyncEngine.Builder engine, Runnable closing) {
        this.memory = memory;
        this.engine = engine;
        this.closing = closing;
    }

    /** @param registered name of a registered connection; null for the one that the settings describe */
    static Connected open(Settings settings, @Nullable String registered, Map<String, String> environment) {
        Memory memory = settings.memory(environment);
        try {
            return registered == null
                    ? described(settings, memory, environment)
                    : registered(settings, memory, registered, environment);
        } catch (RuntimeException e) {
            memory.close();
            throw e;
        }
    }

    private static Connected described(Settings settings, Memory memory, Map<String, String> environment) {
        ZohoBooks zoho = settings.zoho(environment);
        try {
            HubSpot hubspot = settings.hubspot(environment, true);
            return new Connected(memory, settings.engine(zoho, hubspot, memory, environment), () -> {
                hubspot.close();
                zoho.close();
            });
        } catch (RuntimeException e) {
            zoho.close();
            throw e;
        }
    }

    private static Connected registered(
            Settings settings, Memory memory, String name, Map<String, String> environment) {
        try {
            ConnectionRegistry registry = settings.registry(memory, environment);
            SyncConnection connection = registry.open(name);
            return new Connected(memory, connection.engine().store(memory.store()), () -> registry.close(connection));
        } catch (SyncException e) {
            throw new BadSetting(e.getMessage() + " " + e.next());
        } catch (IllegalArgumentException e) {
            throw new BadSetting("--connection: " + e.getMessage() + ".");
        }
    }

    SyncEngine.Builder engine() {
        return engine;
    }

    @Override
    public void close() {
        closing.run();
        memory.close();
    }
}
