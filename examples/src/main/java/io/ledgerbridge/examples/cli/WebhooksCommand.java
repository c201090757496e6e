package io.ledgerbridge.examples.cli;

import io.ledgerbridge.examples.cli.Settings.BadSetting;
import io.ledgerbridge.sync.WebhookSetup.Installed;
import io.ledgerbridge.zohobooks.ZohoBooksException;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes and removes webhooks. */
@Command(
        name = "webhooks",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Makes and removes the webhooks by which Zoho Books tells of changes; serve --webhook-port receives them.")
final class WebhooksCommand {

    private WebhooksCommand() {}

    static CommandLine with(Map<String, String> environment, PrintWriter out, PrintWriter err) {
        return new CommandLine(new WebhooksCommand())
                .addSubcommand(new Install(environment, out, err))
                .addSubcommand(new Remove(environment, out));
    }

    /** Makes them. */
    @Command(
            name = "install",
            mixinStandardHelpOptions = true,
            description = {
                "Makes the webhooks of a registered connection in Zoho Books, with the rules that fire them; those that were made"
                        + " before are replaced. Needs the scopes ZohoBooks.settings.CREATE and DELETE.",
                "For instance: ledgerbridge webhooks install acme --url https://books.example/zoho"
            })
    static final class Install extends OneConnectionCommand {

        @Option(
                names = "--url",
                required = true,
                paramLabel = "URL",
                description = "Where Zoho reaches serve --webhook-port: https, through a proxy.")
        private String url = "";

        private final PrintWriter err;

        Install(Map<String, String> environment, PrintWriter out, PrintWriter err) {
            super(environment, out);
            this.err = err;
        }

        @Override
        String change(Registered registered, String connection) {
            try {
                Installed installed = registered.registry().installWebhooks(connection, url);
                installed
                        .refused()
                        .forEach((event, reason) -> err.println(
                                "Zoho does not tell of " + event + "; it comes with the schedule. " + reason));
                err.flush();
                return "told of " + String.join(", ", installed.made());
            } catch (ZohoBooksException e) {
                throw new BadSetting("No webhooks were made: " + e.getMessage());
            }
        }
    }

    /** Removes them. */
    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = {
                "Removes the webhooks of a registered connection from Zoho Books, with the rules that fire them.",
                "For instance: ledgerbridge webhooks remove acme"
            })
    static final class Remove extends OneConnectionCommand {

        Remove(Map<String, String> environment, PrintWriter out) {
            super(environment, out);
        }

        @Override
        String change(Registered registered, String connection) {
            try {
                return "without its " + registered.registry().removeWebhooks(connection) + " webhooks";
            } catch (ZohoBooksException e) {
                throw new BadSetting("The webhooks are not removed: " + e.getMessage());
            }
        }
    }
}
