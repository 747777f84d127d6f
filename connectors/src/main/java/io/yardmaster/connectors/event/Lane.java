package io.yardmaster.connectors.event;

import io.yardmaster.schemas.Topic;
import java.util.Arrays;
import java.util.Optional;

/** The three inbound lanes; rows name them like their topics. */
public enum Lane {
    READY,
    COMMIT,
    CLEANUP;

    public Topic<?> topic() {
        return switch (this) {
            case READY -> Topic.READY;
            case COMMIT -> Topic.COMMIT;
            case CLEANUP -> Topic.CLEANUP;
        };
    }

    /** In upper or lower case. */
    static Optional<Lane> named(String name) {
        return Arrays.stream(values())
                .filter(lane -> lane.topic().id().equalsIgnoreCase(name))
                .findFirst();
    }
}
