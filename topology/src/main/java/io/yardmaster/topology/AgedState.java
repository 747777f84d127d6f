package io.yardmaster.topology;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes local state that the changelog cannot bring up to date any more. Compaction removes the record of a deletion after
 * {@code delete.retention.ms}. State that is older than that would keep the deleted entries, such as a job that has ended.
 */
final class AgedState {
    private static final Logger LOG = LoggerFactory.getLogger(AgedState.class);

    /** Kafka's default. */
    private static final Duration DELETIONS_KEPT = Duration.ofDays(1);

    /** The rest of the day is for restoring, and for compactions, which write files anew without newer entries. */
    static final Duration OLDEST = DELETIONS_KEPT.dividedBy(4);

    private static final String TABLE_FILE = ".sst";

    private AgedState() {}

    /**
     * Deletes the state of each stream task whose newest table file is older than {@link #OLDEST}. Nothing has opened the state.
     *
     * @param directory of all local state of a scheduler; need not exist
     */
    static void delete(Path directory, Instant now) throws IOException {
        for (Path task : contents(directory)) {
            Optional<Instant> written = lastWritten(task.resolve("rocksdb").resolve(Names.STATE_STORE));
            if (written.isPresent() && written.get().isBefore(now.minus(OLDEST))) {
                LOG.info(
                        "the local state of stream task {} was last written at {}, which is too long ago: it is restored from"
                                + " the beginning of the changelog",
                        task.getFileName(),
                        written.get());
                Utils.delete(task.toFile());
            }
        }
    }

    /** Empty if nothing was ever written to disk. */
    private static Optional<Instant> lastWritten(Path store) throws IOException {
        Optional<Instant> last = Optional.empty();
        for (Path file : contents(store)) {
            if (file.toString().endsWith(TABLE_FILE)) {
                FileTime time = Files.getLastModifiedTime(file);
                last = last.filter(time.toInstant()::isBefore).or(() -> Optional.of(time.toInstant()));
            }
        }
        return last;
    }

    private static List<Path> contents(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
