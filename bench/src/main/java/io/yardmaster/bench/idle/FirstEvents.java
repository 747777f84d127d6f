package io.yardmaster.bench.idle;

import io.yardmaster.bench.BenchException;
import io.yardmaster.bench.load.FleetConsumer;
import io.yardmaster.bench.report.Sample;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;

/** Sends one event after each pause, of a job of its own, and measures its time to the fleet. */
final class FirstEvents {
    private static final int SHORTEST_PAUSE_MS = 500;
    private static final int LONGEST_PAUSE_MS = 3_000;
    /** The first events meet cold code. */
    private static final int UNCOUNTED = 5;

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

    private final TopicNames topics = TopicNames.defaults();
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> fleet;
    private final String registry;

    private FirstEvents(KafkaProducer<byte[], byte[]> producer, KafkaConsumer<byte[], byte[]> fleet, String registry) {
        this.producer = producer;
        this.fleet = fleet;
        this.registry = registry;
    }

    /** The times in ms, one per round; the seed decides the pauses. */
    static Sample millis(IdleServe serve, int rounds, long seed) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                serve.kafka(),
                                ProducerConfig.LINGER_MS_CONFIG,
                                0),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                KafkaConsumer<byte[], byte[]> fleet = FleetConsumer.open(serve.kafka(), "yardmaster-ems", 100)) {
            return new FirstEvents(producer, fleet, serve.registry()).measure(rounds, new Random(seed));
        }
    }

    private Sample measure(int rounds, Random random) {
        fleet.subscribe(List.of(topics.of(Topic.DISPATCH)));
        while (fleet.assignment().isEmpty()) {
            fleet.poll(POLL);
        }
        List<Double> millis = new ArrayList<>();
        try (Serde<TaskReady> values = ValueSerdes.of(Topic.READY, Map.of("schema.registry.url", registry))) {
            for (int round = 0; round < UNCOUNTED + rounds; round++) {
                pause(SHORTEST_PAUSE_MS + random.nextInt(LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS));
                double took = send(values, round);
                if (round >= UNCOUNTED) {
                    millis.add(took);
                }
            }
        }
        return new Sample(millis);
    }

    private double send(Serde<TaskReady> values, long job) {
        String topic = topics.of(Topic.READY);
        TaskReady event = new TaskReady(1L, job, 0L, List.of(0), 0);
        byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(job).array();
        byte[] value = values.serializer().serialize(topic, event);
        long sent = System.nanoTime();
        var unused = producer.send(new ProducerRecord<>(topic, key, value));
        while (System.nanoTime() - sent < PATIENCE_NANOS) {
            for (ConsumerRecord<byte[], byte[]> taken : fleet.poll(POLL)) {
                if (ByteBuffer.wrap(taken.key()).getLong() == job) {
                    long came = System.nanoTime();
                    fleet.commitSync();
                    return (came - sent) / 1e6;
                }
            }
        }
        throw new BenchException("the assignment of job " + job + " did not come");
    }

    /** Waits; the fleet's consumer goes on polling meanwhile. */
    private void pause(int millis) {
        long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        for (long left = millis;
                left > 0;
                left = Duration.ofNanos(until - System.nanoTime()).toMillis()) {
            fleet.poll(Duration.ofMillis(left));
        }
    }
}
