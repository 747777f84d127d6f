package io.yardmaster.bench.peers;

import io.yardmaster.bench.report.Target;
import java.util.Arrays;
import java.util.List;

/** The lines of the tables: the numbers that are compared. */
enum PeerMeasure {
    FLAT("flat", "flat, tasks/s", WorkShape.FLAT, false),
    LAYERS("layers", "ten layers, tasks/s", WorkShape.LAYERS, false),
    HOP("hop", "chain, hop p50, ms", WorkShape.CHAIN, false),
    HOP_TAIL("hop.p99", "chain, hop p99, ms", WorkShape.CHAIN, false),
    FLAT_EXEC("exec.flat", "flat, tasks/s", WorkShape.FLAT, true),
    LAYERS_EXEC("exec.layers", "ten layers, tasks/s", WorkShape.LAYERS, true),
    HOP_EXEC("exec.hop", "chain, start to start, mean, ms", WorkShape.CHAIN, true);

    private final String key;
    private final String what;
    private final WorkShape shape;
    private final boolean startsProcesses;

    PeerMeasure(String key, String what, WorkShape shape, boolean startsProcesses) {
        this.key = key;
        this.what = what;
        this.shape = shape;
        this.startsProcesses = startsProcesses;
    }

    /** The measures of handlers in the worker's process, or of a process for each task, in order. */
    static List<PeerMeasure> of(boolean startsProcesses) {
        return Arrays.stream(values())
                .filter(measure -> measure.startsProcesses == startsProcesses)
                .toList();
    }

    /** Unique; begins with the benchmark's id. */
    String key() {
        return "B21." + key;
    }

    String what() {
        return what;
    }

    WorkShape shape() {
        return shape;
    }

    boolean startsProcesses() {
        return startsProcesses;
    }

    double of(ShapeResult result) {
        return switch (this) {
            case FLAT, LAYERS, FLAT_EXEC, LAYERS_EXEC -> result.perSecond();
            case HOP, HOP_EXEC -> result.hop(0.5);
            case HOP_TAIL -> result.hop(0.99);
        };
    }

    /** True if a smaller number is better. */
    boolean isTime() {
        return shape == WorkShape.CHAIN;
    }

    /** The bound of the ratio to the best peer; null if there is none. */
    Target target() {
        return switch (this) {
            case FLAT -> Target.atLeast(50);
            case HOP -> Target.atMost(2);
            case HOP_EXEC -> Target.atMost(1);
            default -> null;
        };
    }
}
