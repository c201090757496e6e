package io.ledgerbridge.sync;

import java.util.List;

/**
 * Tells a {@link SyncService} which connections there are, and makes their clients when they are needed. {@link ConnectionRegistry} is
 * one; an application may have its own. Safe for concurrent use.
 */
public interface ConnectionSource {

    /** All connections there are now. Asked twice a minute. */
    List<Listed> list();

    /** Makes the clients of a connection. Called once, before its first run in this process. */
    SyncConnection open(String name);

    /** The service needs these clients no more: the connection is gone, or the service ends. */
    void close(SyncConnection connection);

    /**
     * Remembers, for all processes and the next start, whether a connection is paused.
     *
     * @throws IllegalArgumentException if there is no such connection
     */
    void setPaused(String name, boolean paused);

    /**
     * One connection.
     *
     * @param revision another one when it was registered, resumed or given other credentials: what was broken is tried again then
     * @param paused whether somebody has paused it, in whatever process
     * @param shared what it has in common with others, by any stable name, such as an organisation: all that share something are run by
     *     the same process, so that they keep the limits of it together
     */
    record Listed(String name, String revision, boolean paused, List<String> shared) {}
}
