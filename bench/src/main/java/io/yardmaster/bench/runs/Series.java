package io.yardmaster.bench.runs;

import io.yardmaster.bench.report.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The rounds that count, per side, in the order in which they were run. */
final class Series<M> {
    private final Map<String, List<M>> rounds = new LinkedHashMap<>();

    void add(String label, M measured) {
        rounds.computeIfAbsent(label, none -> new ArrayList<>()).add(measured);
    }

    Set<String> labels() {
        return rounds.keySet();
    }

    Sample of(String label, ToDoubleFunction<M> value) {
        return new Sample(rounds.get(label).stream().map(value::applyAsDouble).toList());
    }

    /** For each round, the value of one side over that of the other. */
    Sample ratio(String label, String base, ToDoubleFunction<M> value) {
        return of(label, value).over(of(base, value));
    }
}
