package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.topology.meters.Meters;
import io.yardmaster.topology.pacing.CommitPacers;
import io.yardmaster.topology.pacing.IdlePacer;
import io.yardmaster.topology.window.AssignmentPlacer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

class FencedClientsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A partitioner such as execution managers may have. */
    public static final class OfAConsumer implements ConsumerInterceptor<byte[], byte[]> {
        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

        @Override
        public void close() {}

        @Override
        public void configure(Map<String, ?> settings) {}
    }

    /** Fails when it is made, which must not happen. */
    public static final class Elsewhere implements Partitioner {
        @Override
        public int partition(String topic, Object key, byte[] keyBytes, Object value, byte[] bytes, Cluster cluster) {
            return 0;
        }

        @Override
        public void close() {}

        @Override
        public void configure(Map<String, ?> settings) {
            throw new AssertionError("the scheduler's producer has a partitioner");
        }
    }

    private static FencedClients clients(IdlePacer pacer) {
        return new FencedClients(
                StreamTasks.of(new Topology().addSource("lane", "ready"), "ready"),
                Set.of("commands"),
                new AssignmentPlacer("dispatch"),
                new Observers(Meters.NONE, pacer, CommitPacers.none()),
                new DeadLetterReport("dead", Meters.NONE, System::nanoTime));
    }

    /** Streams polls for this thread every {@code poll.ms}, whether or not anything happens. */
    @Test
    void theGlobalThreadRestsInItsPollUntilItIsWoken() throws Exception {
        CountDownLatch resting = new CountDownLatch(1);
        IdlePacer pacer = new IdlePacer(Duration.ZERO, Duration.ofDays(1), () -> {
            if (Thread.currentThread().getName().equals("global")) {
                resting.countDown();
            }
            return 0;
        });
        try (Consumer<byte[], byte[]> consumer =
                clients(pacer).getGlobalConsumer(new HashMap<>(Map.of("bootstrap.servers", "127.0.0.1:1")))) {
            consumer.assign(List.of(new TopicPartition("sessions", 0)));
            CompletableFuture<ConsumerRecords<byte[], byte[]>> polled = new CompletableFuture<>();
            new Thread(() -> polled.complete(consumer.poll(Duration.ofMillis(1))), "global").start();
            assertThat(resting.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("asks whether it may rest")
                    .isTrue();
            assertThat(polled).isNotDone();
            pacer.wake();
            assertThat(polled).succeedsWithin(PATIENCE).isEqualTo(ConsumerRecords.empty());
        }
    }

    /** Settings without a client's prefix reach all clients, and those of execution managers, too. */
    @Test
    void theProducerPlacesAndCountsByItselfWhateverOtherClientsAreGiven() {
        FencedClients clients = clients(IdlePacer.restless());
        Map<String, Object> config = new HashMap<>(Map.of(
                "bootstrap.servers",
                "127.0.0.1:1",
                "client.id",
                "thread-producer",
                "interceptor.classes",
                OfAConsumer.class.getName(),
                "partitioner.class",
                Elsewhere.class.getName()));
        try (Producer<byte[], byte[]> producer = clients.getProducer(config)) {
            assertThat(producer).isNotNull();
        }
    }
}
