package io.ledgerbridge.examples.cli;

import io.ledgerbridge.hubspot.AccessToken;
import io.ledgerbridge.hubspot.ApiVersion;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.hubspot.HubSpotPacing;
import io.ledgerbridge.sync.ConnectionRegistry;
import io.ledgerbridge.sync.SyncEngine;
import io.ledgerbridge.zohobooks.DataCenter;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoCredentials;
import io.ledgerbridge.zohobooks.ZohoPacing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
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
                clientId(environment),
                clientSecret(environment),
                secret("ZOHO_REFRESH_TOKEN", refreshTokenFile, "--zoho-refresh-token-file", environment));
        String organization = needed("ZOHO_ORGANIZATION_ID", organizationId, "--zoho-organization-id", environment);
        return zoho(ZohoBooks.builder(credentials).dataCenter(dataCenter(environment)), organization, environment);
    }

    /** Once it is known who may read, and what. */
    ZohoBooks zoho(ZohoBooks.Builder builder, String organization, Map<String, String> environment) {
        ZohoEndpoints endpoints = zohoEndpoints(environment);
        return checked("ZOHO_ORGANIZATION_ID, ZOHO_DATA_CENTER, ZOHO_ACCOUNTS_URL or ZOHO_API_URL", () -> {
            if (!organization.isEmpty()) {
                builder.organization(organization);
            }
            if (!endpoints.accounts().isEmpty()) {
                builder.endpoints(endpoints.accounts(), endpoints.api());
            }
            if (zohoPace != null) {
                builder.pacing(ZohoPacing.requestsPerMinute(zohoPace));
            }
            return builder.build();
        });
    }

    /** Other addresses than Zoho's: both, or both empty. */
    record ZohoEndpoints(String accounts, String api) {}

    ZohoEndpoints zohoEndpoints(Map<String, String> environment) {
        String accounts = or("ZOHO_ACCOUNTS_URL", accountsUrl, environment, "");
        String api = or("ZOHO_API_URL", zohoApiUrl, environment, "");
        if (accounts.isEmpty() != api.isEmpty()) {
            throw new BadSetting("ZOHO_ACCOUNTS_URL and ZOHO_API_URL belong together: set both or none.");
        }
        return new ZohoEndpoints(accounts, api);
    }

    String clientId(Map<String, String> environment) {
        return needed("ZOHO_CLIENT_ID", clientId, "--zoho-client-id", environment);
    }

    String clientSecret(Map<String, String> environment) {
        return secret("ZOHO_CLIENT_SECRET", clientSecretFile, "--zoho-client-secret-file", environment);
    }

    DataCenter dataCenter(Map<String, String> environment) {
        String location = or("ZOHO_DATA_CENTER", dataCenter, environment, "us");
        return checked("ZOHO_DATA_CENTER", () -> DataCenter.of(location));
    }

    /** Empty where there is none yet. */
    String refreshToken(Map<String, String> environment) {
        return refreshTokenFile == null
                        && environment.getOrDefault("ZOHO_REFRESH_TOKEN", "").isBlank()
                ? ""
                : secret("ZOHO_REFRESH_TOKEN", refreshTokenFile, "--zoho-refresh-token-file", environment);
    }

    /** Empty where none is chosen. */
    String organization(Map<String, String> environment) {
        return or("ZOHO_ORGANIZATION_ID", organizationId, environment, "");
    }

    String hubSpotToken(Map<String, String> environment) {
        return secret("HUBSPOT_ACCESS_TOKEN", accessTokenFile, "--hubspot-access-token-file", environment);
    }

    /** Empty for HubSpot's own. */
    String hubSpotUrl(Map<String, String> environment) {
        return or("HUBSPOT_API_URL", hubspotApiUrl, environment, "");
    }

    /** In the background, a reserve of the day's calls is left to the account's other tools. */
    HubSpot hubspot(Map<String, String> environment, boolean background) {
        AccessToken token = AccessToken.of(hubSpotToken(environment));
        String url = hubSpotUrl(environment);
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

    @Mixin
    private StoreSettings store = new StoreSettings();

    Memory memory(Map<String, String> environment) {
        return store.memory(environment);
    }

    ConnectionRegistry registry(Memory memory, Map<String, String> environment) {
        return store.registry(memory, environment);
    }

    Keys keys(Map<String, String> environment) {
        return store.keys(environment);
    }

    private String installation(Map<String, String> environment) {
        return or("LEDGERBRIDGE_INSTALLATION", installation, environment, "");
    }

    SyncEngine.Builder engine(ZohoBooks zoho, HubSpot hubspot, Memory memory, Map<String, String> environment) {
        SyncEngine.Builder builder =
                SyncEngine.builder(zoho, hubspot).store(memory.store()).deals(store.deals(environment));
        String id = installation(environment);
        return id.isEmpty()
                ? builder
                : checked("LEDGERBRIDGE_INSTALLATION or --installation", () -> builder.installation(id));
    }

    interface Making<T> {
        T make();
    }

    static <T> T checked(String settings, Making<T> making) {
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

    static String secret(String variable, @Nullable Path file, String flagName, Map<String, String> environment) {
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

    static String or(String variable, @Nullable String flag, Map<String, String> environment, String otherwise) {
        if (flag != null) {
            return flag;
        }
        String value = environment.getOrDefault(variable, "");
        return value.isBlank() ? otherwise : value.strip();
    }

    static Duration duration(String flag, String text) {
        try {
            Duration duration = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
            if (!duration.isNegative() && !duration.isZero()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // Told below, in the words of the setting.
        }
        throw new BadSetting(flag + " expects a time such as 90s, 30m or 2h, but was '" + text + "'.");
    }
}
