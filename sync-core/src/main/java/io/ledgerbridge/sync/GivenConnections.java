package io.ledgerbridge.sync;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Connections that an application has made itself: always the same. */
final class GivenConnections implements ConnectionSource {

    private final Map<String, SyncConnection> connections = new LinkedHashMap<>();

    GivenConnections(Collection<SyncConnection> given) {
        for (SyncConnection connection : given) {
            if (connections.put(connection.name(), connection) != null) {
                throw new IllegalArgumentException("two connections are called " + connection.name());
            }
        }
    }

    @Override
    public List<Listed> list() {
        return connections.keySet().stream()
                .map(name -> new Listed(name, "", false, List.of()))
                .toList();
    }

    @Override
    public SyncConnection open(String name) {
        SyncConnection connection = connections.get(name);
        if (connection == null) {
            throw new IllegalArgumentException("there is no connection " + name);
        }
        return connection;
    }

    /** They are the caller's. */
    @Override
    public void close(SyncConnection connection) {}

    /** Known to this process alone, and until it ends. */
    @Override
    public void setPaused(String name, boolean paused) {}
}
