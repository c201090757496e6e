package io.ledgerbridge.zohobooks.spi;

import io.ledgerbridge.zohobooks.ZohoTokens;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class InMemoryTokenStore implements TokenStore {

    private @Nullable Stored stored;

    @Override
    public synchronized Optional<Stored> load() {
        return Optional.ofNullable(stored);
    }

    @Override
    public synchronized boolean replace(long expectedVersion, ZohoTokens tokens) {
        if (expectedVersion != (stored == null ? 0 : stored.version())) {
            return false;
        }
        stored = new Stored(expectedVersion + 1, tokens);
        return true;
    }
}
