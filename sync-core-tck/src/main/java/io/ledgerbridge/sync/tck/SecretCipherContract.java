package io.ledgerbridge.sync.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.sync.spi.SecretCipher;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link SecretCipher} that seals has to do. */
public abstract class SecretCipherContract {

    private static final byte[] SECRET = "1000.0a1b2c3d.refresh-token".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PLACE = "zoho-1/tokens".getBytes(StandardCharsets.UTF_8);

    private SecretCipher cipher;

    /** One with a key of its own. */
    protected abstract SecretCipher newCipher();

    @BeforeEach
    void begin() {
        cipher = newCipher();
    }

    @Test
    void whatWasSealedIsOpened() {
        assertThat(cipher.canSeal()).isTrue();
        assertThat(cipher.open(cipher.seal(SECRET, PLACE), PLACE)).isEqualTo(SECRET);
        assertThat(cipher.open(cipher.seal(new byte[0], PLACE), PLACE)).isEmpty();
    }

    @Test
    void theSecretIsNotInWhatIsSealed() {
        String sealed = new String(cipher.seal(SECRET, PLACE), StandardCharsets.ISO_8859_1);

        assertThat(sealed).doesNotContain("refresh-token").doesNotContain("1000.");
    }

    @Test
    void sealingTwiceGivesTwoDifferentSeals() {
        Set<String> seals = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            assertThat(seals.add(Arrays.toString(cipher.seal(SECRET, PLACE)))).isTrue();
        }
    }

    @Test
    void inAnotherPlaceItCannotBeOpened() {
        byte[] sealed = cipher.seal(SECRET, PLACE);

        assertThatThrownBy(() -> cipher.open(sealed, "zoho-2/tokens".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withAnotherKeyItCannotBeOpened() {
        byte[] sealed = cipher.seal(SECRET, PLACE);

        assertThatThrownBy(() -> newCipher().open(sealed, PLACE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatWasChangedCannotBeOpened() {
        byte[] sealed = cipher.seal(SECRET, PLACE);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> cipher.open(changed, PLACE))
                    .as("with byte %d changed", i)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> cipher.open(Arrays.copyOf(sealed, sealed.length - 1), PLACE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cipher.open(new byte[0], PLACE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFailureDoesNotTellTheSecret() {
        byte[] sealed = cipher.seal(SECRET, PLACE);

        assertThatThrownBy(() -> newCipher().open(sealed, PLACE))
                .satisfies(failure -> assertThat(failure.toString()).doesNotContain("refresh-token"));
        assertThat(cipher.toString()).doesNotContain("refresh-token");
    }
}
