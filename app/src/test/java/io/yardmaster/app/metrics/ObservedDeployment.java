package io.yardmaster.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import io.yardmaster.app.TopicSerializers;
import io.yardmaster.app.http.HttpService;
import io.yardmaster.app.registry.EmbeddedRegistry;
import io.yardmaster.app.registry.RegistryApi;
import io.yardmaster.embedded.EmbeddedKafka;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.HostPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;

/** A Kafka and a registry in this JVM, and instances of {@code serve} in others. */
final class ObservedDeployment implements AutoCloseable {
    static final int SHARDS = 4;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Path directory;
    private final EmbeddedKafka kafka;
    private final HttpService registry;
    private final KafkaProducer<Long, byte[]> producer;
    private final TopicSerializers serializers;

    private ObservedDeployment(Path directory) throws IOException {
        this.directory = directory;
        this.kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        this.registry = HttpService.start(new HostPort("127.0.0.1", 0));
        registry.mount(
                "registry",
                RegistryApi.router(EmbeddedRegistry.open(directory.resolve("schemas.json"))),
                RegistryApi.CONTENT_TYPE);
        this.serializers = new TopicSerializers(serde());
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()), new LongSerializer(), new ByteArraySerializer());
    }

    static ObservedDeployment start(Path directory) throws IOException {
        ObservedDeployment deployment = new ObservedDeployment(directory);
        CommandLineRun topics = CommandLineRun.of(
                "topics",
                "create",
                "--partitions",
                Integer.toString(SHARDS),
                "--dispatch-partitions",
                "8",
                "--set",
                "kafka.bootstrap.servers=" + deployment.kafka.bootstrapServers());
        assertThat(topics.exitCode()).as(topics.stderr()).isZero();
        return deployment;
    }

    /** Starts an instance with a state directory of this name. */
    ServeProcess serve(String name, List<String> jvmOptions, String... settings) {
        List<String> arguments = new ArrayList<>();
        for (String setting : List.of(
                "kafka.bootstrap.servers=" + kafka.bootstrapServers(),
                "schema.registry.url=" + registry.url() + "/registry",
                "http.listen=127.0.0.1:0",
                "state.dir=" + name)) {
            arguments.addAll(List.of("--set", setting));
        }
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        return ServeProcess.start(directory, jvmOptions, arguments.toArray(String[]::new));
    }

    /** Stops the broker for good. */
    void stopKafka() {
        kafka.close();
    }

    private Map<String, Object> serde() {
        return Map.of("schema.registry.url", registry.url() + "/registry");
    }

    <V extends SpecificRecord> void send(Topic<V> lane, long job, V event) {
        send(lane, job, event, new RecordHeaders());
    }

    <V extends SpecificRecord> void send(Topic<V> lane, long job, V event, RecordHeaders headers) {
        String topic = TopicNames.defaults().of(lane);
        sendRaw(topic, job, serializers.serialize(lane, topic, event), headers);
    }

    void sendRaw(String topic, long job, byte[] value, RecordHeaders headers) {
        try {
            producer.send(new ProducerRecord<>(topic, null, null, job, value, headers))
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** A member of the execution managers' group. */
    KafkaConsumer<Long, TaskAssignment> executionManager() {
        KafkaConsumer<Long, TaskAssignment> member = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "group.id",
                        "yardmaster-ems",
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false),
                new LongDeserializer(),
                ValueSerdes.of(Topic.DISPATCH, serde()).deserializer());
        member.subscribe(List.of(TopicNames.defaults().of(Topic.DISPATCH)));
        return member;
    }

    static HttpResponse<String> get(ServeProcess.Ready at, String path) {
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(URI.create(at.http() + path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static PrometheusText scrape(ServeProcess.Ready at) {
        return PrometheusText.parse(get(at, "/metrics").body());
    }

    /** Shards that this instance shows. */
    static long shards(ServeProcess.Ready at) {
        return scrape(at).series("yardmaster_session{").size();
    }

    @Override
    public void close() {
        producer.close();
        registry.close();
        kafka.close();
    }
}
