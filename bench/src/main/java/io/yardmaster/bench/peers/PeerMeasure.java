package io.yardmaster.bench.peers;

import io.yardmaster.bench.report.Target;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The lines of the tables: the numbers that are compared. */
enum PeerMeasure {
    FLAT("flat", "flat, tasks/s", WorkShape.FLAT, false, ShapeResult::perSecond, Target.atLeast(50)),
    LAYERS("layers", "ten layers, tasks/s", WorkShape.LAYERS, false, ShapeResult::perSecond, null),
    HOP("hop", "chain, hop p50, ms", WorkShape.CHAIN, false, result -> result.hop(0.5), Target.atMost(2)),
    HOP_TAIL("hop.p99", "chain, hop p99, ms", WorkShape.CHAIN, false, result -> result.hop(0.99), null),
    FLAT_EXEC("exec.flat", "flat, tasks/s", WorkShape.FLAT, true, ShapeResult::perSecond, null),
    LAYERS_EXEC("exec.layers", "ten layers, tasks/s", WorkShape.LAYERS, true, ShapeResult::perSecond, null),
    HOP_EXEC("exec.hop", "chain, start to start, mean, ms", WorkShape.CHAIN, true, HOP.value, Target.atMost(1));

    private final String key;
    private final String what;
    private final WorkShape shape;
    private final boolean startsProcesses;
    private final ToDoubleFunction<ShapeResult> value;
    private final Target target;

    PeerMeasure(
            String key,
            String what,
            WorkShape shape,
            boolean startsProcesses,
            ToDoubleFunction<ShapeResult> value,
            Target target) {
        this.key = key;
        this.what = what;
        this.shape = shape;
        this.startsProcesses = startsProcesses;
        this.value = value;
        this.target = target;
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
        return value.applyAsDouble(result);
    }

    /** True if a smaller number is better. */
    boolean isTime() {
        return shape == WorkShape.CHAIN;
    }

    /** The bound of the ratio to the best peer; null if there is none. */
    Target target() {
        return target;
    }
}
