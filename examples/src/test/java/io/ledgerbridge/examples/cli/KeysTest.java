package io.ledgerbridge.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ledgerbridge.examples.cli.Settings.BadSetting;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that is lost opens nothing any more. */
class KeysTest {

    private static final int MANY = 8;
    private static final byte[] PURPOSE = "test".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    private Keys keys() {
        return new Keys("", directory.resolve("keyset.json"));
    }

    private static <T> List<Future<T>> atOnce(Callable<T> task) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(MANY);
        try {
            return threads.invokeAll(Collections.nCopies(MANY, task));
        } finally {
            threads.shutdown();
        }
    }

    /** Whoever comes first makes it. */
    @Test
    void ofManyWhoMakeAKeysetAllHaveTheSame() throws Exception {
        List<Future<byte[]>> sealed = atOnce(() -> keys().cipherOrNew().seal(new byte[] {7}, PURPOSE));

        for (Future<byte[]> one : sealed) {
            assertThat(keys().cipher().open(one.get(), PURPOSE)).containsExactly(7);
        }
    }

    @Test
    void ofManyWhoAddAKeyNoneIsLost() throws Exception {
        keys().cipherOrNew();
        List<Future<byte[]>> sealed = atOnce(() -> {
            keys().addKey();
            return keys().cipher().seal(new byte[] {7}, PURPOSE);
        });

        for (Future<byte[]> one : sealed) {
            assertThat(keys().cipher().open(one.get(), PURPOSE)).containsExactly(7);
        }
        assertThat(Files.readString(directory.resolve("keyset.json")).split("\"keyId\"", -1))
                .as("pieces around the keys")
                .hasSize(MANY + 2);
    }

    /** Others are other processes: they see a file that is locked. */
    @Test
    void aProcessThatHasTheFileLockedIsWaitedFor() throws IOException {
        keys().cipherOrNew();
        Path lock = directory.resolve("keyset.json.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            // Within one process a second lock does not wait, but tells that there is one.
            assertThatThrownBy(() -> keys().addKey()).isInstanceOf(OverlappingFileLockException.class);
            assertThat(held.isValid()).isTrue();
        }
        keys().addKey();
    }

    @Test
    void aDirectoryThatIsNotThereIsTold() {
        Keys nowhere = new Keys("", directory.resolve("nowhere").resolve("keyset.json"));

        assertThatThrownBy(nowhere::cipherOrNew)
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining("cannot be written")
                .hasMessageContaining("nowhere");
    }
}
