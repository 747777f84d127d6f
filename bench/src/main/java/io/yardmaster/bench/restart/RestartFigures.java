package io.yardmaster.bench.restart;

import io.yardmaster.bench.report.Figure;
import io.yardmaster.bench.report.Figure.Unit;
import io.yardmaster.bench.report.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The rounds of both sides, as lines of a table; ratios are taken within a round. */
final class RestartFigures {
    private static final String AS_SHIPPED = "as shipped";
    private static final String CHANGED = "with --set";

    private final List<KilledRestart> shipped = new ArrayList<>();
    private final List<KilledRestart> changed = new ArrayList<>();

    void shipped(KilledRestart round) {
        shipped.add(round);
    }

    void changed(KilledRestart round) {
        changed.add(round);
    }

    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        add(figures, "first assignment after the start", Unit.SECONDS, KilledRestart::firstSeconds);
        add(figures, "all stream tasks run after the start", Unit.SECONDS, KilledRestart::restoredSeconds);
        add(figures, "state directory after the kill", Unit.BYTES, KilledRestart::stateBytes);
        add(figures, "events taken in before the kill", Unit.PER_SECOND, KilledRestart::eventsPerSecond);
        return figures;
    }

    private void add(List<Figure> figures, String what, Unit unit, ToDoubleFunction<KilledRestart> value) {
        Sample base = sample(shipped, value);
        figures.add(figure(figures, what, base, unit, AS_SHIPPED));
        if (!changed.isEmpty()) {
            Sample other = sample(changed, value);
            figures.add(figure(figures, what, other, unit, CHANGED));
            figures.add(figure(figures, what + ", to as shipped", other.over(base), Unit.TIMES, CHANGED));
        }
    }

    private static Sample sample(List<KilledRestart> rounds, ToDoubleFunction<KilledRestart> value) {
        return new Sample(rounds.stream().map(value::applyAsDouble).toList());
    }

    private static Figure figure(List<Figure> before, String what, Sample sample, Unit unit, String side) {
        return new Figure("restart." + before.size(), what, sample, unit, null, side);
    }
}
