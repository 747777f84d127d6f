package io.yardmaster.bench.runs;

import io.yardmaster.bench.load.Drain;
import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Figures;
import io.yardmaster.bench.report.Target;
import java.util.List;

/**
 * The time from a start to the first assignment with many tasks in the state, compared with the same with none.
 *
 * @param empty the side with none
 * @param full the side with many
 */
record StartComparison(Side empty, Side full) {
    List<Side> sides() {
        return List.of(empty, full);
    }

    /** Adds how many times as long the full side takes, and the seconds of both. */
    void addTo(Figures figures, String id, String name, Series<Seconds> series, Target target, String remark) {
        figures.add(new Figure(
                id, name, series.ratio(full.label(), empty.label(), Seconds::seconds), Unit.TIMES, target, remark));
        sides().forEach(side ->
                figures.addAbsolute(side.label() + ", seconds", series.of(side.label(), Seconds::seconds)));
    }

    /** Starts something in the background, and takes the time until its first assignment; returns when both are over. */
    static Seconds untilFirst(Drain fleet, Runnable starting) {
        long start = System.nanoTime();
        Background started = Background.start("starter", starting);
        try {
            long first = fleet.takeUntil(fleet.taken() + 1, ThroughputRound.PATIENCE);
            return new Seconds((first - start) / 1e9);
        } finally {
            started.join();
        }
    }
}
