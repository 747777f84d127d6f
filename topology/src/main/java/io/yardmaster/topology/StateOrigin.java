package io.yardmaster.topology;

import io.yardmaster.topology.config.SchedulerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * Notes beside the local state the id of the changelog that it is a copy of, and the topics in which the scheduler's group had offsets
 * by then. A changelog that was deleted and made again has another id, even if it has grown beyond the end of the old one. Only
 * shards have local state: that of placement is in memory, and is read from its changelog at each start.
 */
final class StateOrigin {
    private final Path directory;
    private final Path note;
    private final Path topicsNote;
    private final String changelog;
    private Set<String> topics = Set.of();

    StateOrigin(SchedulerConfig config) {
        directory = directory(config);
        note = config.stateDir().resolve(config.applicationId() + ".changelog");
        topicsNote = config.stateDir().resolve(config.applicationId() + ".topics");
        changelog = Names.changelog(config);
    }

    /** Directory in which Kafka Streams keeps all local state of this scheduler. */
    static Path directory(SchedulerConfig config) {
        return config.stateDir().resolve(config.applicationId());
    }

    /**
     * Checks that local state, if there is any, is a copy of this changelog.
     *
     * @param id of the changelog; empty if there is none
     * @throws SetupException if the state is a copy of another one
     */
    void check(Optional<Uuid> id) throws IOException {
        if (!hasState()) {
            return;
        }
        String why;
        if (id.isEmpty()) {
            why = "topic " + changelog + ", whose copy it is, does not exist";
        } else if (Files.exists(note)
                && !Files.readString(note).strip().equals(id.get().toString())) {
            why = "it is a copy of an older topic " + changelog + ", which was deleted";
        } else {
            return;
        }
        throw new SetupException("there is local state, but " + why + ". Delete " + directory + " and start again");
    }

    /** Names of the topics in which the group had offsets at an earlier start with this directory, as far as is known. */
    Set<String> topicsWithOffsets() throws IOException {
        return Files.exists(topicsNote) ? Set.copyOf(Files.readAllLines(topicsNote)) : Set.of();
    }

    /** The group has offsets in these topics; with the next {@link #remember} that is noted. */
    void haveOffsets(Set<String> names) {
        topics = names;
    }

    /**
     * Notes that the local state is a copy of this changelog.
     *
     * @param id of the changelog; empty if there is none, and then nothing is noted
     */
    void remember(Optional<Uuid> id) throws IOException {
        if (id.isPresent()) {
            write(note, id.get().toString());
            if (!topics.isEmpty()) {
                write(topicsNote, String.join("\n", new TreeSet<>(topics)));
            }
        }
    }

    private static void write(Path file, String text) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).strip().equals(text)) {
            Files.writeString(file, text + "\n");
        }
    }

    private boolean hasState() throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> tasks = Files.list(directory)) {
            return tasks.anyMatch(
                    task -> Files.isDirectory(task.resolve("rocksdb").resolve(Names.STATE_STORE)));
        }
    }
}
