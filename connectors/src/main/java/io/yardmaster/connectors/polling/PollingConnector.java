package io.yardmaster.connectors.polling;

import io.yardmaster.connectors.settings.ConnectorVersion;
import io.yardmaster.connectors.settings.OwnSettings;
import io.yardmaster.connectors.settings.PollingSettings;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/** Asks the outbox table again and again for new rows, for databases whose log may not be read. Has one task. */
public final class PollingConnector extends SourceConnector {
    private Map<String, String> given;

    @Override
    public void start(Map<String, String> settings) {
        given = Map.copyOf(settings);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return PollingTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int most) {
        return List.of(given);
    }

    @Override
    public void stop() {}

    @Override
    public ConfigDef config() {
        return PollingSettings.DEFINITION;
    }

    @Override
    public Config validate(Map<String, String> settings) {
        return OwnSettings.reportUnknown(super.validate(settings), settings, PollingSettings.DEFINITION);
    }

    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> settings) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    @Override
    public String version() {
        return ConnectorVersion.own();
    }
}
