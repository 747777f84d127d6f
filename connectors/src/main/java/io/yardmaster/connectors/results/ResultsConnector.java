package io.yardmaster.connectors.results;

import io.yardmaster.connectors.settings.ConnectorVersion;
import io.yardmaster.connectors.settings.OwnSettings;
import io.yardmaster.connectors.settings.ResultsSettings;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** Writes the outcomes of tasks, and the events of jobs, to tables of the storage database. */
public final class ResultsConnector extends SinkConnector {
    private Map<String, String> given;

    @Override
    public void start(Map<String, String> settings) {
        given = Map.copyOf(settings);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return ResultsTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int most) {
        return Collections.nCopies(most, given);
    }

    @Override
    public void stop() {}

    @Override
    public ConfigDef config() {
        return ResultsSettings.DEFINITION;
    }

    @Override
    public Config validate(Map<String, String> settings) {
        return OwnSettings.reportUnknown(super.validate(settings), settings, ResultsSettings.DEFINITION);
    }

    @Override
    public String version() {
        return ConnectorVersion.own();
    }
}
