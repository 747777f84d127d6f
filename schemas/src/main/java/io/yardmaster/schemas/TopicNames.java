package io.yardmaster.schemas;

import java.util.HashMap;
import java.util.Map;

/** The names of the topics in one deployment: {@code topic.prefix} + id, or the value of {@code topic.<id>} if that is set. */
public final class TopicNames {
    public static final String PREFIX_SETTING = "topic.prefix";
    public static final String DEFAULT_PREFIX = "yardmaster.";

    private final Map<String, String> settings;

    private TopicNames(Map<String, String> settings) {
        this.settings = settings;
    }

    public static TopicNames defaults() {
        return new TopicNames(Map.of());
    }

    /** Reads {@code topic.*} of these settings and ignores all others. */
    public static TopicNames from(Map<String, String> settings) {
        return new TopicNames(Map.copyOf(settings));
    }

    public String of(Topic<?> topic) {
        return named(topic.id());
    }

    /** The topic of a pool's assignments; that of the default pool, whose name is empty, is {@link Topic#DISPATCH} itself. */
    public String dispatch(String pool) {
        return ofPool(of(Topic.DISPATCH), pool);
    }

    /** The same names, but for the dispatch topic, which is that of the pool. */
    public TopicNames inPool(String pool) {
        Map<String, String> own = new HashMap<>(settings);
        own.put("topic." + Topic.DISPATCH.id(), dispatch(pool));
        return new TopicNames(Map.copyOf(own));
    }

    /** The name that a pool has of something that is the default pool's: its topic, or its group of execution managers. */
    public static String ofPool(String name, String pool) {
        return pool.isEmpty() ? name : name + "." + pool;
    }

    public String deadLetter() {
        return named(Topic.DEAD_LETTER_ID);
    }

    private String named(String id) {
        String name = settings.get("topic." + id);
        return name != null ? name : settings.getOrDefault(PREFIX_SETTING, DEFAULT_PREFIX) + id;
    }
}
