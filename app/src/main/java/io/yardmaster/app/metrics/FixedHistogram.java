package io.yardmaster.app.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/**
 * A histogram with buckets that never change, which takes many values at once. Micrometer's timers cannot, and would take a
 * tenth of the time that the scheduler needs for an assignment.
 */
final class FixedHistogram implements Collector {
    private final String name;
    private final String help;
    private final double perSecond;
    private final long[] bounds;
    private final List<Series> all = new CopyOnWriteArrayList<>();

    /**
     * Describes it.
     *
     * @param perSecond recorded units per second
     * @param bounds inclusive upper bounds of the buckets in that unit, ascending
     */
    FixedHistogram(String name, String help, double perSecond, long... bounds) {
        this.name = name;
        this.help = help;
        this.perSecond = perSecond;
        this.bounds = bounds.clone();
    }

    /** @param labels name and value by turns */
    Series series(String... labels) {
        Series series = new Series(Labels.of(labels));
        all.add(series);
        return series;
    }

    private int bucket(long value) {
        int found = Arrays.binarySearch(bounds, value);
        return found >= 0 ? found : -found - 1;
    }

    @Override
    public MetricSnapshot collect() {
        HistogramSnapshot.Builder snapshot =
                HistogramSnapshot.builder().name(name).help(help);
        all.forEach(series -> snapshot.dataPoint(series.snapshot()));
        return snapshot.build();
    }

    /** One set of labels. Safe for use by several threads. */
    final class Series {
        private final Labels labels;
        private final LongAdder[] counts = new LongAdder[bounds.length + 1];
        private final LongAdder sum = new LongAdder();

        private Series(Labels labels) {
            this.labels = labels;
            Arrays.setAll(counts, i -> new LongAdder());
        }

        void record(long value) {
            counts[bucket(value)].increment();
            sum.add(value);
        }

        /** A batch for one thread, which adds up values before other threads see them. */
        Batch batch() {
            return new Batch(this);
        }

        private HistogramSnapshot.HistogramDataPointSnapshot snapshot() {
            List<Double> limits = new ArrayList<>();
            List<Number> values = new ArrayList<>();
            for (int i = 0; i < counts.length; i++) {
                limits.add(i < bounds.length ? bounds[i] / perSecond : Double.POSITIVE_INFINITY);
                values.add(counts[i].sum());
            }
            return HistogramSnapshot.HistogramDataPointSnapshot.builder()
                    .labels(labels)
                    .classicHistogramBuckets(ClassicHistogramBuckets.of(limits, values))
                    .sum(sum.sum() / perSecond)
                    .build();
        }
    }

    /** Values that one thread has recorded and not published yet. */
    final class Batch {
        private final Series series;
        private final long[] counts = new long[bounds.length + 1];
        private long sum;
        private boolean empty = true;

        private Batch(Series series) {
            this.series = series;
        }

        void record(long value) {
            counts[bucket(value)]++;
            sum += value;
            empty = false;
        }

        void publish() {
            if (empty) {
                return;
            }
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] > 0) {
                    series.counts[i].add(counts[i]);
                    counts[i] = 0;
                }
            }
            series.sum.add(sum);
            sum = 0;
            empty = true;
        }
    }
}
