package io.yardmaster.app.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Some of the metrics of Kafka Streams and its clients, each as one number of the instance. Kafka has several hundred for
 * each stream thread and more for each stream task, with ids in their tags that are new after each start: together they would
 * outnumber all other series. This list has those that an operator needs at night; JMX has them all.
 */
final class KafkaMeters {
    private final Supplier<Map<MetricName, ? extends Metric>> metrics;
    private final Map<String, List<Reading>> readings = new HashMap<>();

    KafkaMeters(Supplier<Map<MetricName, ? extends Metric>> metrics, MeterRegistry registry) {
        this.metrics = metrics;
        for (KafkaMetric shown : KafkaMetric.ALL) {
            Reading reading = new Reading(shown);
            readings.computeIfAbsent(shown.name(), name -> new ArrayList<>()).add(reading);
            if (shown.combined() == KafkaMetric.Combined.COUNT) {
                FunctionCounter.builder(shown.series(), reading, Reading::value)
                        .description(shown.help())
                        .register(registry);
            } else {
                Gauge.builder(shown.series(), reading, Reading::value)
                        .description(shown.help())
                        .register(registry);
            }
        }
    }

    /** Reads the values that are shown until the next call. */
    synchronized void read() {
        readings.values().forEach(list -> list.forEach(Reading::begin));
        metrics.get().forEach((name, metric) -> {
            for (Reading reading : readings.getOrDefault(name.name(), List.of())) {
                reading.add(name, metric);
            }
        });
        readings.values().forEach(list -> list.forEach(Reading::end));
    }

    /** Makes one number of the same metric of several threads, clients or stores. */
    private static final class Reading {
        private final KafkaMetric shown;
        private Map<MetricName, Double> latest = new HashMap<>();
        private Map<MetricName, Double> current = new HashMap<>();
        private double total;
        private volatile double value;

        Reading(KafkaMetric shown) {
            this.shown = shown;
        }

        double value() {
            return value;
        }

        void begin() {
            current = new HashMap<>();
        }

        void add(MetricName name, Metric metric) {
            if (shown.isOf(name)
                    && metric.metricValue() instanceof Number number
                    && !Double.isNaN(number.doubleValue())) {
                current.put(name, number.doubleValue() * shown.scale());
            }
        }

        void end() {
            value = switch (shown.combined()) {
                case MAX -> current.values().stream().mapToDouble(d -> d).max().orElse(0);
                case SUM -> current.values().stream().mapToDouble(d -> d).sum();
                case COUNT -> count();
            };
        }

        /** Sums up increases, so that the count does not fall when a thread or client is gone. */
        private double count() {
            current.forEach((name, count) -> {
                double before = latest.getOrDefault(name, 0.0);
                total += count < before ? count : count - before;
            });
            latest = current;
            return total;
        }
    }
}
