package io.ledgerbridge.examples.cli;

import io.ledgerbridge.examples.cli.Settings.BadSetting;
import io.ledgerbridge.tink.TinkCipher;
import io.ledgerbridge.tink.TinkKeysets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/** The keyset that seals credentials: in the environment, or in a file that nobody else can read. */
final class Keys {

    /** A file is locked for a whole process. */
    private static final ReentrantLock HERE = new ReentrantLock();

    private final String given;
    private final Path file;

    /** @param given the keyset itself; empty if it is in the file */
    Keys(String given, Path file) {
        this.given = given;
        this.file = file;
    }

    TinkCipher cipher() {
        if (given.isEmpty() && !Files.exists(file)) {
            throw new BadSetting("The keyset file " + file + " is missing: what is sealed in the store cannot be opened"
                    + " without it. Put it back, or name it with --keyset-file; where nothing is connected yet, connect"
                    + " makes one.");
        }
        try {
            return given.isEmpty() ? TinkCipher.keysetFile(file) : TinkCipher.keyset(given);
        } catch (IllegalArgumentException e) {
            throw new BadSetting("The keyset (LEDGERBRIDGE_KEYSET, --keyset-file) is wrong: " + e.getMessage() + ".");
        }
    }

    /** For a store in which nothing is sealed yet. */
    TinkCipher cipherOrNew() {
        try (Hold hold = hold()) {
            if (given.isEmpty() && !Files.exists(file)) {
                write(TinkKeysets.create());
            }
        }
        return cipher();
    }

    /**
     * Waits until nobody else works with the keyset file, and has others wait until this is closed: of two who change it at once, one would
     * lose its key, and with it what it has sealed. May be held twice by the same thread.
     */
    Hold hold() {
        HERE.lock();
        try {
            if (!given.isEmpty() || HERE.getHoldCount() > 1 || isReadOnly()) {
                return HERE::unlock;
            }
            FileChannel channel = lock();
            return () -> {
                try {
                    channel.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } finally {
                    HERE.unlock();
                }
            };
        } catch (IOException e) {
            HERE.unlock();
            throw new BadSetting("The keyset file " + file + " cannot be locked against others: "
                    + e.getClass().getSimpleName() + ".");
        } catch (RuntimeException e) {
            HERE.unlock();
            throw e;
        }
    }

    private FileChannel lock() throws IOException {
        FileChannel channel = FileChannel.open(
                file.resolveSibling(file.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            channel.lock();
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** What is mounted for reading alone is changed elsewhere. */
    private boolean isReadOnly() {
        return !Files.isWritable(file.toAbsolutePath().resolveSibling(""));
    }

    /** That nobody else works with the keyset file. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    boolean isFile() {
        return given.isEmpty();
    }

    /** What is sealed from now on is sealed with a new key; the others still open. */
    void addKey() {
        change(TinkKeysets::withNewKey);
    }

    /** To be called when everything is sealed with the newest key. */
    void forgetOldKeys() {
        change(TinkKeysets::withoutOldKeys);
    }

    private void change(UnaryOperator<String> change) {
        cipher();
        try (Hold hold = hold()) {
            write(change.apply(Files.readString(file)));
        } catch (IOException e) {
            throw new BadSetting("The keyset file " + file + " cannot be read.");
        }
    }

    /** Whole or not at all: half a keyset would open nothing. */
    private void write(String keyset) {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(next);
            Files.createFile(next, forTheOwnerAlone());
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                channel.write(StandardCharsets.UTF_8.encode(keyset));
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new BadSetting("The keyset file " + file + " cannot be written.");
        }
    }

    private static FileAttribute<?>[] forTheOwnerAlone() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
