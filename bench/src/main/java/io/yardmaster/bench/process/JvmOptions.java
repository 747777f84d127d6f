package io.yardmaster.bench.process;

import java.util.List;

/** The options of the JVMs that are measured. */
public final class JvmOptions {
    /** The heap that bin/yardmaster gives the scheduler, and Kafka's own scripts a broker. */
    public static final String HEAP = "-Xmx1g";
    /** The collector that bin/yardmaster gives the scheduler; all contestants have it. */
    public static final String COLLECTOR = "-XX:+UseParallelGC";
    /** The interval at which bin/yardmaster has the JVM update its counters for jstat. */
    public static final String COUNTERS = "-XX:PerfDataSamplingInterval=1000";
    /** The options with which Kafka's own scripts start a broker. */
    public static final List<String> BROKER = List.of(HEAP, "-XX:+UseG1GC");
    /** The options with which bin/yardmaster starts the scheduler. */
    public static final List<String> SCHEDULER = List.of(HEAP, COLLECTOR, COUNTERS);

    private JvmOptions() {}
}
