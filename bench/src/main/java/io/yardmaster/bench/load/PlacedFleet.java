package io.yardmaster.bench.load;

import io.yardmaster.bench.BenchException;
import io.yardmaster.schemas.Host;
import io.yardmaster.schemas.HostHeaders;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The hosts of a pool. Each sends its own heartbeats, as often as a real one; one consumer reads the partitions of all, and tasks end when
 * they come.
 */
public final class PlacedFleet implements AutoCloseable {
    private static final long INCARNATION = 1;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long BEAT_MS = 2_000;
    /** Heartbeats are spread over the time between two of one host in so many steps. */
    private static final int STEPS = 20;

    private final String topic;
    private final byte[] key;
    private final List<Host> hosts = new ArrayList<>();
    private final Map<String, Integer> partitionOfHost = new HashMap<>();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<Host> values;
    private final LossCheck losses;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "heartbeats"));
    private final ScheduledFuture<?> beating;
    private long steps;

    /**
     * Begins with the heartbeats.
     *
     * @param topics have the pool's topic
     * @param partitions of the pool's topic
     * @param totals by host
     */
    public PlacedFleet(
            String bootstrapServers,
            BenchTopics topics,
            String poolTopic,
            String pool,
            int partitions,
            List<Map<String, Long>> totals) {
        WorkloadSchemas.register();
        topic = topics.hosts();
        key = pool.getBytes(StandardCharsets.UTF_8);
        for (int number = 0; number < totals.size(); number++) {
            String name = String.format(Locale.ROOT, "h%05d", number);
            int partition = HostHeaders.partitionOf(name, partitions);
            partitionOfHost.put(name, partition);
            hosts.add(new Host(pool, name, INCARNATION, totals.get(number), Map.of(), partition, Instant.EPOCH));
        }
        losses = new LossCheck("heartbeats", topic);
        values = ValueSerdes.of(Topic.HOSTS, Map.of("schema.registry.url", WorkloadSchemas.REGISTRY_URL))
                .serializer();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
        consumer = FleetConsumer.open(bootstrapServers, poolTopic, 10_000);
        consumer.assign(IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(poolTopic, partition))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
        hosts.forEach(this::beat);
        beating = thread.scheduleAtFixedRate(this::beatSome, BEAT_MS / STEPS, BEAT_MS / STEPS, TimeUnit.MILLISECONDS);
    }

    private void beatSome() {
        int step = (int) (steps++ % STEPS);
        for (int number = step; number < hosts.size(); number += STEPS) {
            beat(hosts.get(number));
        }
    }

    private void beat(Host host) {
        byte[] value = values.serialize(
                topic, Host.newBuilder(host).setAt(Instant.now()).build());
        // The callback is told of a failure, too.
        var unused = producer.send(new ProducerRecord<>(topic, key, value), losses);
    }

    /**
     * Answers assignments with successful outcomes until all tasks have come.
     *
     * @param number of a task among them, from 0 to below {@code tasks}
     * @throws BenchException if one comes twice, or for another host or incarnation than read its partition, or none for as long as
     *     {@code patience}
     */
    public void answer(int tasks, OutcomeSender outcomes, ToIntFunction<TaskAssignment> number, Duration patience) {
        BitSet come = new BitSet(tasks);
        int missing = tasks;
        long lastProgress = System.nanoTime();
        while (missing > 0) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                TaskAssignment assignment = take(record, outcomes);
                int task = number.applyAsInt(assignment);
                if (come.get(task)) {
                    throw new BenchException(
                            "task %s of job %s came twice".formatted(assignment.getTaskIndex(), assignment.getJobId()));
                }
                come.set(task);
                missing--;
            }
            if (!records.isEmpty()) {
                lastProgress = System.nanoTime();
            } else if (System.nanoTime() - lastProgress > patience.toNanos()) {
                throw new BenchException("%s of %s tasks came to hosts, then none for %s s"
                        .formatted(tasks - missing, tasks, patience.toSeconds()));
            }
            requireBeating();
        }
        outcomes.awaitWritten();
    }

    private TaskAssignment take(ConsumerRecord<byte[], byte[]> record, OutcomeSender outcomes) {
        if (record.value() == null) {
            throw new BenchException(
                    "the scheduler does not count on a host of partition %s any more".formatted(record.partition()));
        }
        TaskAssignment assignment = outcomes.send(record);
        Integer partition = partitionOfHost.get(assignment.getHost());
        if (partition == null
                || partition != record.partition()
                || !HostHeaders.name(record.headers(), assignment.getHost(), INCARNATION)) {
            throw new BenchException("a task for host %s came in partition %s, which it does not read"
                    .formatted(assignment.getHost(), record.partition()));
        }
        return assignment;
    }

    private void requireBeating() {
        losses.requireNone();
        if (beating.isDone()) {
            throw new BenchException("the heartbeats have ended");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        consumer.close();
        producer.close();
    }
}
