package io.ledgerbridge.zohobooks.spi;

import io.ledgerbridge.zohobooks.ZohoTokens;
import java.util.Optional;

/**
 * Keeps the tokens of one grant. Safe for concurrent use, by several processes too if they share the grant: the version
 * makes sure that one of them at a time asks Zoho for a token and that none forgets how often that was done.
 *
 * <p>An implementation holds one row. What it stores are secrets: seal {@link ZohoTokens#toJson()} before it leaves the
 * process.
 */
public interface TokenStore {

    /** Forgets everything when the process ends: the next one asks for a token again, and starts counting anew. */
    static TokenStore inMemory() {
        return new InMemoryTokenStore();
    }

    /** What is stored; empty if nothing is. Called before each request for a token, not before each call. */
    Optional<Stored> load();

    /**
     * Stores the tokens if the version is still the expected one, which becomes the next higher; 0 expects that nothing is
     * stored.
     *
     * @return false if another version is stored; nothing has changed then
     */
    boolean replace(long expectedVersion, ZohoTokens tokens);

    /**
     * The tokens with their version.
     *
     * @param version from 1
     */
    record Stored(long version, ZohoTokens tokens) {}
}
