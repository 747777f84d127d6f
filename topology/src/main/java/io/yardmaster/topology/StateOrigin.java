package io.yardmaster.topology;

import io.yardmaster.topology.config.SchedulerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * Notes beside the local state the id of the changelog that it is a copy of. A topic that was deleted and made again
 * has another id, even if it has grown beyond the end of the old one.
 */
final class StateOrigin {
    private final Path directory;
    private final Path note;
    private final String changelog;

    StateOrigin(SchedulerConfig config) {
        directory = directory(config);
        note = config.stateDir().resolve(config.applicationId() + ".changelog");
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

    /** Notes that the local state is a copy of this changelog. */
    void remember(Uuid id) throws IOException {
        if (!Files.exists(note) || !Files.readString(note).strip().equals(id.toString())) {
            Files.writeString(note, id + "\n");
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
