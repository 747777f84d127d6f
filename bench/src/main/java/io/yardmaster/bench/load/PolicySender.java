package io.yardmaster.bench.load;

import io.yardmaster.bench.BenchException;
import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes entries of pools and limits into the policy. */
public final class PolicySender {
    private PolicySender() {}

    /**
     * Has the tasks of a pool placed on hosts. Returns when the broker has the entry.
     *
     * @param window the most tasks that wait for a host or run
     */
    public static void placeOnHosts(String bootstrapServers, String topic, String pool, long window) {
        WorkloadSchemas.register();
        PolicyEntry entry = PolicyEntry.newBuilder()
                .setBy("bench")
                .setFields(List.of("placement", "window"))
                .setPlacement("hosts")
                .setWindow(window)
                .build();
        send(bootstrapServers, topic, "pool/" + pool, entry);
    }

    /** Sets the capacity of a named limit. Returns when the broker has the entry. */
    public static void limit(String bootstrapServers, String topic, String limit, long capacity) {
        WorkloadSchemas.register();
        PolicyEntry entry = PolicyEntry.newBuilder()
                .setBy("bench")
                .setFields(List.of("capacity"))
                .setCapacity(capacity)
                .build();
        send(bootstrapServers, topic, "limit/" + limit, entry);
    }

    private static void send(String bootstrapServers, String topic, String key, PolicyEntry entry) {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new StringSerializer(),
                ValueSerdes.of(Topic.POLICY, Map.of("schema.registry.url", WorkloadSchemas.REGISTRY_URL))
                        .serializer())) {
            producer.send(new ProducerRecord<>(topic, key, entry)).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new BenchException("the policy cannot be written to " + topic + ": " + e.getMessage(), e);
        }
    }
}
