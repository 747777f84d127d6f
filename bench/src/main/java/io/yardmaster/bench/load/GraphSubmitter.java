package io.yardmaster.bench.load;

import io.yardmaster.bench.BenchException;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.When;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Sends graphs of jobs without a commit or cleanup task. */
public final class GraphSubmitter implements AutoCloseable {
    private static final int GROUPS = 10;

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<JobGraph> values;
    private final LossCheck losses;

    public GraphSubmitter(String bootstrapServers, String topic) {
        WorkloadSchemas.register();
        this.topic = topic;
        this.losses = new LossCheck("graphs", topic);
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.values = ValueSerdes.of(Topic.GRAPHS, Map.of("schema.registry.url", WorkloadSchemas.REGISTRY_URL))
                .serializer();
    }

    /** A stage whose tasks all wait for all tasks of these stages. */
    public static Stage stage(String name, int tasks, List<String> after) {
        List<StageDependency> dependencies =
                after.stream().map(stage -> new StageDependency(stage, false)).toList();
        return new Stage(
                name, tasks, dependencies, When.ALL, 1, 0L, 0L, Payload.NONE, Map.of(), "", 0, Map.of(), false);
    }

    /** A stage that waits for nothing, whose tasks are placed on hosts of a pool and have these amounts of them. */
    public static Stage placed(String name, int tasks, String pool, Map<String, Long> needs) {
        return Stage.newBuilder(stage(name, tasks, List.of()))
                .setPool(pool)
                .setNeeds(needs)
                .build();
    }

    /** A stage that waits for nothing, each of whose tasks needs a unit of a limit. */
    public static Stage limited(String name, int tasks, String limit) {
        return Stage.newBuilder(stage(name, tasks, List.of()))
                .setNeeds(Map.of(limit, 1L))
                .build();
    }

    /** Does not wait for the broker. */
    public void send(long job, List<Stage> stages) {
        JobGraph graph = new JobGraph(job % GROUPS, job, -1L, 0, false, false, OnFailure.STOP, stages, 0, 1, "");
        byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(job).array();
        // The callback is told of a failure, too.
        var unused = producer.send(new ProducerRecord<>(topic, key, values.serialize(topic, graph)), losses);
    }

    /**
     * Waits until the broker has all graphs sent.
     *
     * @throws BenchException if any is lost
     */
    public void flush() {
        producer.flush();
        losses.requireNone();
    }

    @Override
    public void close() {
        producer.close();
    }
}
