package io.ledgerbridge.sync.spi;

/** Refuses to seal. */
enum NoCipher implements SecretCipher {
    INSTANCE;

    @Override
    public boolean canSeal() {
        return false;
    }

    @Override
    public byte[] seal(byte[] secret, byte[] associatedData) {
        throw new IllegalStateException("no cipher is set, so nothing secret can be stored; set one with cipher(...)");
    }

    @Override
    public byte[] open(byte[] sealed, byte[] associatedData) {
        throw new IllegalStateException(
                "no cipher is set, so nothing that was sealed can be opened; set one with cipher(...)");
    }
}
