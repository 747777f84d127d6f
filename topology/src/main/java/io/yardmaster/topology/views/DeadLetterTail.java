package io.yardmaster.topology.views;

import io.yardmaster.topology.config.SchedulerConfig;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The latest records of the dead-letter topic, also those from before this instance was started. The first request
 * reads a bounded number of them, later ones only new records.
 */
public final class DeadLetterTail implements AutoCloseable {
    /** Maximum number of kept letters of each partition. */
    public static final int KEPT = 500;

    private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long LONGEST_READING_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final String topic;
    private final LookingConsumer reader;
    private final Map<Integer, Deque<DeadLetter>> latest = new TreeMap<>();
    private long total;
    private long readAt;
    private boolean read;

    /** Makes a tail of this deployment's dead-letter topic. */
    public static DeadLetterTail of(SchedulerConfig config) {
        return new DeadLetterTail(config.topics().deadLetter(), () -> LookingConsumer.open(config));
    }

    /** Opens the consumer, which must read committed records only, when it is first needed. */
    public DeadLetterTail(String topic, Supplier<Consumer<byte[], byte[]>> open) {
        this.topic = topic;
        this.reader = new LookingConsumer("the dead letters in " + topic, open);
    }

    /** Number of offsets that the topic keeps; transaction markers count, too. */
    public synchronized long total() {
        refresh();
        return total;
    }

    /** Newest first. */
    public synchronized List<DeadLetter> letters() {
        refresh();
        List<DeadLetter> letters = new ArrayList<>();
        latest.values().forEach(letters::addAll);
        letters.sort(Comparator.comparingLong(DeadLetter::atMs)
                .thenComparing(letter -> letter.place().partition())
                .thenComparing(letter -> letter.place().offset())
                .reversed());
        return letters;
    }

    private void refresh() {
        long now = System.nanoTime();
        if (read && now - readAt < MAX_AGE_NANOS) {
            return;
        }
        read = true;
        reader.look((consumer, isNew) -> read(consumer, isNew, now + LONGEST_READING_NANOS));
        readAt = System.nanoTime();
    }

    private void read(Consumer<byte[], byte[]> consumer, boolean isNew, long deadline) {
        if (isNew) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            latest.clear();
            partitions.forEach(partition -> latest.put(partition.partition(), new ArrayDeque<>()));
        }
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(consumer.assignment());
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        total = 0;
        ends.forEach((partition, end) -> {
            total += end - starts.get(partition);
            if (latest.get(partition.partition()).isEmpty() || consumer.position(partition) < end - KEPT) {
                consumer.seek(partition, Math.max(starts.get(partition), end - KEPT));
            }
        });
        while (isBehind(consumer, ends) && System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(POLL)) {
                Deque<DeadLetter> of = latest.get(letter.partition());
                of.addLast(DeadLetterParser.parse(letter));
                if (of.size() > KEPT) {
                    of.removeFirst();
                }
            }
        }
    }

    private static boolean isBehind(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    @Override
    public synchronized void close() {
        reader.close();
    }
}
