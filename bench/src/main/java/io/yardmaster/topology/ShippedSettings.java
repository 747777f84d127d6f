package io.yardmaster.topology;

import io.yardmaster.topology.config.SchedulerConfig;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The settings of Kafka Streams and its clients with which the scheduler runs, so that other topologies run with the
 * same. It lies in the scheduler's own package, because only a benchmark should use it.
 */
public final class ShippedSettings {
    private ShippedSettings() {}

    /** With the interval by which the scheduler commits when it has much to do. */
    public static Properties committingByInterval(SchedulerConfig config) {
        Properties settings = StreamsSettings.of(config);
        settings.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                StreamsSettings.commitInterval(config).toMillis());
        return settings;
    }
}
