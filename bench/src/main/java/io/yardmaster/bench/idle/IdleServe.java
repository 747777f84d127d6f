package io.yardmaster.bench.idle;

import io.yardmaster.app.topics.DeploymentTopics;
import io.yardmaster.app.topics.TopicPlan;
import io.yardmaster.bench.BenchException;
import io.yardmaster.bench.process.ChildJvm;
import io.yardmaster.bench.process.JvmOptions;
import io.yardmaster.embedded.EmbeddedKafka;
import io.yardmaster.topology.config.SchedulerConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real {@code serve} in a process of its own: with a broker in it, or beside one. */
final class IdleServe implements AutoCloseable {
    private static final String MAIN = "io.yardmaster.app.Yardmaster";
    private static final Pattern READY = Pattern.compile("ready kafka=(\\S+) registry=(\\S+) http=\\S+");
    /** Nothing is read or written that would need a real one. */
    private static final String REGISTRY = "mock://idle";

    private static final long END_SECONDS = 30;

    private final Process process;
    private final String kafka;
    private final String registry;

    private IdleServe(Process process, String kafka, String registry) {
        this.process = process;
        this.kafka = kafka;
        this.registry = registry;
    }

    /**
     * Starts {@code serve --embedded} and returns when it reports that it is ready.
     *
     * @param data a new directory
     * @param log gets its standard error
     */
    static IdleServe embedded(Build build, int shards, Path data, Path log) {
        // Makes the topics first: serve itself would make lanes of one partition.
        try (EmbeddedKafka broker = EmbeddedKafka.start(data.resolve("kafka"), 0)) {
            makeTopics(shards, broker.bootstrapServers());
        }
        return start(build, log, List.of("--embedded", "--data", data.toString(), "--port", "0"));
    }

    /**
     * Starts {@code serve} beside a broker and returns when it reports that it is ready.
     *
     * @param kafka of a broker that nothing else uses
     * @param data a new directory
     * @param log gets its standard error
     */
    static IdleServe beside(String kafka, Build build, int shards, Path data, Path log) {
        makeTopics(shards, kafka);
        return start(
                build,
                log,
                List.of(
                        "--set", "kafka.bootstrap.servers=" + kafka,
                        "--set", "schema.registry.url=" + REGISTRY,
                        "--set", "state.dir=" + data));
    }

    private static IdleServe start(Build build, Path log, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmOptions.SCHEDULER);
        command.addAll(List.of("-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.yardmaster.schemas", "-cp"));
        command.addAll(List.of(build.classPath(), MAIN, "serve", "--set", "http.listen=127.0.0.1:0"));
        command.addAll(options);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher ready = READY.matcher(line);
                if (ready.matches()) {
                    return new IdleServe(process, ready.group(1), ready.group(2));
                }
            }
            throw new BenchException("serve ended before it was ready, see " + log);
        } catch (IOException e) {
            throw new BenchException("serve cannot be started: " + e.getMessage(), e);
        }
    }

    private static void makeTopics(int shards, String kafka) {
        SchedulerConfig config =
                SchedulerConfig.from(Map.of("kafka.bootstrap.servers", kafka, "schema.registry.url", REGISTRY));
        try (DeploymentTopics topics = DeploymentTopics.of(config)) {
            topics.create(
                    new TopicPlan(config.topics(), shards, TopicPlan.DEFAULT_DISPATCH_PARTITIONS, Optional.empty()));
        }
    }

    String kafka() {
        return kafka;
    }

    String registry() {
        return registry;
    }

    /** The CPU time of all of its threads since it was started. */
    Duration cpuTime() {
        return ChildJvm.cpuTime(process);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
