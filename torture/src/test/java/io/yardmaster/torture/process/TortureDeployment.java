package io.yardmaster.torture.process;

import io.yardmaster.app.Yardmaster;
import io.yardmaster.app.http.HttpService;
import io.yardmaster.app.registry.EmbeddedRegistry;
import io.yardmaster.app.registry.RegistryApi;
import io.yardmaster.app.topics.DeploymentTopics;
import io.yardmaster.app.topics.TopicPlan;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.topology.config.HostPort;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.torture.checker.Checker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** One scheduler's topics and registry, and its processes as users start them: {@code serve} and {@code work}. */
public final class TortureDeployment implements AutoCloseable {
    private static final Map<String, String> WORKER =
            Map.of("kafka.session.timeout.ms", "6000", "kafka.heartbeat.interval.ms", "1500");
    private static final List<String> WORKER_OPTIONS = List.of("-Xmx128m");

    private final Path directory;
    private final Map<String, String> settings = new HashMap<>();
    private final HttpService registry;
    private final List<Replaceable> processes = new ArrayList<>();

    /** @param name of its topics and groups, and of its directory in {@code parent} */
    public TortureDeployment(String servers, Path parent, String name, Map<String, String> more) {
        this.directory = parent.resolve(name);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        registry = HttpService.start(new HostPort("127.0.0.1", 0));
        registry.mount(
                "registry",
                RegistryApi.router(EmbeddedRegistry.open(directory.resolve("schemas.json"))),
                RegistryApi.CONTENT_TYPE);
        settings.put("kafka.bootstrap.servers", servers);
        settings.put("kafka.application.id", name);
        settings.put("topic.prefix", name + ".");
        settings.put("dispatch.group", name + "-fleet");
        settings.put("schema.registry.url", registry.url() + "/registry");
        settings.putAll(more);
    }

    /** Creates the topics; the broker's clock stamps events, graphs, commands and assignments. */
    public void createTopics(Admin admin, int shards, int dispatch, int copies) {
        createTopics(admin, new TopicPlan(names(), shards, dispatch, Optional.of((short) copies)));
    }

    /** The same with the topics of hosts, of which the broker's clock stamps each record, too. */
    public void createTopicsOfHosts(Admin admin, int shards, int dispatch, int copies) {
        createTopics(admin, new TopicPlan(names(), true, shards, dispatch, Optional.of((short) copies)));
        stamp(admin, Stream.of(Topic.HOSTS, Topic.EVENTS));
    }

    /** Creates the topic of a pool, where the broker's clock stamps each record, too. */
    public void createPool(Admin admin, String pool) {
        try (DeploymentTopics topics = DeploymentTopics.of(SchedulerConfig.from(settings))) {
            topics.createOfPools(List.of(pool));
        }
        stampNamed(admin, Stream.of(names().dispatch(pool)));
    }

    private void createTopics(Admin admin, TopicPlan plan) {
        try (DeploymentTopics topics = DeploymentTopics.of(SchedulerConfig.from(settings))) {
            topics.create(plan);
        }
        stamp(
                admin,
                Stream.of(
                        Topic.READY,
                        Topic.COMMIT,
                        Topic.CLEANUP,
                        Topic.GRAPHS,
                        Topic.COMMANDS,
                        Topic.OUTCOMES,
                        Topic.POLICY,
                        Topic.DISPATCH));
    }

    private void stamp(Admin admin, Stream<Topic<?>> topics) {
        TopicNames names = names();
        stampNamed(admin, topics.map(names::of));
    }

    private static void stampNamed(Admin admin, Stream<String> topics) {
        var stamped = List.of(new AlterConfigOp(
                new ConfigEntry("message.timestamp.type", "LogAppendTime"), AlterConfigOp.OpType.SET));
        Map<ConfigResource, java.util.Collection<AlterConfigOp>> changes = new HashMap<>();
        topics.forEach(topic -> changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic), stamped));
        try {
            admin.incrementalAlterConfigs(changes).all().get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    public TopicNames names() {
        return TopicNames.from(settings);
    }

    public Path stateDirectory(int instance) {
        return directory.resolve("state-" + instance);
    }

    /** The file with the number of milliseconds by which the wall clock of an instance is ahead. */
    public Path clock(int instance) {
        return directory.resolve("clock-" + instance);
    }

    /** An instance of the scheduler, not started. */
    public Replaceable scheduler(int instance, Path patches, Map<String, String> more) {
        List<String> options = List.of(
                "-Xmx224m", "-D" + JumpingClock.FILE + "=" + clock(instance).toAbsolutePath());
        Map<String, String> own = new HashMap<>(more);
        own.put("state.dir", stateDirectory(instance).toString());
        own.put("http.listen", "127.0.0.1:0");
        return process("scheduler-" + instance, options, patches, command(own, "serve"));
    }

    /** An execution manager that sleeps for each assignment, not started. */
    public Replaceable worker(int number, double sleepSeconds, int parallel) {
        List<String> command = command(
                WORKER, "work", "--sleep", Double.toString(sleepSeconds), "--parallel", Integer.toString(parallel));
        return process("worker-" + number, WORKER_OPTIONS, null, command);
    }

    /** Like {@link #worker}, but of a pool. */
    public Replaceable poolWorker(int number, String pool, double sleepSeconds, int parallel) {
        List<String> command = command(
                WORKER,
                "work",
                "--pool",
                pool,
                "--sleep",
                Double.toString(sleepSeconds),
                "--parallel",
                Integer.toString(parallel));
        return process("worker-" + number, WORKER_OPTIONS, null, command);
    }

    /** Like {@link #worker}, but it writes no outcomes. */
    public Replaceable silentWorker(int number, double sleepSeconds, int parallel) {
        Map<String, String> named = new HashMap<>(WORKER);
        named.put("kafka.client.id", Checker.SILENT + "-" + number);
        List<String> command = command(
                named,
                "work",
                "--no-outcomes",
                "--sleep",
                Double.toString(sleepSeconds),
                "--parallel",
                Integer.toString(parallel));
        return process("worker-" + number, WORKER_OPTIONS, null, command);
    }

    /** An execution manager whose assignments end in all ways, not started. */
    public Replaceable fickleWorker(int number, int workMillis, int parallel) {
        return fickleWorker(number, workMillis, parallel, null);
    }

    /** The same with other classes of the client. */
    public Replaceable fickleWorker(int number, int workMillis, int parallel, Path patches) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(WORKER);
        List<String> main = new ArrayList<>(
                List.of(FickleWorker.class.getName(), Integer.toString(workMillis), Integer.toString(parallel)));
        all.forEach((key, value) -> main.add(key + "=" + value));
        return process("worker-" + number, WORKER_OPTIONS, patches, main);
    }

    /**
     * A host of a pool, not started, which sleeps for each assignment.
     *
     * @param cpu is asked at each start how much of it the host has
     */
    public Replaceable host(String name, String pool, IntSupplier cpu, String zone, double sleepSeconds, int parallel) {
        Path log = directory.resolve(name + ".log");
        Replaceable process = new Replaceable(
                name,
                () -> Jvm.start(
                        log,
                        WORKER_OPTIONS,
                        null,
                        command(
                                Map.of(),
                                "work",
                                "--pool",
                                pool,
                                "--host",
                                name,
                                "--has",
                                "cpu=" + cpu.getAsInt(),
                                "--label",
                                "zone=" + zone,
                                "--sleep",
                                Double.toString(sleepSeconds),
                                "--parallel",
                                Integer.toString(parallel))));
        processes.add(process);
        return process;
    }

    private List<String> command(Map<String, String> own, String... command) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(own);
        List<String> main = new ArrayList<>(List.of(Yardmaster.class.getName()));
        main.addAll(List.of(command));
        all.forEach((key, value) -> main.addAll(List.of("--set", key + "=" + value)));
        return main;
    }

    private Replaceable process(String name, List<String> options, Path patches, List<String> main) {
        Path log = directory.resolve(name + ".log");
        Replaceable process = new Replaceable(name, () -> Jvm.start(log, options, patches, main));
        processes.add(process);
        return process;
    }

    @Override
    public void close() {
        processes.forEach(Replaceable::close);
        registry.close();
    }
}
