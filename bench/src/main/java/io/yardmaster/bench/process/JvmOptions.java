package io.yardmaster.bench.process;

import java.util.List;

/** With which options the JVMs of what is measured start. */
public final class JvmOptions {
    /** What bin/yardmaster gives the scheduler, and Kafka's own scripts a broker. */
    public static final String HEAP = "-Xmx1g";
    /** What bin/yardmaster gives the scheduler; all contestants have it. */
    public static final String COLLECTOR = "-XX:+UseParallelGC";
    /** As Kafka's own scripts start a broker. */
    public static final List<String> BROKER = List.of(HEAP, "-XX:+UseG1GC");
    /** As bin/yardmaster starts the scheduler. */
    public static final List<String> SCHEDULER = List.of(HEAP, COLLECTOR);

    private JvmOptions() {}
}
