package io.yardmaster.app.recording;

import io.yardmaster.replay.recording.RecordedTopic;
import io.yardmaster.replay.recording.RecordingHeader;
import io.yardmaster.schemas.GraphLimits;
import io.yardmaster.schemas.TopicNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * The offsets of each partition at which a recording begins and ends. The policy and sessions are recorded from their beginning, as older
 * records have those that were in force. Kafka keeps heartbeats of hosts for a short time: if those of the span are gone, the oldest ones that
 * are left are recorded, a minute of them.
 */
final class PartitionSpans {
    private static final long MINUTE_MS = 60_000;

    private final Map<TopicPartition, RecordedTopic> topics = new LinkedHashMap<>();
    private final Map<TopicPartition, Long> earliest;
    private final Map<TopicPartition, Long> firsts;
    private final Map<TopicPartition, Long> ends;
    private final Map<String, String> pools;
    private final int shards;
    private final boolean onlyNew;

    /** Asks Kafka; throws one of Kafka's exceptions if it does not answer. */
    PartitionSpans(Consumer<byte[], byte[]> consumer, TopicNames names, RecordingSpan span) {
        Set<String> there = consumer.listTopics().keySet();
        for (RecordedTopic topic : RecordedTopic.values()) {
            String name = names.of(RecordedTopics.of(topic));
            // A deployment may have no hosts.
            if (topic != RecordedTopic.HOSTS || there.contains(name)) {
                consumer.partitionsFor(name)
                        .forEach(info -> topics.put(new TopicPartition(name, info.partition()), topic));
            }
        }
        pools = pools(there, names);
        pools.keySet().forEach(name -> consumer.partitionsFor(name)
                .forEach(info -> topics.put(new TopicPartition(name, info.partition()), RecordedTopic.DISPATCH)));
        shards = (int) topics.values().stream()
                .filter(topic -> topic == RecordedTopic.READY)
                .count();
        onlyNew = span.follow() && span.from().isEmpty();
        earliest = consumer.beginningOffsets(topics.keySet());
        // The ends of assignments come first: so all events that led to them lie before the ends of the other topics.
        ends = new HashMap<>(consumer.endOffsets(partitionsOf(RecordedTopic.DISPATCH)));
        consumer.endOffsets(topics.keySet()).forEach(ends::putIfAbsent);
        firsts = new HashMap<>(onlyNew ? ends : earliest);
        topics.forEach((partition, topic) -> {
            if (topic == RecordedTopic.POLICY || topic == RecordedTopic.SESSIONS) {
                firsts.put(partition, earliest.get(partition));
            }
        });
        span.from().ifPresent(from -> offsets(consumer, from).forEach((partition, offset) -> {
            RecordedTopic topic = topics.get(partition);
            if (topic != RecordedTopic.POLICY && topic != RecordedTopic.SESSIONS) {
                firsts.put(partition, offset);
            }
        }));
        span.to().ifPresent(to -> {
            Map<TopicPartition, Long> upTo = offsets(consumer, to + 1);
            if (partitionsOf(RecordedTopic.HOSTS).stream()
                    .allMatch(partition -> upTo.get(partition) <= firsts.get(partition))) {
                upTo.putAll(endsOfFirstMinute(consumer, partitionsOf(RecordedTopic.HOSTS)));
            }
            ends.putAll(upTo);
        });
    }

    /** The offsets a minute behind the first records of partitions that have some. */
    private Map<TopicPartition, Long> endsOfFirstMinute(
            Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> begins = new HashMap<>();
        partitions.forEach(partition -> begins.put(partition, 0L));
        Map<TopicPartition, Long> minutesLater = new HashMap<>();
        consumer.offsetsForTimes(begins).forEach((partition, begin) -> {
            if (begin != null && begin.offset() >= firsts.get(partition)) {
                minutesLater.put(partition, begin.timestamp() + MINUTE_MS);
            }
        });
        Map<TopicPartition, Long> found = new HashMap<>();
        consumer.offsetsForTimes(minutesLater)
                .forEach((partition, offset) -> found.put(partition, offset(offset, partition)));
        return found;
    }

    /** The pools other than the default one of which there are topics with these names, by the names. */
    static Map<String, String> pools(Set<String> topics, TopicNames names) {
        String beginning = names.dispatch("") + ".";
        Map<String, String> found = new TreeMap<>();
        for (String name : topics) {
            if (name.startsWith(beginning)) {
                String pool = name.substring(beginning.length());
                if (pool.matches(GraphLimits.POOL_NAME)) {
                    found.put(name, pool);
                }
            }
        }
        return found;
    }

    private List<TopicPartition> partitionsOf(RecordedTopic wanted) {
        return topics.keySet().stream()
                .filter(partition -> topics.get(partition) == wanted)
                .toList();
    }

    /** The offsets of the first records from a time on, or else the ends. */
    private Map<TopicPartition, Long> offsets(Consumer<byte[], byte[]> consumer, long time) {
        Map<TopicPartition, Long> times = new HashMap<>();
        topics.keySet().forEach(partition -> times.put(partition, Math.max(0, time)));
        Map<TopicPartition, Long> found = new HashMap<>();
        consumer.offsetsForTimes(times).forEach((partition, offset) -> found.put(partition, offset(offset, partition)));
        return found;
    }

    private long offset(OffsetAndTimestamp found, TopicPartition partition) {
        return found == null ? ends.get(partition) : Math.min(found.offset(), ends.get(partition));
    }

    /** The pools other than the default one, by the names of their topics. */
    Map<String, String> pools() {
        return pools;
    }

    /** The number of shards. */
    int shards() {
        return shards;
    }

    /** Returns whether Kafka has deleted records of the partition that would be in the recording if it had not. */
    boolean lacks(TopicPartition partition, OptionalLong from, long firstTime) {
        RecordedTopic topic = topics.get(partition);
        boolean purged = topic.isOfShards() || topic == RecordedTopic.DISPATCH;
        return purged
                && !onlyNew
                && earliest.get(partition) > 0
                && firsts.get(partition).equals(earliest.get(partition))
                && (from.isEmpty() || from.getAsLong() < firstTime);
    }

    /** Returns whether all records of a partition were deleted, though records from before now are wanted. */
    boolean isEmptied() {
        return topics.keySet().stream()
                .anyMatch(partition -> lacks(partition, OptionalLong.empty(), Long.MAX_VALUE)
                        && firsts.get(partition).equals(ends.get(partition)));
    }

    /** The offsets behind the last records. */
    Map<TopicPartition, Long> ends() {
        return Map.copyOf(ends);
    }

    /** Has the consumer read from the first records on. */
    void seek(Consumer<byte[], byte[]> consumer) {
        consumer.assign(topics.keySet());
        firsts.forEach(consumer::seek);
    }

    List<RecordingHeader.Start> starts() {
        List<RecordingHeader.Start> starts = new ArrayList<>();
        topics.forEach((partition, topic) -> starts.add(new RecordingHeader.Start(
                topic,
                pools.getOrDefault(partition.topic(), ""),
                partition.partition(),
                firsts.get(partition),
                earliest.get(partition))));
        return starts;
    }
}
