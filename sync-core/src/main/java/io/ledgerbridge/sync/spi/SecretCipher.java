package io.ledgerbridge.sync.spi;

/**
 * Seals what must not be read in a database: credentials, and the key of the audit trail. Safe for concurrent use.
 *
 * <p>What is sealed can be opened only with the same associated data, so that a secret cannot be moved to another row. An
 * implementation uses authenticated encryption and a new nonce each time.
 */
public interface SecretCipher {

    /** Seals nothing: secrets live no longer than their process. What is lost with it: see where it is the default. */
    static SecretCipher none() {
        return NoCipher.INSTANCE;
    }

    /** Whether secrets can be kept at all; false only for {@link #none}. */
    default boolean canSeal() {
        return true;
    }

    byte[] seal(byte[] secret, byte[] associatedData);

    /**
     * Whether it was sealed with the key that seals now, so that a rotation may leave it as it is. One that cannot tell says no, which is
     * the default: then it is sealed anew.
     */
    default boolean isCurrent(byte[] sealed) {
        return false;
    }

    /**
     * Opens what was sealed.
     *
     * @throws IllegalArgumentException if it was sealed with another key or other associated data, or was changed since
     * @throws IllegalStateException if it cannot be opened now, as when a key service does not answer; it is tried again
     */
    byte[] open(byte[] sealed, byte[] associatedData);
}
