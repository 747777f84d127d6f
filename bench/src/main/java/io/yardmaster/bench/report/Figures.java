package io.yardmaster.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All results of a run of the suite. */
public final class Figures {
    private final List<Figure> figures = new ArrayList<>();
    private final Map<String, Sample> absolutes = new LinkedHashMap<>();

    public void add(Figure figure) {
        figures.add(figure);
    }

    /** A number that means nothing on another machine; kept, so that ratios can be traced. */
    public void addAbsolute(String key, Sample sample) {
        absolutes.put(key, sample);
    }

    /** Ordered by the benchmarks' numbers; those of one benchmark in the order in which they were added. */
    public List<Figure> figures() {
        return figures.stream()
                .sorted(Comparator.comparingInt(
                        figure -> Integer.parseInt(figure.benchmark().substring(1))))
                .toList();
    }

    public Map<String, Sample> absolutes() {
        return absolutes;
    }
}
