package io.yardmaster.topology;

import io.yardmaster.topology.config.SchedulerConfig;
import java.util.Properties;

/**
 * The settings of Kafka Streams and its clients with which the scheduler runs, for other topologies to run with the
 * same. In the scheduler's own package, because nobody but a benchmark should want them.
 */
public final class ShippedSettings {
    private ShippedSettings() {}

    public static Properties of(SchedulerConfig config) {
        return StreamsSettings.of(config);
    }
}
