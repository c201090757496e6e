package io.ledgerbridge.sync.tck;

import io.ledgerbridge.sync.spi.SecretCipher;

final class AesCipherTest extends SecretCipherContract {

    @Override
    protected SecretCipher newCipher() {
        return new AesCipher();
    }
}
