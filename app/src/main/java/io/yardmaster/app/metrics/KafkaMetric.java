package io.yardmaster.app.metrics;

import java.util.List;
import java.util.Set;
import org.apache.kafka.common.MetricName;

/**
 * One of Kafka's metrics that is shown, under the name that Micrometer and the JMX exporter give it, too.
 *
 * @param group its group in Kafka
 * @param level names of its tags in Kafka, of which a metric may have several sets: one of these is shown
 * @param combined the way in which several values become one number
 * @param scale factor from Kafka's value to the shown one
 */
record KafkaMetric(
        String group, String name, Set<String> level, Combined combined, double scale, String series, String help) {

    enum Combined {
        MAX,
        SUM,
        /** Only grows. */
        COUNT
    }

    private static final double NANOS = 1e-9;
    private static final double MILLIS = 1e-3;
    private static final Set<String> CLIENT = Set.of("client-id");
    private static final Set<String> THREAD = Set.of("thread-id");
    private static final Set<String> STORE = Set.of("thread-id", "task-id", "rocksdb-state-id");

    static final List<KafkaMetric> ALL = List.of(
            max("consumer-fetch-manager", "records-lag-max", CLIENT, "Events of a lane that are not read yet, at most"),
            count("consumer-fetch-manager", "records-consumed-total", CLIENT, "Records that were read"),
            count("consumer-fetch-manager", "bytes-consumed-total", CLIENT, "Bytes that were read"),
            count("consumer-coordinator", "rebalance-total", CLIENT, "Rebalances that this instance took part in"),
            count("consumer-coordinator", "failed-rebalance-total", CLIENT, "Rebalances of this instance that failed"),
            seconds("consumer-coordinator", "rebalance-latency-total", MILLIS, "Time in rebalances"),
            max("consumer-coordinator", "last-heartbeat-seconds-ago", CLIENT, "Since the last heartbeat, at most"),
            count("producer", "record-send-total", CLIENT, "Records that were sent"),
            count("producer", "record-retry-total", CLIENT, "Records that were sent again"),
            count("producer", "record-error-total", CLIENT, "Records that could not be sent"),
            seconds("producer", "txn-commit-time-ns-total", NANOS, "Time in commits of transactions"),
            seconds("producer", "txn-abort-time-ns-total", NANOS, "Time in aborts of transactions"),
            count("stream-thread", "commit-total", THREAD, "Commits"),
            count("stream-thread", "process-total", THREAD, "Events that were processed"),
            count("stream-thread", "punctuate-total", THREAD, "Ticks"),
            max("stream-thread", "poll-latency-max", THREAD, "Milliseconds in one poll, at most"),
            max("stream-thread", "process-latency-max", THREAD, "Milliseconds in processing one batch, at most"),
            sum("stream", "alive-stream-threads", CLIENT, "Stream threads that run"),
            count("stream", "failed-stream-threads", CLIENT, "Stream threads that stopped by a failure"),
            max("stream-state", "block-cache-usage", STORE, "Bytes of RocksDB's cache, which all stores share"),
            sum("stream-state", "size-all-mem-tables", STORE, "Bytes that RocksDB has in memory and not on disk"),
            sum("stream-state", "total-sst-files-size", STORE, "Bytes of RocksDB on disk"),
            sum("stream-state", "background-errors", STORE, "Failures of RocksDB in the background"));

    boolean isOf(MetricName metric) {
        return metric.group().equals(group) && metric.tags().keySet().equals(level);
    }

    private static KafkaMetric max(String of, String name, Set<String> level, String help) {
        return new KafkaMetric(of + "-metrics", name, level, Combined.MAX, 1, series(of, name), help);
    }

    private static KafkaMetric sum(String of, String name, Set<String> level, String help) {
        return new KafkaMetric(of + "-metrics", name, level, Combined.SUM, 1, series(of, name), help);
    }

    private static KafkaMetric count(String of, String name, Set<String> level, String help) {
        return new KafkaMetric(of + "-metrics", name, level, Combined.COUNT, 1, series(of, name), help);
    }

    private static KafkaMetric seconds(String of, String name, double scale, String help) {
        String series =
                series(of, name.replace("-ns", "").replace("-latency", "-time").replace("-total", "-seconds"));
        return new KafkaMetric(of + "-metrics", name, CLIENT, Combined.COUNT, scale, series, help);
    }

    private static String series(String of, String name) {
        return "kafka." + of.replace('-', '.') + "." + name.replace('-', '.');
    }
}
