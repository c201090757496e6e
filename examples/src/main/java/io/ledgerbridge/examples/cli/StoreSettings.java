package io.ledgerbridge.examples.cli;

import io.ledgerbridge.sync.ConnectionRegistry;
import io.ledgerbridge.sync.spi.DealMatcher;
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

    @Option(
            names = "--deal-field",
            paramLabel = "NAME",
            description = "Custom field of invoices that holds the id of the HubSpot deal they belong to, such as"
                    + " cf_hubspot_deal ($LEDGERBRIDGE_DEAL_FIELD). Deals are left alone without it.")
    private @Nullable String dealField;

    DealMatcher deals(Map<String, String> environment) {
        String field = Settings.or("LEDGERBRIDGE_DEAL_FIELD", dealField, environment, "");
        return field.isEmpty() ? DealMatcher.none() : DealMatcher.customField(field);
    }

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
        DealMatcher deals = deals(environment);
        return ConnectionRegistry.builder(memory.store(), keys(environment).cipher())
                .engine(connection -> engine -> engine.deals(deals))
                .build();
    }

    static ConnectionRegistry registry(Memory memory, SecretCipher cipher) {
        return ConnectionRegistry.builder(memory.store(), cipher).build();
    }
}
