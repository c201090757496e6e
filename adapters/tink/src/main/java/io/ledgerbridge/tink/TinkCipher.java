package io.ledgerbridge.tink;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.ledgerbridge.sync.spi.SecretCipher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Seals by envelope: each secret with a key of its own (AES-256-GCM), and that key with the key-encryption key of the application,
 * which is a keyset or any {@link Aead}, such as that of a key service.
 *
 * <pre>{@code
 * SecretCipher cipher = TinkCipher.keysetFile(Path.of("/etc/acme/ledgerbridge.keyset.json"));
 * SecretCipher cipher = TinkCipher.keyset(System.getenv("LEDGERBRIDGE_KEYSET"));
 * SecretCipher cipher = TinkCipher.of(new GcpKmsClient().getAead(keyUri));
 * }</pre>
 *
 * <p>{@link TinkKeysets} makes keysets and adds keys to them. To change the key: add one to the keyset, start all processes with it,
 * seal everything anew, and only then remove the old one.
 */
public final class TinkCipher implements SecretCipher {

    /** Begins what a key of a keyset has sealed, before the id of the key. */
    private static final byte TINK_PREFIX = 1;

    private static final int LENGTH_BYTES = Integer.BYTES;
    private static final int KEY_ID_BYTES = 1 + Integer.BYTES;

    private final Supplier<Keys> keys;

    private TinkCipher(Supplier<Keys> keys) {
        this.keys = keys;
    }

    /**
     * What seals now.
     *
     * @param keyset null if the key is elsewhere
     */
    private record Keys(Aead envelope, @Nullable KeysetHandle keyset) {

        static Keys of(Aead keyEncryptionKey, @Nullable KeysetHandle keyset) {
            try {
                AeadConfig.register();
                return new Keys(KmsEnvelopeAead.create(PredefinedAeadParameters.AES256_GCM, keyEncryptionKey), keyset);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Tink cannot seal with AES-256-GCM", e);
            }
        }

        static Keys of(KeysetHandle keyset) {
            try {
                AeadConfig.register();
                return of(keyset.getPrimitive(RegistryConfiguration.get(), Aead.class), keyset);
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException(
                        "the keyset is not one for authenticated encryption; make one with TinkKeysets", e);
            }
        }
    }

    /** Reads the file again when it has changed, so that a key that was added is known to processes that run. */
    private static final class KeysInFile implements Supplier<Keys> {
        private final Path file;
        private FileTime readAt;
        private Keys keys;

        KeysInFile(Path file) {
            this.file = file;
            try {
                readAt = Files.getLastModifiedTime(file);
                keys = read();
            } catch (IOException e) {
                throw new IllegalArgumentException("the keyset file " + file + " cannot be read", e);
            }
        }

        private Keys read() throws IOException {
            return Keys.of(TinkKeysets.parse(Files.readString(file)));
        }

        @Override
        public synchronized Keys get() {
            try {
                FileTime changedAt = Files.getLastModifiedTime(file);
                if (!changedAt.equals(readAt)) {
                    keys = read();
                    readAt = changedAt;
                }
            } catch (IOException | IllegalArgumentException e) {
                // What is known goes on; who starts now is told.
                return keys;
            }
            return keys;
        }
    }

    /** Under a key that stays elsewhere, such as in a key service; each secret costs it a call, to seal and to open. */
    public static TinkCipher of(Aead keyEncryptionKey) {
        Keys keys = Keys.of(keyEncryptionKey, null);
        return new TinkCipher(() -> keys);
    }

    /** Under a keyset for authenticated encryption, with one primary key. */
    public static TinkCipher of(KeysetHandle keyset) {
        Keys keys = Keys.of(keyset);
        return new TinkCipher(() -> keys);
    }

    /**
     * Under a keyset in Tink's JSON, as from an environment variable.
     *
     * @throws IllegalArgumentException if it is none; the message does not quote it
     */
    public static TinkCipher keyset(String json) {
        return of(TinkKeysets.parse(json));
    }

    /**
     * Under a keyset in a file with Tink's JSON, which nobody else should be able to read. When the file changes it is read again.
     *
     * @throws IllegalArgumentException if the file cannot be read or holds none
     */
    public static TinkCipher keysetFile(Path file) {
        return new TinkCipher(new KeysInFile(file));
    }

    @Override
    public byte[] seal(byte[] secret, byte[] associatedData) {
        try {
            return keys.get().envelope().encrypt(secret, associatedData);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key-encryption key seals nothing; is its service away?", e);
        }
    }

    @Override
    public byte[] open(byte[] sealed, byte[] associatedData) {
        Keys present = keys.get();
        try {
            return present.envelope().decrypt(sealed, associatedData);
        } catch (GeneralSecurityException e) {
            if (present.keyset() == null && e.getCause() instanceof IOException) {
                throw new IllegalStateException("the key service is away", e);
            }
            throw new IllegalArgumentException(reason(sealed, present.keyset()), e);
        }
    }

    /** Whether the keyset's primary key has sealed it. Of a key service it is not known. */
    @Override
    public boolean isCurrent(byte[] sealed) {
        Integer id = keyId(sealed);
        KeysetHandle keyset = keys.get().keyset();
        return keyset != null && id != null && keyset.getPrimary().getId() == id;
    }

    private static String reason(byte[] sealed, @Nullable KeysetHandle keys) {
        Integer id = keyId(sealed);
        if (keys != null && id != null && !ids(keys).anyMatch(known -> known == id)) {
            return "it was sealed with the key " + Integer.toUnsignedString(id) + ", and the keyset holds "
                    + ids(keys).mapToObj(Integer::toUnsignedString).collect(Collectors.joining(", "));
        }
        return keys == null
                ? "it was sealed with another key or for another place, it was changed since, or the key service is away"
                : "it was sealed for another place, or was changed since";
    }

    private static IntStream ids(KeysetHandle keys) {
        return IntStream.range(0, keys.size()).map(i -> keys.getAt(i).getId());
    }

    /** Id of the key-encryption key; null if what is sealed does not tell. */
    private static @Nullable Integer keyId(byte[] sealed) {
        if (sealed.length < LENGTH_BYTES + KEY_ID_BYTES || sealed[LENGTH_BYTES] != TINK_PREFIX) {
            return null;
        }
        return ByteBuffer.wrap(sealed).getInt(LENGTH_BYTES + 1);
    }

    @Override
    public String toString() {
        KeysetHandle keyset = keys.get().keyset();
        return "TinkCipher[" + (keyset == null ? "a key elsewhere" : "a keyset of " + keyset.size()) + "]";
    }
}
