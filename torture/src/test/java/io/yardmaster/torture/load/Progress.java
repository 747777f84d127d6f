package io.yardmaster.torture.load;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.LongDeserializer;

/** Follows the dispatch topic. It tells the storage which tasks are assigned, and the nemesis if there is progress. */
public final class Progress implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    /** The tasks that the scheduler was told of and has to assign, and that have not been seen assigned. */
    private final Set<Assignable> waiting = ConcurrentHashMap.newKeySet();

    /** All tasks ever expected. Used by the storage's thread. */
    private final Set<Assignable> expected = new HashSet<>();

    /** The offset of the last assignment seen, by partition. */
    private final Map<TopicPartition, Long> last = new ConcurrentHashMap<>();

    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private final AtomicLong seen = new AtomicLong();
    private final KafkaConsumer<Long, TaskAssignment> consumer;
    private final Thread thread = new Thread(this::follow, "progress");
    private volatile boolean closing;

    public Progress(Map<String, String> settings) {
        consumer = new KafkaConsumer<>(
                new HashMap<>(Map.of(
                        "bootstrap.servers",
                        settings.get("kafka.bootstrap.servers"),
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "earliest")),
                new LongDeserializer(),
                ValueSerdes.of(Topic.DISPATCH, settings).deserializer());
        String topic = TopicNames.from(settings).of(Topic.DISPATCH);
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.start();
    }

    private void follow() {
        try (consumer) {
            while (!closing) {
                consumer.poll(POLL).forEach(message -> {
                    waiting.remove(Assignable.of(message.value()));
                    last.put(new TopicPartition(message.topic(), message.partition()), message.offset());
                    seen.incrementAndGet();
                });
                consumer.assignment().forEach(partition -> positions.put(partition, consumer.position(partition)));
            }
        }
    }

    /** The number of assignments seen so far. */
    public long seen() {
        return seen.get();
    }

    /** The offset of the last assignment seen in a partition; -1 if there was none. */
    long lastSeen(TopicPartition partition) {
        return last.getOrDefault(partition, -1L);
    }

    /** The positions from which it reads on. */
    Map<TopicPartition, Long> positions() {
        return positions;
    }

    public int waiting() {
        return waiting.size();
    }

    /** Call it before the scheduler is told; a second call makes no difference. */
    void expect(Assignable one) {
        if (expected.add(one)) {
            waiting.add(one);
        }
    }

    boolean isWaiting(Assignable one) {
        return waiting.contains(one);
    }

    /** These need not be assigned any more. */
    void excuse(Set<Assignable> all) {
        waiting.removeAll(all);
    }

    /** No task of an older session needs to be assigned any more. */
    void excuseAll() {
        waiting.clear();
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
