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

/** Follows the dispatch topic, so that the storage knows what is done and the nemesis whether anything goes on. */
public final class Progress implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    /** What the scheduler was told of, has to assign, and has not yet been seen to. */
    private final Set<Offer> waiting = ConcurrentHashMap.newKeySet();

    /** What was ever waited for. Used by who plays the storage. */
    private final Set<Offer> expected = new HashSet<>();

    /** Where the last assignment lies that was seen. */
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
                    waiting.remove(Offer.of(message.value()));
                    last.put(new TopicPartition(message.topic(), message.partition()), message.offset());
                    seen.incrementAndGet();
                });
                consumer.assignment().forEach(partition -> positions.put(partition, consumer.position(partition)));
            }
        }
    }

    /** Assignments seen so far. */
    public long seen() {
        return seen.get();
    }

    /** Where the last assignment of a partition lies that was seen; -1 if there was none. */
    long lastSeen(TopicPartition partition) {
        return last.getOrDefault(partition, -1L);
    }

    /** Where it reads on, by partition. */
    Map<TopicPartition, Long> positions() {
        return positions;
    }

    public int waiting() {
        return waiting.size();
    }

    /** Is called before the scheduler is told; again makes no difference. */
    void expect(Offer offer) {
        if (expected.add(offer)) {
            waiting.add(offer);
        }
    }

    boolean isWaiting(Offer offer) {
        return waiting.contains(offer);
    }

    /** None of these needs to be assigned any more. */
    void excuse(Set<Offer> offers) {
        waiting.removeAll(offers);
    }

    /** Nothing of older sessions needs to be assigned any more. */
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
