package io.yardmaster.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class KafkaMetersTest {
    private final Map<MetricName, Metric> kafka = new HashMap<>();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final KafkaMeters meters = new KafkaMeters(() -> kafka, registry);

    @Test
    void theSameMetricOfSeveralClientsIsOneNumber() {
        put("consumer-fetch-manager-metrics", "records-lag-max", "client-id", "a", 3.0);
        put("consumer-fetch-manager-metrics", "records-lag-max", "client-id", "b", Double.NaN);
        put("consumer-fetch-manager-metrics", "records-lag-max", "client-id", "c", 9.0);
        put("stream-thread-metrics", "commit-total", "thread-id", "a", 5.0);
        put("stream-thread-metrics", "commit-total", "thread-id", "b", 6.0);
        assertThat(read("kafka_consumer_fetch_manager_records_lag_max")).isEqualTo(9);
        assertThat(read("kafka_stream_thread_commit_total")).isEqualTo(11);
    }

    @Test
    void aCountNeverGoesBackWhenAThreadIsReplaced() {
        put("stream-thread-metrics", "commit-total", "thread-id", "a", 100.0);
        put("stream-thread-metrics", "commit-total", "thread-id", "b", 50.0);
        assertThat(read("kafka_stream_thread_commit_total")).isEqualTo(150);
        kafka.clear();
        put("stream-thread-metrics", "commit-total", "thread-id", "a", 110.0);
        put("stream-thread-metrics", "commit-total", "thread-id", "c", 5.0);
        assertThat(read("kafka_stream_thread_commit_total")).isEqualTo(165);
    }

    @Test
    void timesAreInSeconds() {
        put("producer-metrics", "txn-commit-time-ns-total", "client-id", "a", 2.5e9);
        assertThat(read("kafka_producer_txn_commit_time_seconds_total")).isEqualTo(2.5);
    }

    private double read(String name) {
        meters.read();
        return PrometheusText.parse(registry.scrape()).value(name);
    }

    private void put(String group, String name, String tag, String value, double number) {
        MetricName key = new MetricName(name, group, "", Map.of(tag, value));
        kafka.put(key, new Metric() {
            @Override
            public MetricName metricName() {
                return key;
            }

            @Override
            public Object metricValue() {
                return number;
            }
        });
    }
}
