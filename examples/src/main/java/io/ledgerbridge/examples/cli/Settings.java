package io.ledgerbridge.examples.cli;

import io.ledgerbridge.hubspot.AccessToken;
import io.ledgerbridge.hubspot.ApiVersion;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.hubspot.HubSpotPacing;
import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.zohobooks.DataCenter;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoCredentials;
import io.ledgerbridge.zohobooks.ZohoPacing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where to connect to, from flags and the environment; flags win. Secrets come from the environment or from files. */
final class Settings {

    @Option(names = "--zoho-client-id", paramLabel = "ID", description = "Zoho OAuth client ($ZOHO_CLIENT_ID).")
    private @Nullable String clientId;

    @Option(
            names = "--zoho-client-secret-file",
            paramLabel = "PATH",
            description = "File with its secret ($ZOHO_CLIENT_SECRET holds it itself).")
    private @Nullable Path clientSecretFile;

    @Option(
            names = "--zoho-refresh-token-file",
            paramLabel = "PATH",
            description = "File with the refresh token ($ZOHO_REFRESH_TOKEN holds it itself).")
    private @Nullable Path refreshTokenFile;

    @Option(
            names = "--zoho-organization-id",
            paramLabel = "ID",
            description = "Organisation of Zoho Books ($ZOHO_ORGANIZATION_ID).")
    private @Nullable String organizationId;

    @Option(
            names = "--zoho-data-center",
            paramLabel = "DC",
            description = "us, eu, in, au, jp, ca, cn or sa ($ZOHO_DATA_CENTER, us by default).")
    private @Nullable String dataCenter;

    @Option(
            names = "--hubspot-access-token-file",
            paramLabel = "PATH",
            description = "File with the HubSpot token ($HUBSPOT_ACCESS_TOKEN holds it itself).")
    private @Nullable Path accessTokenFile;

    @Option(
            names = "--zoho-accounts-url",
            paramLabel = "URL",
            description = "Another accounts server ($ZOHO_ACCOUNTS_URL); https, or http on loopback.")
    private @Nullable String accountsUrl;

    @Option(names = "--zoho-api-url", paramLabel = "URL", description = "Another API server ($ZOHO_API_URL).")
    private @Nullable String zohoApiUrl;

    @Option(names = "--hubspot-api-url", paramLabel = "URL", description = "Another HubSpot ($HUBSPOT_API_URL).")
    private @Nullable String hubspotApiUrl;

    @Option(
            names = "--zoho-requests-per-minute",
            paramLabel = "N",
            description = "Pace of calls to Zoho Books, 90 by default (the service allows 100).")
    private @Nullable Integer zohoPace;

    @Option(
            names = "--hubspot-requests-per-10s",
            paramLabel = "N",
            description = "Pace of calls to HubSpot, 90 by default (the smallest plan allows 100).")
    private @Nullable Integer hubspotPace;

    @Option(
            names = "--hubspot-api-version",
            paramLabel = "DATE",
            description = "Dated version of HubSpot's API, 2026-09 by default.")
    private @Nullable String apiVersion;

    @Option(
            names = "--installation",
            paramLabel = "ID",
            description = "Id of this installation, by which HubSpot knows it ($LEDGERBRIDGE_INSTALLATION).")
    private @Nullable String installation;

    /** A setting is missing or wrong. */
    static final class BadSetting extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadSetting(String message) {
            super(message);
        }
    }

    ZohoBooks zoho(Map<String, String> environment) {
        ZohoCredentials credentials = ZohoCredentials.refreshToken(
                needed("ZOHO_CLIENT_ID", clientId, "--zoho-client-id", environment),
                secret("ZOHO_CLIENT_SECRET", clientSecretFile, "--zoho-client-secret-file", environment),
                secret("ZOHO_REFRESH_TOKEN", refreshTokenFile, "--zoho-refresh-token-file", environment));
        String organization = needed("ZOHO_ORGANIZATION_ID", organizationId, "--zoho-organization-id", environment);
        String location = or("ZOHO_DATA_CENTER", dataCenter, environment, "us");
        String accounts = or("ZOHO_ACCOUNTS_URL", accountsUrl, environment, "");
        String api = or("ZOHO_API_URL", zohoApiUrl, environment, "");
        return checked("ZOHO_ORGANIZATION_ID, ZOHO_DATA_CENTER, ZOHO_ACCOUNTS_URL or ZOHO_API_URL", () -> {
            ZohoBooks.Builder builder =
                    ZohoBooks.builder(credentials).organization(organization).dataCenter(DataCenter.of(location));
            if (accounts.isEmpty() != api.isEmpty()) {
                throw new BadSetting("ZOHO_ACCOUNTS_URL and ZOHO_API_URL belong together: set both or none.");
            }
            if (!accounts.isEmpty()) {
                builder.endpoints(accounts, api);
            }
            if (zohoPace != null) {
                builder.pacing(ZohoPacing.requestsPerMinute(zohoPace));
            }
            return builder.build();
        });
    }

    /** In the background, a reserve of the day's calls is left to the account's other tools. */
    HubSpot hubspot(Map<String, String> environment, boolean background) {
        AccessToken token = AccessToken.of(
                secret("HUBSPOT_ACCESS_TOKEN", accessTokenFile, "--hubspot-access-token-file", environment));
        String url = or("HUBSPOT_API_URL", hubspotApiUrl, environment, "");
        return checked("HUBSPOT_API_URL, --hubspot-requests-per-10s or --hubspot-api-version", () -> {
            HubSpot.Builder builder = HubSpot.builder(token).background(background);
            if (!url.isEmpty()) {
                builder.endpoint(url);
            }
            if (hubspotPace != null) {
                builder.pacing(HubSpotPacing.requestsPer10Seconds(hubspotPace));
            }
            if (apiVersion != null) {
                builder.apiVersion(new ApiVersion(apiVersion));
            }
            return builder.build();
        });
    }

    @Option(
            names = "--store",
            paramLabel = "URL",
            description = "JDBC address of the database that remembers ($LEDGERBRIDGE_STORE; by default the file"
                    + " ledgerbridge.mv.db in the working directory). User and password: $LEDGERBRIDGE_STORE_USER,"
                    + " $LEDGERBRIDGE_STORE_PASSWORD.")
    private @Nullable String store;

    Memory memory(Map<String, String> environment) {
        return Memory.open(
                or("LEDGERBRIDGE_STORE", store, environment, "jdbc:h2:./ledgerbridge"),
                or("LEDGERBRIDGE_STORE_USER", null, environment, "sa"),
                environment.getOrDefault("LEDGERBRIDGE_STORE_PASSWORD", ""));
    }

    private String installation(Map<String, String> environment) {
        return or("LEDGERBRIDGE_INSTALLATION", installation, environment, "");
    }

    SyncEngine.Builder engine(ZohoBooks zoho, HubSpot hubspot, Memory memory, Map<String, String> environment) {
        SyncEngine.Builder builder = SyncEngine.builder(zoho, hubspot).store(memory.store());
        String id = installation(environment);
        return id.isEmpty()
                ? builder
                : checked("LEDGERBRIDGE_INSTALLATION or --installation", () -> builder.installation(id));
    }

    private interface Making<T> {
        T make();
    }

    private static <T> T checked(String settings, Making<T> making) {
        try {
            return making.make();
        } catch (IllegalArgumentException e) {
            throw new BadSetting("A setting is wrong (" + settings + "): " + e.getMessage() + ".");
        }
    }

    private static String needed(
            String variable, @Nullable String flag, String flagName, Map<String, String> environment) {
        String value = or(variable, flag, environment, "");
        if (value.isBlank()) {
            throw new BadSetting(
                    "The setting " + variable + " is missing: set it in the environment, or give " + flagName + ".");
        }
        return value.strip();
    }

    private static String secret(
            String variable, @Nullable Path file, String flagName, Map<String, String> environment) {
        if (file == null) {
            String value = environment.getOrDefault(variable, "").strip();
            if (value.isEmpty()) {
                throw new BadSetting("The setting " + variable + " is missing: set it in the environment, or give "
                        + flagName + " with a file that holds it.");
            }
            return value;
        }
        try {
            String value = Files.readString(file).strip();
            if (value.isEmpty()) {
                throw new BadSetting("The file of " + flagName + " is empty: " + file);
            }
            return value;
        } catch (IOException e) {
            throw new BadSetting("The file of " + flagName + " cannot be read: " + file);
        }
    }

    private static String or(
            String variable, @Nullable String flag, Map<String, String> environment, String otherwise) {
        if (flag != null) {
            return flag;
        }
        String value = environment.getOrDefault(variable, "");
        return value.isBlank() ? otherwise : value.strip();
    }
}
