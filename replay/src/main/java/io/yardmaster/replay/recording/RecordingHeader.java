package io.yardmaster.replay.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The first line of a recording.
 *
 * @param writtenBy version of Yardmaster
 * @param recordedAtMs time at which it was begun, in epoch ms
 * @param fromMs time from which on records were asked for; empty: all that the topics had
 * @param toMs time up to which records were asked for; empty: all that the topics had, or until somebody stopped it
 * @param shards of the deployment
 * @param payloads whether the payloads of stages and assignments are in it
 * @param settings those of the deployment that have a say in the order, as they are typed
 * @param partitions from where each partition was recorded
 */
public record RecordingHeader(
        String writtenBy,
        long recordedAtMs,
        OptionalLong fromMs,
        OptionalLong toMs,
        int shards,
        boolean payloads,
        SortedMap<String, String> settings,
        List<Start> partitions) {
    /** The version of the format that this code writes; it reads those before, too. */
    public static final int FORMAT = 4;

    private static final int OLDEST_FORMAT = 1;

    static final String FORMAT_FIELD = "yardmaster_recording";

    private static final int MOST_SHARDS = 100_000;

    /**
     * From where a partition was recorded.
     *
     * @param pool to whose assignments the topic belongs; empty of the default pool, and of all other topics
     * @param first offset of the first record that may be in the file
     * @param earliest offset of the first record that Kafka still had; 0 if none of its records was ever deleted
     */
    public record Start(RecordedTopic topic, String pool, int partition, long first, long earliest) {}

    /** Keeps copies. */
    public RecordingHeader {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        partitions = List.copyOf(partitions);
    }

    /** Returns whether it holds all records of the lanes, graphs, commands and outcomes from the first one on. */
    public boolean isWhole() {
        return partitions.stream().noneMatch(start -> start.topic().isOfShards() && start.first() > 0);
    }

    ObjectNode json() {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put(FORMAT_FIELD, FORMAT);
        line.put("written_by", writtenBy);
        line.put("recorded_at", recordedAtMs);
        fromMs.ifPresent(from -> line.put("from", from));
        toMs.ifPresent(to -> line.put("to", to));
        line.put("shards", shards);
        line.put("payloads", payloads);
        ObjectNode set = line.putObject("settings");
        settings.forEach(set::put);
        var starts = line.putArray("partitions");
        partitions.forEach(start -> starts.addObject()
                .put("topic", start.topic().id(start.pool()))
                .put("partition", start.partition())
                .put("first", start.first())
                .put("earliest", start.earliest()));
        return line;
    }

    /** Reads the line. Throws {@link IllegalArgumentException} with the reason if it is none of this format. */
    static RecordingHeader of(JsonNode line) {
        if (!line.path(FORMAT_FIELD).isIntegralNumber()) {
            throw new IllegalArgumentException("is no recording: its first line has no field " + FORMAT_FIELD);
        }
        int format = line.path(FORMAT_FIELD).asInt();
        if (format < OLDEST_FORMAT || format > FORMAT) {
            throw new IllegalArgumentException(
                    "is a recording of format %s, written by version %s; this version reads formats %s to %s"
                            .formatted(format, line.path("written_by").asText("unknown"), OLDEST_FORMAT, FORMAT));
        }
        int shards = Fields.smallNumber(line, "shards");
        if (shards < 1 || shards > MOST_SHARDS) {
            throw new IllegalArgumentException("the field shards must be a number from 1 to " + MOST_SHARDS);
        }
        SortedMap<String, String> settings = new TreeMap<>();
        line.path("settings")
                .properties()
                .forEach(one -> settings.put(one.getKey(), one.getValue().asText()));
        List<Start> starts = new ArrayList<>();
        for (JsonNode start : Fields.list(line, "partitions")) {
            String name = Fields.text(start, "topic");
            RecordedTopic.of(name)
                    .ifPresent(topic -> starts.add(new Start(
                            topic,
                            RecordedTopic.pool(name),
                            Fields.smallNumber(start, "partition"),
                            Fields.number(start, "first"),
                            Fields.number(start, "earliest"))));
        }
        return new RecordingHeader(
                Fields.text(line, "written_by"),
                Fields.number(line, "recorded_at"),
                time(line, "from"),
                time(line, "to"),
                shards,
                Fields.flag(line, "payloads"),
                settings,
                starts);
    }

    private static OptionalLong time(JsonNode line, String name) {
        return line.has(name) ? OptionalLong.of(Fields.number(line, name)) : OptionalLong.empty();
    }

    /** The value of one of the settings. Throws {@link IllegalArgumentException} if it is not there. */
    public String setting(String key) {
        String value = settings.get(key);
        if (value == null) {
            throw new IllegalArgumentException("the setting " + key + " is missing");
        }
        return value;
    }

    /** Numbers of records by topic, as the end of a recording has them. */
    static ObjectNode counts(Map<RecordedTopic, Long> records) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        records.forEach((topic, count) -> json.put(topic.id(), count));
        return json;
    }
}
