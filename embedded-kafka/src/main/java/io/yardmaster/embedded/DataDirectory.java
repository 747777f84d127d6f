package io.yardmaster.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * The directory of a broker's log, locked against a second broker while it is open. Kafka has a lock of its own, but takes it
 * only after its first writes.
 */
final class DataDirectory implements AutoCloseable {
    /** A start would fill less space than this, and Kafka would then log pages of errors. */
    static final long LEAST_FREE = 64L << 20;

    private static final String LOCK_FILE = "yardmaster.lock";
    private static final String META_PROPERTIES = "meta.properties";

    /** Kafka leaves this file when it stops by itself, and deletes it when it starts. */
    private static final String CLEAN_SHUTDOWN = ".kafka_cleanshutdown";

    /** A file lock guards only against other processes, and is lost when this process opens and closes its file again. */
    private static final Set<Path> OPEN_IN_THIS_JVM = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;
    private boolean usedBefore;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Throws if the directory could not be used; creates and changes nothing. */
    static void check(Path path) {
        check(path, DataDirectory::free);
    }

    /** @param room free bytes for an existing directory */
    static void check(Path path, ToLongFunction<Path> room) {
        Path existing = path.toAbsolutePath().normalize();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null || !Files.isDirectory(existing)) {
            throw new EmbeddedKafkaException("data directory " + path + ": " + existing + " is not a directory");
        }
        if (!Files.isWritable(existing)) {
            throw new EmbeddedKafkaException("data directory " + path + ": " + existing + " is not writable");
        }
        long free = room.applyAsLong(existing);
        if (free < LEAST_FREE) {
            throw new EmbeddedKafkaException("data directory %s: has room for %s MB, and at least %s are needed"
                    .formatted(path, free >> 20, LEAST_FREE >> 20));
        }
        if (Files.exists(path) && isForeign(path)) {
            throw new EmbeddedKafkaException(
                    "data directory " + path + ": holds other files; name an empty or a new directory");
        }
    }

    private static long free(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE; // The broker's first write will fail if there is none.
        }
    }

    /** Creates the directory if it is missing, takes the lock, and formats the directory if it is new. */
    static DataDirectory open(Path given) {
        check(given);
        Path path;
        try {
            path = Files.createDirectories(given).toRealPath();
        } catch (IOException e) {
            throw new EmbeddedKafkaException("data directory " + given + ": cannot be created", e);
        }
        if (!OPEN_IN_THIS_JVM.add(path)) {
            throw inUse(path);
        }
        DataDirectory directory = null;
        try {
            directory = new DataDirectory(path, lock(path));
            directory.formatOnce();
            return directory;
        } catch (IOException | RuntimeException e) {
            if (directory == null) {
                OPEN_IN_THIS_JVM.remove(path);
            } else {
                directory.close();
            }
            throw e instanceof EmbeddedKafkaException known
                    ? known
                    : new EmbeddedKafkaException("data directory " + path + ": " + e.getMessage(), e);
        }
    }

    /** Returns whether a broker used this directory before and did not stop by itself. */
    boolean brokerWasKilled() {
        return usedBefore && !Files.exists(path.resolve(CLEAN_SHUTDOWN));
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new EmbeddedKafkaException("data directory " + path + ": " + e.getMessage(), e);
        } finally {
            OPEN_IN_THIS_JVM.remove(path);
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw inUse(path);
        }
        channel.close();
        throw inUse(path);
    }

    private void formatOnce() throws IOException {
        usedBefore = Files.exists(path.resolve(META_PROPERTIES));
        if (usedBefore) {
            return;
        }
        // These files are left over if a first start was killed half way.
        try (var leftovers = Files.newDirectoryStream(path, "bootstrap.checkpoint*")) {
            for (Path leftover : leftovers) {
                Files.delete(leftover);
            }
        }
        try (var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(path.toString())
                    .setMetadataLogDirectory(path.toString())
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setPrintStream(silent)
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static boolean isForeign(Path path) {
        if (Files.exists(path.resolve(META_PROPERTIES)) || Files.exists(path.resolve(LOCK_FILE))) {
            return false;
        }
        try (var files = Files.list(path)) {
            return files.findAny().isPresent();
        } catch (IOException e) {
            throw new EmbeddedKafkaException("data directory " + path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static EmbeddedKafkaException inUse(Path path) {
        return new EmbeddedKafkaException(
                "data directory " + path + ": in use by another broker that is still running");
    }
}
