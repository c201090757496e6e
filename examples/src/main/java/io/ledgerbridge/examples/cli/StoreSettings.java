package io.ledgerbridge.examples.cli;

import io.ledgerbridge.sync.ConnectionRegistry;
import io.ledgerbridge.sync.spi.SecretCipher;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the command line remembers, and what seals the secrets there. */
final class StoreSettings {

    @Option(
            names = "--store",
            paramLabel = "URL",
            description = "JDBC address of the database that remembers: H2, PostgreSQL or MariaDB"
                    + " ($LEDGERBRIDGE_STORE; by default the file ledgerbridge.mv.db in the working directory). User and"
                    + " password: $LEDGERBRIDGE_STORE_USER, $LEDGERBRIDGE_STORE_PASSWORD.")
    private @Nullable String store;

    @Option(
            names = "--keyset-file",
            paramLabel = "PATH",
            description = "File with the keyset that seals credentials ($LEDGERBRIDGE_KEYSET_FILE;"
                    + " ledgerbridge.keyset.json by default; $LEDGERBRIDGE_KEYSET holds the keyset itself).")
    private @Nullable Path keysetFile;

    Memory memory(Map<String, String> environment) {
        String url =
                Settings.or("LEDGERBRIDGE_STORE", store, environment, "jdbc:h2:./ledgerbridge;DB_CLOSE_ON_EXIT=FALSE");
        return Memory.open(
                url,
                Settings.or("LEDGERBRIDGE_STORE_USER", null, environment, url.startsWith("jdbc:h2:") ? "sa" : ""),
                environment.getOrDefault("LEDGERBRIDGE_STORE_PASSWORD", ""));
    }

    Keys keys(Map<String, String> environment) {
        String file = Settings.or(
                "LEDGERBRIDGE_KEYSET_FILE",
                keysetFile == null ? null : keysetFile.toString(),
                environment,
                "ledgerbridge.keyset.json");
        return new Keys(environment.getOrDefault("LEDGERBRIDGE_KEYSET", "").strip(), Path.of(file));
    }

    ConnectionRegistry registry(Memory memory, Map<String, String> environment) {
        return registry(memory, keys(environment).cipher());
    }

    static ConnectionRegistry registry(Memory memory, SecretCipher cipher) {
        return ConnectionRegistry.builder(memory.store(), cipher).build();
    }
}
