package io.ledgerbridge.examples.cli;

import io.ledgerbridge.examples.cli.Settings.BadSetting;
import io.ledgerbridge.examples.cli.Settings.ZohoEndpoints;
import io.ledgerbridge.hubspot.HubSpot;
import io.ledgerbridge.hubspot.HubSpotException;
import io.ledgerbridge.sync.ConnectionRegistry;
import io.ledgerbridge.sync.ConnectionRegistry.Registration;
import io.ledgerbridge.sync.NewConnection;
import io.ledgerbridge.tink.TinkCipher;
import io.ledgerbridge.zohobooks.ZohoBooks;
import io.ledgerbridge.zohobooks.ZohoBooksException;
import io.ledgerbridge.zohobooks.ZohoCredentials;
import io.ledgerbridge.zohobooks.ZohoOAuth;
import io.ledgerbridge.zohobooks.ZohoTokens;
import io.ledgerbridge.zohobooks.model.Organization;
import io.ledgerbridge.zohobooks.spi.TokenStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Registers a connection. */
@Command(
        name = "connect",
        mixinStandardHelpOptions = true,
        description = {
            "Registers an organisation of Zoho Books and a HubSpot account, for serve. Credentials are sealed at once.",
            "Access to Zoho Books is granted in the browser, which comes back to a page of this command; or by the code of a"
                    + " self client ($ZOHO_CODE, --zoho-code-file); or a refresh token is there already."
        })
final class ConnectCommand implements Callable<Integer> {

    @Mixin
    private Settings settings = new Settings();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the connection; zoho- and the organisation's id by default.")
    private @Nullable String name;

    @Option(
            names = "--zoho-code-file",
            paramLabel = "PATH",
            description = "File with the code of a self client; it is good for some minutes, and once.")
    private @Nullable Path codeFile;

    @Option(
            names = "--callback-port",
            paramLabel = "PORT",
            defaultValue = "8976",
            description = "Port of the page the browser comes back to, 8976 by default: register"
                    + " http://localhost:PORT/callback with the Zoho client.")
    private int port;

    @Option(names = "--json", description = "Print what was registered as one JSON document.")
    private boolean json;

    private final Map<String, String> environment;
    private final PrintWriter out;
    private final PrintWriter err;

    ConnectCommand(Map<String, String> environment, PrintWriter out, PrintWriter err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        String clientId = settings.clientId(environment);
        String clientSecret = settings.clientSecret(environment);
        String hubSpotToken = settings.hubSpotToken(environment);
        try (Memory memory = settings.memory(environment);
                HubSpot hubspot = settings.hubspot(environment, false)) {
            Keys keys = settings.keys(environment);
            TinkCipher cipher = ConnectionRegistry.isUsed(memory.store()) ? keys.cipher() : keys.cipherOrNew();
            String account = String.valueOf(hubspot.account().get().portalId());
            TokenStore tokens = TokenStore.inMemory();
            tokens.replace(0, grant(clientId, clientSecret));
            String organization = organization(ZohoCredentials.client(clientId, clientSecret), tokens);
            NewConnection connection = NewConnection.of(organization)
                    .zoho(clientId, clientSecret, tokens.load().orElseThrow().tokens())
                    .hubSpot(account, hubSpotToken)
                    .hubSpotEndpoint(settings.hubSpotUrl(environment));
            ZohoEndpoints endpoints = settings.zohoEndpoints(environment);
            connection.zohoEndpoints(endpoints.accounts(), endpoints.api());
            if (name != null) {
                connection.named(name);
            }
            try (Keys.Hold hold = keys.hold()) {
                tell(StoreSettings.registry(memory, cipher).register(connection));
            }
            return 0;
        } catch (IllegalArgumentException | ZohoBooksException | HubSpotException e) {
            throw new BadSetting("Nothing was connected: " + e.getMessage());
        }
    }

    private ZohoTokens grant(String clientId, String clientSecret) throws InterruptedException {
        String refreshToken = settings.refreshToken(environment);
        if (!refreshToken.isEmpty()) {
            return ZohoTokens.of(refreshToken, settings.dataCenter(environment));
        }
        ZohoOAuth.Builder builder = ZohoOAuth.builder(ZohoCredentials.client(clientId, clientSecret))
                .dataCenter(settings.dataCenter(environment));
        String accounts = settings.zohoEndpoints(environment).accounts();
        if (!accounts.isEmpty()) {
            builder.endpoint(accounts);
        }
        if (codeFile != null || !environment.getOrDefault("ZOHO_CODE", "").isBlank()) {
            String code = Settings.secret("ZOHO_CODE", codeFile, "--zoho-code-file", environment);
            try (ZohoOAuth oauth = builder.build()) {
                return oauth.exchange(oauth.selfClient(code));
            }
        }
        try (CallbackPage page = CallbackPage.open(port);
                ZohoOAuth oauth = builder.redirectUri(page.address()).build()) {
            String state = oauth.newState();
            err.println("Open this address in a browser, and allow access:");
            err.println(oauth.authorizationUrl(state));
            err.flush();
            return oauth.exchange(oauth.parseCallback(page.awaitCallback(), state));
        }
    }

    /** The one that is named, or the only one. */
    private String organization(ZohoCredentials credentials, TokenStore tokens) {
        try (ZohoBooks zoho = settings.zoho(
                ZohoBooks.builder(credentials)
                        .dataCenter(tokens.load().orElseThrow().tokens().dataCenter())
                        .tokenStore(tokens),
                "",
                environment)) {
            List<Organization> all = zoho.organizations().list();
            String wanted = settings.organization(environment);
            String known = all.stream()
                    .map(one -> one.organizationId() + " (" + one.name() + ")")
                    .collect(Collectors.joining(", "));
            if (wanted.isEmpty() && all.size() == 1) {
                return all.get(0).organizationId();
            }
            if (all.stream().noneMatch(one -> one.organizationId().equals(wanted))) {
                throw new BadSetting("Which organisation? Set ZOHO_ORGANIZATION_ID or --zoho-organization-id to one of"
                        + " those that this grant may read: " + known + ".");
            }
            return wanted;
        }
    }

    private void tell(Registration registration) {
        if (json) {
            out.println(
                    Reports.json(new Reports.JsonDone(registration.connection().name(), "connected")));
        } else {
            out.println(registration.connection().name() + " is connected: organisation "
                    + registration.connection().organizationId() + " with HubSpot account "
                    + registration.connection().hubSpotAccount() + ".");
        }
        warn("organisation", registration.sameOrganization());
        warn("HubSpot account", registration.sameAccount());
        out.flush();
    }

    private void warn(String what, List<String> others) {
        if (!others.isEmpty()) {
            err.println("It shares its " + what + ", and so the calls it may make, with " + String.join(", ", others)
                    + "; one process runs them all.");
        }
    }
}
