package io.ledgerbridge.sync.internal;

import io.ledgerbridge.zohobooks.ZohoTokens;
import io.ledgerbridge.zohobooks.spi.TokenStore;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Keeps the Zoho tokens of a connection sealed in the store, so that all processes share them. */
public final class SealedTokenStore implements TokenStore {

    public static final String TOKENS = "zoho-tokens";

    private final Vault vault;
    private final String connection;

    public SealedTokenStore(Vault vault, String connection) {
        this.vault = vault;
        this.connection = connection;
    }

    @Override
    public Optional<Stored> load() {
        return vault.open(connection, TOKENS)
                .map(opened -> new Stored(
                        opened.version(), ZohoTokens.fromJson(new String(opened.secret(), StandardCharsets.UTF_8))));
    }

    @Override
    public boolean replace(long expectedVersion, ZohoTokens tokens) {
        return vault.put(connection, TOKENS, tokens.toJson().getBytes(StandardCharsets.UTF_8), expectedVersion);
    }
}
