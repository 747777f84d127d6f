package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.topology.meters.Meters;
import io.yardmaster.topology.pacing.IdlePacer;
import io.yardmaster.topology.window.AssignmentPlacer;
import java.util.HashMap;
import java.util.Map;
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

    /** Settings without a client's prefix reach all clients, and those of execution managers, too. */
    @Test
    void theProducerPlacesAndCountsByItselfWhateverOtherClientsAreGiven() {
        FencedClients clients = new FencedClients(
                StreamTasks.of(new Topology().addSource("lane", "ready"), "ready"),
                new AssignmentPlacer("dispatch"),
                IdlePacer.restless(),
                new DeadLetterReport("dead", Meters.NONE, System::nanoTime));
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
