package io.yardmaster.bench.contestants;

import com.sun.management.OperatingSystemMXBean;
import io.yardmaster.bench.load.WorkloadSchemas;
import io.yardmaster.bench.process.CommandHandler;
import io.yardmaster.topology.config.SchedulerConfig;
import java.lang.management.ManagementFactory;
import java.util.Map;

/** A Streams application that is started anew, with other topics and another application id, for every round. */
public final class StreamsContestant implements CommandHandler {
    public static final String START = "start";
    public static final String STOP = "stop";
    public static final String CPU = "cpu";
    public static final String HEAP = "heap";
    public static final String CHANGELOG = "changelog";
    public static final String OUTCOMES = "outcomes";
    public static final String PLACEMENT = "placement";
    public static final String LIMIT = "limit";

    /** CPU time of the JVM so far, in nanoseconds. */
    public static final String CPU_NANOS = "cpu.nanos";
    /** The bytes on the heap after a full collection. */
    public static final String HEAP_BYTES = "heap.bytes";
    /** The bytes that this application's producers sent to changelog topics, as they went over the wire. */
    public static final String CHANGELOG_BYTES = "changelog.bytes";

    public static final String CHANGELOG_RECORDS = "changelog.records";

    /** The outcomes that the application has counted. */
    public static final String OUTCOMES_COUNTED = "outcomes.counted";

    /** The key of a limit. */
    public static final String LIMIT_KEY = "limit.key";
    /** The units of a limit that tasks hold. */
    public static final String LIMIT_USED = "limit.used";

    /** Starts an application and returns it when its stream tasks run. */
    interface Launcher {
        RunningStreams launch(SchedulerConfig config) throws Exception;
    }

    private final Launcher launcher;
    private RunningStreams running;

    StreamsContestant(Launcher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Map<String, String> handle(String command, Map<String, String> arguments) throws Exception {
        return switch (command) {
            case START -> {
                WorkloadSchemas.register();
                running = launcher.launch(SchedulerConfig.from(arguments));
                yield Map.of();
            }
            case STOP -> {
                close();
                yield Map.of();
            }
            case CPU -> Map.of(CPU_NANOS, Long.toString(cpuNanos()));
            case HEAP -> Map.of(HEAP_BYTES, Long.toString(heapBytes()));
            case CHANGELOG -> ChangelogMetrics.read();
            case OUTCOMES -> Map.of(OUTCOMES_COUNTED, Long.toString(running.outcomesCounted()));
            case PLACEMENT -> running.placement();
            case LIMIT -> Map.of(LIMIT_USED, Long.toString(running.used(arguments.get(LIMIT_KEY))));
            default -> throw new IllegalArgumentException("a contestant knows no command " + command);
        };
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static long heapBytes() {
        long least = Long.MAX_VALUE;
        for (int collection = 0; collection < 3; collection++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    @Override
    public void close() {
        if (running != null) {
            running.close();
            running = null;
        }
    }
}
