package io.yardmaster.topology;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.rocksdb.RocksDB;

/** Loads native libraries. RocksDB copies its own to a temporary directory, from which the system must load it. */
public final class NativeLibraries {
    private static final String OWN_DIRECTORY = "ROCKSDB_SHAREDLIB_DIR";

    private NativeLibraries() {}

    /**
     * Loads them.
     *
     * @throws SchedulerException in one line that names the directory and the way to name another one
     */
    public static void load() {
        try {
            RocksDB.loadLibrary();
        } catch (RuntimeException | LinkageError e) {
            throw new SchedulerException(sentence(directory(), e), e);
        }
    }

    private static Path directory() {
        return Path.of(Optional.ofNullable(System.getenv(OWN_DIRECTORY))
                .filter(name -> !name.isEmpty())
                .orElse(System.getProperty("java.io.tmpdir")));
    }

    /** The reason in one sentence, from the state of the directory and the system's own message. */
    static String sentence(Path directory, Throwable failure) {
        Throwable root = StreamThreadFailures.root(failure);
        String why;
        if (!Files.isDirectory(directory)) {
            why = "is not there";
        } else if (!Files.isWritable(directory)) {
            why = "cannot be written";
        } else if (root instanceof LinkageError) {
            why = "may hold no programs (it is mounted noexec, say), but a library of RocksDB's must be loaded from"
                    + " it ("
                    + root.getMessage() + ")";
        } else {
            why = "cannot take a library of RocksDB's (" + root.getMessage() + ")";
        }
        return "temporary directory %s %s: name another one with YARDMASTER_JAVA_OPTS=-Djava.io.tmpdir=DIRECTORY or %s"
                .formatted(directory, why, OWN_DIRECTORY)
                .replaceAll("\\s+", " ");
    }
}
