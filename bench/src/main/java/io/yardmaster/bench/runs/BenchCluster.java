package io.yardmaster.bench.runs;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.contestants.ContestantProcess;
import io.yardmaster.bench.load.BenchTopics;
import io.yardmaster.bench.load.WorkloadSchemas;
import io.yardmaster.bench.process.BrokerJvm;
import io.yardmaster.bench.process.ChildJvm;
import io.yardmaster.bench.process.JvmOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** The broker and the contestants of one execution of the suite, each in a JVM of its own, and the names of rounds. */
public final class BenchCluster implements AutoCloseable {
    private final SuiteOptions options;
    private final Path work;
    private final Path output;
    private final PrintWriter progress;
    private final BrokerJvm broker;
    private final String bootstrapServers;
    private final Admin admin;
    private final Map<String, ChildJvm> contestants = new HashMap<>();
    private int rounds;

    /**
     * Starts a broker.
     *
     * @param work an empty directory for data
     * @param output an existing directory for logs and recordings
     * @param progress gets a line for each round
     */
    public BenchCluster(SuiteOptions options, Path work, Path output, PrintWriter progress) {
        this.progress = progress;
        this.options = options;
        this.work = work;
        this.output = output;
        broker = BrokerJvm.start(work.resolve("kafka"), output);
        bootstrapServers = broker.bootstrapServers();
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    private Path log(String name) {
        return output.resolve(name + ".log");
    }

    public SuiteOptions options() {
        return options;
    }

    Interleaved interleaved() {
        return interleaved(options.warmups());
    }

    Interleaved interleaved(int warmups) {
        return new Interleaved(warmups, options.rounds(), progress);
    }

    Path output() {
        return output;
    }

    PrintWriter progress() {
        return progress;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /**
     * A contestant's JVM, which stays up until the end: its compiled code is warm when it counts. There is one for each
     * collector that the contestant has.
     */
    ChildJvm jvm(Side side) {
        String label = side.contestant().label();
        String name = side.collector().equals(JvmOptions.COLLECTOR) ? label : label + side.collector();
        return contestants.computeIfAbsent(name, none -> {
            List<String> jvmOptions = new ArrayList<>(List.of(JvmOptions.HEAP, side.collector()));
            if (options.recordFlights()) {
                // Nothing but answers may be on standard output.
                jvmOptions.add("-Xlog:jfr+startup=off");
                jvmOptions.add("-XX:StartFlightRecording=settings=profile,filename=" + output.resolve(name + ".jfr"));
            }
            return new ChildJvm(name, log(name), jvmOptions, ContestantProcess.class, label);
        });
    }

    public BenchTopics newTopics(Contestant contestant, int partitions) {
        rounds++;
        return new BenchTopics(admin, "round%s-%s".formatted(rounds, contestant.label()), partitions);
    }

    /** Topics of one partition each, in which the broker's clock stamps each event, graph, command and assignment when it is appended. */
    BenchTopics newStampedTopics(Contestant contestant) {
        rounds++;
        String round = "round%s-%s".formatted(rounds, contestant.label());
        return new BenchTopics(admin, round, 1, 1, Map.of("message.timestamp.type", "LogAppendTime"));
    }

    public Path directory(String name) {
        return work.resolve(name);
    }

    /** The settings of a contestant on these topics. */
    public Map<String, String> settings(BenchTopics topics, Map<String, String> overrides) {
        Map<String, String> settings = new HashMap<>(topics.settings());
        settings.put("kafka.bootstrap.servers", bootstrapServers);
        settings.put("schema.registry.url", WorkloadSchemas.REGISTRY_URL);
        settings.put("state.dir", stateDirectory(topics).toString());
        settings.putAll(options.settings());
        settings.putAll(overrides);
        return settings;
    }

    public Path stateDirectory(BenchTopics topics) {
        return work.resolve("state-" + topics.group());
    }

    @Override
    public void close() {
        contestants.values().forEach(ChildJvm::close);
        admin.close();
        broker.close();
    }
}
