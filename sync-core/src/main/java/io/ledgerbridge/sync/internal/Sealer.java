package io.ledgerbridge.sync.internal;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Digests and seals audit entries, for one thread at a time. */
final class Sealer {
    private final MessageDigest digest;
    private final Mac mac;

    Sealer(SecretKeySpec secret) {
        try {
            digest = MessageDigest.getInstance("SHA-256");
            mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has SHA-256 and HmacSHA256", e);
        }
    }

    String digest(String text) {
        return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Over everything but the payload, of which the digest stands for it. */
    String seal(AuditLog.Stored entry) {
        String sealed = String.join(
                "\n",
                String.valueOf(entry.sequence()),
                entry.at(),
                entry.run(),
                entry.stream(),
                entry.record(),
                entry.target(),
                entry.version(),
                entry.decision(),
                entry.correlation(),
                entry.digest(),
                entry.previous(),
                entry.key());
        return HexFormat.of().formatHex(mac.doFinal(sealed.getBytes(StandardCharsets.UTF_8)));
    }
}
