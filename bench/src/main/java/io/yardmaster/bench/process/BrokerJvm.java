package io.yardmaster.bench.process;

import io.yardmaster.bench.BenchException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A broker in a JVM of its own. */
public final class BrokerJvm implements AutoCloseable {
    private final ChildJvm jvm;
    private final String bootstrapServers;

    private BrokerJvm(ChildJvm jvm, String bootstrapServers) {
        this.jvm = jvm;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts a broker and returns when it can be used.
     *
     * @param data where its log lies; need not exist
     * @param output an existing directory, in which {@code broker.log} gets the JVM's standard error
     */
    public static BrokerJvm start(Path data, Path output) {
        return start(data, output, JvmOptions.BROKER);
    }

    /** Starts a broker with other options of the JVM. */
    public static BrokerJvm start(Path data, Path output, List<String> jvmOptions) {
        ChildJvm jvm = new ChildJvm("broker", output.resolve("broker.log"), jvmOptions, BrokerProcess.class);
        try {
            Map<String, String> started =
                    jvm.call(BrokerProcess.START, Map.of(BrokerProcess.DIRECTORY, data.toString()));
            return new BrokerJvm(jvm, started.get(BrokerProcess.BOOTSTRAP_SERVERS));
        } catch (BenchException e) {
            jvm.close();
            throw e;
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** The CPU time of all of its threads since it was started. */
    public Duration cpuTime() {
        return jvm.cpuTime();
    }

    @Override
    public void close() {
        jvm.close();
    }
}
