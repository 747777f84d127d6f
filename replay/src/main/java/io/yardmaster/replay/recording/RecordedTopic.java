package io.yardmaster.replay.recording;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A topic of which a recording holds records. */
public enum RecordedTopic {
    READY("ready", true),
    COMMIT("commit", true),
    CLEANUP("cleanup", true),
    GRAPHS("graphs", true),
    COMMANDS("commands", true),
    OUTCOMES("outcomes", true),
    POLICY("policy", false),
    SESSIONS("sessions", false),
    DISPATCH("dispatch", false);

    private static final Map<String, RecordedTopic> BY_ID =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(RecordedTopic::id, topic -> topic));

    private final String id;
    private final boolean ofShards;

    RecordedTopic(String id, boolean ofShards) {
        this.id = id;
        this.ofShards = ofShards;
    }

    /** The name in the file: the topic's own without its prefix. */
    public String id() {
        return id;
    }

    /** Returns whether each shard reads one partition of it. */
    public boolean isOfShards() {
        return ofShards;
    }

    /** The topic of this name; empty for one that this version does not know. */
    public static Optional<RecordedTopic> of(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    /** The names of all of them. */
    public static List<String> ids() {
        return Stream.of(values()).map(RecordedTopic::id).toList();
    }
}
