package io.yardmaster.app.cli;

import io.yardmaster.app.settings.LayeredSettings;
import io.yardmaster.app.settings.SettingsException;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.config.Setting;
import io.yardmaster.topology.config.Settings;

/** Checks that settings are there which have no default and which a command needs. */
final class Requirements {
    private Requirements() {}

    /** The settings, checked; throws if no Kafka is named. */
    static SchedulerConfig withKafka(LayeredSettings settings) {
        SchedulerConfig config = settings.scheduler();
        require(settings, Settings.BOOTSTRAP_SERVERS);
        return config;
    }

    /** The settings, checked; throws if no Kafka is named, or neither a registry nor a serde that may need none. */
    static SchedulerConfig withKafkaAndRegistry(LayeredSettings settings) {
        SchedulerConfig config = withKafka(settings);
        if (settings.origin(Settings.VALUE_SERDE.key()).isEmpty()) {
            require(settings, Settings.REGISTRY_URL);
        }
        return config;
    }

    private static void require(LayeredSettings settings, Setting<?> setting) {
        if (settings.origin(setting.key()).isEmpty()) {
            throw new SettingsException(setting.key() + " is not set: must be " + setting.allowed());
        }
    }
}
