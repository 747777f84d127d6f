package io.yardmaster.bench.fairness;

import io.yardmaster.bench.contestants.Contestant;
import io.yardmaster.bench.contestants.ContestantProcess;
import io.yardmaster.bench.contestants.StreamsContestant;
import io.yardmaster.bench.process.ChildJvm;
import io.yardmaster.bench.process.JvmOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Instances of one scheduler at a time, each in a JVM of its own. The JVMs stay for the next scheduler. */
final class Instances implements AutoCloseable {
    private final Path output;
    private final List<ChildJvm> jvms = new ArrayList<>();
    private int running;

    /** @param output an existing directory for logs */
    Instances(Path output) {
        this.output = output;
    }

    /**
     * Starts this many and returns when all of them run; the shards may still move between them.
     *
     * @param state a new directory for their state
     */
    void start(int count, Map<String, String> settings, Path state) {
        while (jvms.size() < count) {
            String name = "instance-" + jvms.size();
            jvms.add(new ChildJvm(
                    name,
                    output.resolve(name + ".log"),
                    JvmOptions.SCHEDULER,
                    ContestantProcess.class,
                    Contestant.YARDMASTER.label()));
        }
        for (running = 0; running < count; running++) {
            Map<String, String> own = new HashMap<>(settings);
            own.put("state.dir", state.resolve("instance-" + running).toString());
            jvms.get(running).call(StreamsContestant.START, own);
        }
    }

    void stop() {
        jvms.subList(0, running).parallelStream().forEach(jvm -> jvm.call(StreamsContestant.STOP, Map.of()));
        running = 0;
    }

    @Override
    public void close() {
        jvms.forEach(ChildJvm::close);
    }
}
