package io.ledgerbridge.tink;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;

/**
 * Keysets in Tink's JSON, in clear: whoever reads one can open everything. They are the format of Tink's own tool, {@code tinkey},
 * too.
 */
public final class TinkKeysets {

    private TinkKeysets() {}

    /** A keyset with one new key. */
    public static String create() {
        try {
            AeadConfig.register();
            return write(KeysetHandle.newBuilder()
                    .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                            .withRandomId()
                            .makePrimary())
                    .build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink cannot make a key", e);
        }
    }

    /**
     * The keyset with one more key, which seals from now on; what was sealed with the others can still be opened.
     *
     * @throws IllegalArgumentException if it is no keyset; the message does not quote it
     */
    public static String withNewKey(String json) {
        try {
            return write(KeysetHandle.newBuilder(parse(json))
                    .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                            .withRandomId()
                            .makePrimary())
                    .build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink cannot add a key", e);
        }
    }

    /**
     * The keyset with its primary key alone, for when everything is sealed with it.
     *
     * @throws IllegalArgumentException if it is no keyset
     */
    public static String withoutOldKeys(String json) {
        KeysetHandle keys = parse(json);
        KeysetHandle.Builder.Entry primary = KeysetHandle.importKey(
                        keys.getPrimary().getKey())
                .withFixedId(keys.getPrimary().getId());
        try {
            return write(
                    KeysetHandle.newBuilder().addEntry(primary.makePrimary()).build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink cannot remove keys", e);
        }
    }

    static KeysetHandle parse(String json) {
        try {
            AeadConfig.register();
            return TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            // Without the cause: it may quote what it could not read.
            throw new IllegalArgumentException(
                    "this is no keyset in Tink's JSON; make one with TinkKeysets.create() or tinkey");
        }
    }

    private static String write(KeysetHandle keys) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get());
    }
}
