package io.yardmaster.topology;

import io.yardmaster.topology.config.SchedulerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * Of which changelog the local state of an instance is a copy. A topic that was deleted and made again is another one, even
 * if it has grown beyond where the old one ended; so its id is noted beside the state.
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

    /** Where Kafka Streams keeps all local state of this scheduler. */
    static Path directory(SchedulerConfig config) {
        return config.stateDir().resolve(config.applicationId());
    }

    /**
     * Makes sure that the state that is here, if any, is one of this changelog.
     *
     * @param id of the changelog; empty if there is none
     * @throws SetupException if it is not
     */
    void check(Optional<Uuid> id) throws IOException {
        if (!hasState()) {
            return;
        }
        String why;
        if (id.isEmpty()) {
            why = "topic " + changelog + ", of which it is a copy, does not exist";
        } else if (Files.exists(note)
                && !Files.readString(note).strip().equals(id.get().toString())) {
            why = "topic " + changelog + " is another one than the one of which it is a copy, which was deleted";
        } else {
            return;
        }
        throw new SetupException("there is local state, but " + why + ". Delete " + directory + " and start again");
    }

    /** The state that is here is a copy of this changelog. */
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
