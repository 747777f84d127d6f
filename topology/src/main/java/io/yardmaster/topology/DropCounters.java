package io.yardmaster.topology;

import io.yardmaster.scheduling.DropReason;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.TaskId;

/**
 * Counts, per stream task and reason, the tasks that will not reach the fleet: the metric {@code dropped-total} of group
 * {@code stream-scheduler-metrics}, with the tags {@code task-id} and {@code reason}.
 */
final class DropCounters {
    private final StreamsMetrics metrics;
    private final Map<DropReason, Sensor> sensors = new EnumMap<>(DropReason.class);

    DropCounters(StreamsMetrics metrics, TaskId task) {
        this.metrics = metrics;
        for (DropReason reason : DropReason.values()) {
            String name = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
            Sensor sensor = metrics.addSensor("scheduler-dropped-" + task + "-" + name, Sensor.RecordingLevel.INFO);
            sensor.add(
                    new MetricName(
                            "dropped-total",
                            "stream-scheduler-metrics",
                            "Tasks that will not be dispatched, or not again",
                            Map.of("task-id", task.toString(), "reason", name)),
                    new CumulativeSum());
            sensors.put(reason, sensor);
        }
    }

    void count(DropReason reason, long tasks) {
        sensors.get(reason).record((double) tasks);
    }

    /** Removes the metrics: the stream task may go on elsewhere. */
    void close() {
        sensors.values().forEach(metrics::removeSensor);
    }
}
