package io.yardmaster.connectors.event;

import io.yardmaster.schemas.Topic;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The inbound lanes for rows. */
public enum Lane {
    READY("ready"),
    COMMIT("commit"),
    CLEANUP("cleanup"),
    /** Whole jobs, whose dependencies the scheduler resolves. */
    GRAPH("graph");

    /** The names of all, for messages. */
    static final String NAMES = Arrays.stream(values()).map(lane -> lane.word).collect(Collectors.joining(", "));

    private final String word;

    Lane(String word) {
        this.word = word;
    }

    public Topic<?> topic() {
        return switch (this) {
            case READY -> Topic.READY;
            case COMMIT -> Topic.COMMIT;
            case CLEANUP -> Topic.CLEANUP;
            case GRAPH -> Topic.GRAPHS;
        };
    }

    /** In upper or lower case. */
    static Optional<Lane> named(String name) {
        return Arrays.stream(values())
                .filter(lane -> lane.word.equalsIgnoreCase(name))
                .findFirst();
    }
}
