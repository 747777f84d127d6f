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
    DISPATCH("dispatch", false),
    /** A recording has only heartbeats that tell of a change; see {@link RecordedHosts}. */
    HOSTS("hosts", false);

    private static final Map<String, RecordedTopic> BY_ID =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(RecordedTopic::id, topic -> topic));

    private static final String OF_POOL = DISPATCH.id("") + ".";

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

    /** The name in the file of the topic of a pool, which is the topic's own if that is the default one. */
    public String id(String pool) {
        return pool.isEmpty() ? id : id + "." + pool;
    }

    /** The topic of this name; empty for one that this version does not know. */
    public static Optional<RecordedTopic> of(String id) {
        return Optional.ofNullable(id.startsWith(OF_POOL) ? DISPATCH : BY_ID.get(id));
    }

    /** The pool of the topic of this name; empty for the default one, and if the topic is of none. */
    static String pool(String id) {
        return id.startsWith(OF_POOL) ? id.substring(OF_POOL.length()) : "";
    }

    /** The names of all of them. */
    public static List<String> ids() {
        return Stream.of(values()).map(RecordedTopic::id).toList();
    }
}
