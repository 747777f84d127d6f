package io.yardmaster.topology;

import io.yardmaster.topology.config.SchedulerConfig;
import java.util.Properties;

/**
 * The settings of Kafka Streams and its clients with which the scheduler runs, so that other topologies run with the
 * same. It lies in the scheduler's own package, because only a benchmark should use it.
 */
public final class ShippedSettings {
    private ShippedSettings() {}

    public static Properties of(SchedulerConfig config) {
        return StreamsSettings.of(config);
    }
}
