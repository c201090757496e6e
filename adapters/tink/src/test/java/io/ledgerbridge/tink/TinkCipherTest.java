package io.ledgerbridge.tink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import io.ledgerbridge.sync.spi.SecretCipher;
import io.ledgerbridge.sync.tck.SecretCipherContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a cipher under a keyset, and what is said when the key is not the right one. */
class TinkCipherTest extends SecretCipherContract {

    private static final byte[] SECRET = "1000.refresh".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PLACE = "acme/zoho-tokens".getBytes(StandardCharsets.UTF_8);

    @Override
    protected SecretCipher newCipher() {
        return TinkCipher.keyset(TinkKeysets.create());
    }

    @Test
    void theKeyCanBeChangedWhileWhatIsSealedStaysReadable() {
        String old = TinkKeysets.create();
        byte[] sealed = TinkCipher.keyset(old).seal(SECRET, PLACE);
        String both = TinkKeysets.withNewKey(old);
        TinkCipher rotating = TinkCipher.keyset(both);

        assertThat(rotating.open(sealed, PLACE)).isEqualTo(SECRET);
        assertThat(rotating.isCurrent(sealed)).isFalse();
        assertThat(TinkCipher.keyset(old).isCurrent(sealed)).isTrue();
        byte[] anew = rotating.seal(SECRET, PLACE);
        assertThat(rotating.isCurrent(anew)).isTrue();

        TinkCipher later = TinkCipher.keyset(TinkKeysets.withoutOldKeys(both));
        assertThat(later.open(anew, PLACE)).isEqualTo(SECRET);
        assertThatThrownBy(() -> later.open(sealed, PLACE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("it was sealed with the key \\d+, and the keyset holds \\d+");
    }

    @Test
    void whatWasChangedIsToldFromAWrongKey() {
        TinkCipher cipher = TinkCipher.keyset(TinkKeysets.create());
        byte[] sealed = cipher.seal(SECRET, PLACE);
        sealed[sealed.length - 1] ^= 1;

        assertThatThrownBy(() -> cipher.open(sealed, PLACE))
                .hasMessage("it was sealed for another place, or was changed since");
    }

    @Test
    void whatIsNoKeysetIsRefusedWithoutBeingQuoted(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("keyset.json"), "{\"my\":\"secret-1234\"}");

        assertThatThrownBy(() -> TinkCipher.keysetFile(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no keyset in Tink's JSON")
                .satisfies(failure -> assertThat(failure).hasStackTraceContaining("no keyset"))
                .satisfies(failure -> assertThat(failure.getCause()).isNull());
        assertThatThrownBy(() -> TinkCipher.keysetFile(directory.resolve("missing")))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void aFileHoldsAKeyset(@TempDir Path directory) throws Exception {
        String keyset = TinkKeysets.create();
        byte[] sealed = TinkCipher.keyset(keyset).seal(SECRET, PLACE);
        Path file = Files.writeString(directory.resolve("keyset.json"), keyset);

        assertThat(TinkCipher.keysetFile(file).open(sealed, PLACE)).isEqualTo(SECRET);
        assertThat(TinkCipher.keysetFile(file)).hasToString("TinkCipher[a keyset of 1]");
    }

    /** A key is added while a process runs that has read the file before. */
    @Test
    void aFileThatChangesIsReadAgain(@TempDir Path directory) throws Exception {
        String old = TinkKeysets.create();
        String both = TinkKeysets.withNewKey(old);
        Path file = Files.writeString(directory.resolve("keyset.json"), old);
        TinkCipher running = TinkCipher.keysetFile(file);
        byte[] first = running.seal(SECRET, PLACE);

        Files.writeString(file, both);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        byte[] anew = TinkCipher.keyset(both).seal(SECRET, PLACE);
        assertThat(running.open(anew, PLACE)).isEqualTo(SECRET);
        assertThat(running.open(first, PLACE)).isEqualTo(SECRET);
        assertThat(running.isCurrent(running.seal(SECRET, PLACE))).isTrue();
        Files.delete(file);
        assertThat(running.open(anew, PLACE)).isEqualTo(SECRET);
    }

    /** As a key service would be: it seals the keys and may be away. */
    @Test
    void aKeyMayStayElsewhere() throws Exception {
        KeysetHandle elsewhere = TinkKeysets.parse(TinkKeysets.create());
        Aead service = elsewhere.getPrimitive(RegistryConfiguration.get(), Aead.class);
        boolean[] away = {false};
        SecretCipher cipher = TinkCipher.of(new Aead() {
            @Override
            public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
                return service.encrypt(plaintext, associatedData);
            }

            @Override
            public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
                if (away[0]) {
                    throw new GeneralSecurityException("no route to host", new IOException("away"));
                }
                return service.decrypt(ciphertext, associatedData);
            }
        });
        byte[] sealed = cipher.seal(SECRET, PLACE);

        assertThat(cipher.open(sealed, PLACE)).isEqualTo(SECRET);
        assertThat(cipher.isCurrent(sealed)).isFalse();
        away[0] = true;
        assertThatThrownBy(() -> cipher.open(sealed, PLACE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the key service is away");
    }
}
