package io.yardmaster.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.CommandLineRun;
import io.yardmaster.app.ServeProcess;
import io.yardmaster.app.cli.CommandProcess;
import io.yardmaster.app.http.HttpService;
import io.yardmaster.app.registry.EmbeddedRegistry;
import io.yardmaster.app.registry.RegistryApi;
import io.yardmaster.embedded.EmbeddedKafka;
import io.yardmaster.topology.config.HostPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Two instances of the scheduler with four shards, on a real Kafka, and their work. */
final class ShownDeployment implements AutoCloseable {
    private static final int JOBS = 40;
    private static final int GROUPS = 5;

    private final Path directory;
    private final EmbeddedKafka kafka;
    private final HttpService registry;
    private final List<ServeProcess> instances;
    private final List<CommandProcess> workers = new ArrayList<>();

    private ShownDeployment(Path directory) {
        this.directory = directory;
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        registry = HttpService.start(new HostPort("127.0.0.1", 0));
        registry.mount(
                "registry",
                RegistryApi.router(EmbeddedRegistry.open(directory.resolve("schemas.json"))),
                RegistryApi.CONTENT_TYPE);
        run("topics", "create", "--partitions=4", "--dispatch-partitions=8");
        instances = Stream.of("one", "two").map(this::serve).toList();
        instances.forEach(ServeProcess::awaitReady);
    }

    static ShownDeployment start(Path directory) {
        return new ShownDeployment(directory);
    }

    String url() {
        return instances.get(0).awaitReady().http();
    }

    /** Submits more jobs than have a place in the rotation, and one that is finalized. */
    void submitJobs() throws IOException {
        Stream<String> ready = IntStream.range(0, JOBS)
                .mapToObj(i -> "ready,%d,%d,3,0-%d".formatted(1 + i % GROUPS, 4_100 + i, 1_200 + i * 389 % 1_500));
        Stream<String> repeated = Stream.of("ready,1,4100,3,0-11", "ready,2,4199,3,0-39", "commit,2,4199,3,");
        Stream<String> header = Stream.of("lane,resource_group_id,job_id,session_id,task_indices");
        Path file = Files.writeString(
                directory.resolve("events.csv"),
                Stream.of(header, ready, repeated).flatMap(lines -> lines).collect(Collectors.joining("\n", "", "\n")));
        run("submit", file.toString());
    }

    void sendUnreadable() {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            Future<RecordMetadata> unused = producer.send(
                    new ProducerRecord<>("yardmaster.ready", "{\"job\": 4100}".getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Starts an execution manager of some slots that takes a while for each task. */
    void work(String name) throws IOException {
        workers.add(CommandProcess.start(
                directory,
                directory.resolve(name),
                with("work", "--parallel=8", "--sleep=0.06", "--set=kafka.client.id=" + name)));
    }

    @Override
    public void close() {
        workers.forEach(CommandProcess::close);
        instances.forEach(ServeProcess::close);
        registry.close();
        kafka.close();
    }

    private ServeProcess serve(String name) {
        return ServeProcess.start(
                directory,
                with(
                        "--set=http.listen=127.0.0.1:0",
                        "--set=state.dir=" + directory.resolve("state-" + name),
                        "--set=active.jobs=6",
                        "--set=dispatch.capacity=96",
                        "--set=kafka.num.standby.replicas=1"));
    }

    private void run(String... arguments) {
        CommandLineRun run = CommandLineRun.of(with(arguments));
        assertThat(run.exitCode()).as(run.stderr()).isZero();
    }

    private String[] with(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--set=kafka.bootstrap.servers=" + kafka.bootstrapServers());
        all.add("--set=schema.registry.url=" + registry.url() + "/registry");
        return all.toArray(String[]::new);
    }
}
