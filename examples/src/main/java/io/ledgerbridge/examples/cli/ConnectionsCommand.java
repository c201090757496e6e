package io.ledgerbridge.examples.cli;

import io.ledgerbridge.examples.cli.Reports.JsonConnection;
import io.ledgerbridge.sync.ConnectionRegistry;
import io.ledgerbridge.sync.ConnectionSource.Listed;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Lists what is connected. */
@Command(
        name = "connections",
        mixinStandardHelpOptions = true,
        description = "Lists the registered connections. Makes no call.")
final class ConnectionsCommand extends RegistryCommand {

    ConnectionsCommand(Map<String, String> environment, PrintWriter out) {
        super(environment, out);
    }

    @Override
    void answer(Registered registered, boolean asJson, PrintWriter to) {
        ConnectionRegistry registry = registered.registry();
        Map<String, List<String>> shares =
                registry.list().stream().collect(Collectors.toMap(Listed::name, Listed::shared));
        List<JsonConnection> connections = registry.connections().stream()
                .map(one -> new JsonConnection(
                        one.name(),
                        one.organizationId(),
                        one.dataCenter().location(),
                        one.hubSpotAccount(),
                        one.paused(),
                        one.registeredAt().toString(),
                        shares.getOrDefault(one.name(), List.of())))
                .toList();
        if (asJson) {
            to.println(Reports.json(new Reports.JsonConnections(connections)));
        } else if (connections.isEmpty()) {
            to.println("Nothing is connected; see connect.");
        } else {
            Reports.print(connections, to);
        }
    }
}
