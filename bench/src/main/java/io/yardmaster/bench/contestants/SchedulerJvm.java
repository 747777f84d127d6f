package io.yardmaster.bench.contestants;

import io.yardmaster.bench.load.BenchTopics;
import io.yardmaster.bench.load.WorkloadSchemas;
import io.yardmaster.bench.process.ChildJvm;
import io.yardmaster.bench.process.JvmOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** One instance of the scheduler in a JVM of its own, for benchmarks that kill it. */
public final class SchedulerJvm {
    private SchedulerJvm() {}

    /** The settings of an instance on these topics, except for its state directory. */
    public static Map<String, String> settings(String bootstrapServers, BenchTopics topics) {
        Map<String, String> settings = new HashMap<>(topics.settings());
        settings.put("kafka.bootstrap.servers", bootstrapServers);
        settings.put("schema.registry.url", WorkloadSchemas.REGISTRY_URL);
        return settings;
    }

    /**
     * Starts an instance and returns when all of its stream tasks run.
     *
     * @param state the state directory, whose name is also the name of the JVM
     * @param log where the JVM's standard error goes
     */
    public static ChildJvm start(Path state, Path log, Map<String, String> settings) {
        ChildJvm jvm = new ChildJvm(
                state.getFileName().toString(),
                log,
                JvmOptions.SCHEDULER,
                ContestantProcess.class,
                Contestant.YARDMASTER.label());
        Map<String, String> own = new HashMap<>(settings);
        own.put("state.dir", state.toString());
        jvm.call(StreamsContestant.START, own);
        return jvm;
    }
}
