package io.yardmaster.topology;

import io.yardmaster.topology.pacing.CommitPacers;
import io.yardmaster.topology.pacing.IdlePacer;
import io.yardmaster.topology.window.AssignmentPlacer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Makes the Kafka clients of one instance. They differ from Kafka's own in seven ways: a transaction that dispatches
 * anything carries offsets, by which the broker checks that the instance still has its stream tasks (decision 13); the
 * dispatch window chooses the partitions of assignments; the clients rest while the instance is idle (decision 27), and tell when to commit (decision 38); commands are
 * fetched beside a backlog of events (decision 41); in a deployment with hosts a transaction also says what these do not need any more (decision 26);
 * the consumer of global stores tells how far they have come.
 */
final class FencedClients implements KafkaClientSupplier {
    private static final String CONSUMER = "-consumer";
    private static final String PRODUCER = "-producer";

    private final DeadLetterReport report;

    /** By the name of the stream thread; a replacement of a client keeps it. */
    private final Map<String, OwnedOffsets> consumers = new ConcurrentHashMap<>();

    private final StreamTasks tasks;
    private final Set<String> overtaking;
    private final AssignmentPlacer placer;
    private final IdlePacer pacer;
    private final CommitPacers commits;
    private final ThreadFloors floors;
    private final Map<TopicPartition, Long> globalPositions;

    /**
     * For all threads of one instance.
     *
     * @param overtaking topics that are also fetched beside a backlog of the others
     * @param placer of the assignments
     * @param report of committed dead letters
     */
    FencedClients(
            StreamTasks tasks,
            Set<String> overtaking,
            AssignmentPlacer placer,
            Observers observers,
            DeadLetterReport report) {
        this.tasks = tasks;
        this.overtaking = overtaking;
        this.placer = placer;
        this.pacer = observers.pacer();
        this.commits = observers.commits();
        this.floors = observers.floors();
        this.globalPositions = observers.globalPositions();
        this.report = report;
        pacer.onWake(() -> consumers.values().forEach(OwnedOffsets::wakeup));
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        String thread = thread(config, CONSUMER);
        OwnedOffsets consumer = new OwnedOffsets(config, tasks, pacer, commits.of(thread), overtaking);
        consumers.put(thread, consumer);
        return consumer;
    }

    /**
     * Drops a partitioner and interceptors that settings give to all clients, because this producer places and counts
     * itself.
     */
    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        String thread = thread(config, PRODUCER);
        SentLetters letters = new SentLetters((DeadLetterLimit) config.get(DeadLetters.LIMIT), report);
        Map<String, Object> own = new HashMap<>(config);
        own.keySet()
                .removeAll(Set.of(ProducerConfig.PARTITIONER_CLASS_CONFIG, ProducerConfig.INTERCEPTOR_CLASSES_CONFIG));
        return new FencedProducer(own, () -> consumers.get(thread), placer, letters, pacer, commits.of(thread), floors);
    }

    private static String thread(Map<String, Object> config, String suffix) {
        String clientId = config.get(CommonClientConfigs.CLIENT_ID_CONFIG).toString();
        if (!clientId.endsWith(suffix)) {
            throw new IllegalStateException("a stream thread's client is called " + clientId);
        }
        return clientId.substring(0, clientId.length() - suffix.length());
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        GlobalConsumer consumer = new GlobalConsumer(config, pacer, globalPositions);
        pacer.onWake(consumer::wakeup);
        return consumer;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }
}
