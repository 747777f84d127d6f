package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.Host;
import io.yardmaster.schemas.HostHeaders;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.SchedulerConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The hosts of a pool, as a test leads them. It checks that none gets more than it has, and nothing comes twice. */
final class HostFleet implements AutoCloseable {
    private static final long BEAT_MS = 1_000;

    private final SchedulerConfig config;
    private final String pool;
    private final KafkaConsumer<Long, TaskAssignment> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, Host> hosts = new TreeMap<>();
    private final Map<Long, TaskAssignment> running = new TreeMap<>();
    private final Set<Long> seen = new HashSet<>();
    private long beaten;

    /** @param partitions of the pool's topic, which is there */
    HostFleet(TestDeployment deployment, String pool, int partitions) {
        this.config = deployment.config("hosts");
        this.pool = pool;
        consumer = deployment.consumer(null, Map.of());
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            all.add(new TopicPartition(config.topics().dispatch(pool), partition));
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
        producer = new KafkaProducer<>(
                new HashMap<>(config.kafka()), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A host from now on sends heartbeats, whenever the fleet is led on. */
    void add(String name, int partition, Map<String, Long> total, Map<String, String> labels) {
        hosts.put(name, new Host(pool, name, 1L, total, labels, partition, Instant.EPOCH));
        beaten = 0;
        beat();
    }

    /** A host falls silent; the tasks that it had never end. Returns them. */
    List<TaskAssignment> kill(String name) {
        hosts.remove(name);
        List<TaskAssignment> lost = running.values().stream()
                .filter(task -> task.getHost().equals(name))
                .toList();
        lost.forEach(task -> running.remove(task.getAssignmentId()));
        return lost;
    }

    private void beat() {
        if (System.currentTimeMillis() - beaten < BEAT_MS) {
            return;
        }
        beaten = System.currentTimeMillis();
        String topic = config.topics().of(Topic.HOSTS);
        var values = ValueSerdes.of(Topic.HOSTS, config.serde()).serializer();
        for (Host host : hosts.values()) {
            byte[] bytes = values.serialize(
                    topic, Host.newBuilder(host).setAt(Instant.now()).build());
            var unused = producer.send(new ProducerRecord<>(topic, pool.getBytes(StandardCharsets.UTF_8), bytes));
        }
        producer.flush();
    }

    /** Takes what has come for hosts that are alive. */
    List<TaskAssignment> take() {
        beat();
        List<TaskAssignment> taken = new ArrayList<>();
        for (ConsumerRecord<Long, TaskAssignment> each : consumer.poll(Duration.ofMillis(50))) {
            TaskAssignment task = each.value();
            Host host = hosts.get(task.getHost());
            if (host == null) {
                continue;
            }
            assertThat(each.partition()).isEqualTo(host.getDispatchPartition());
            assertThat(HostHeaders.name(each.headers(), host.getHost(), host.getIncarnation()))
                    .isTrue();
            assertThat(seen.add(task.getAssignmentId()))
                    .as("assignment %s comes once", task.getAssignmentId())
                    .isTrue();
            running.put(task.getAssignmentId(), task);
            taken.add(task);
            checkRoom(host);
        }
        return taken;
    }

    private void checkRoom(Host host) {
        Map<String, Long> used = new HashMap<>();
        running.values().stream()
                .filter(task -> task.getHost().equals(host.getHost()))
                .forEach(task -> task.getNeeds().forEach((need, amount) -> used.merge(need, amount, Long::sum)));
        used.forEach((need, amount) -> assertThat(amount)
                .as("%s of %s", need, host.getHost())
                .isLessThanOrEqualTo(host.getTotal().getOrDefault(need, 0L)));
    }

    List<TaskAssignment> running() {
        return List.copyOf(running.values());
    }

    /** A task does not run any more; its outcome must be written later. */
    void end(TaskAssignment task) {
        running.remove(task.getAssignmentId());
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }
}
