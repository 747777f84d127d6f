package io.yardmaster.connectors.capture;

import io.yardmaster.connectors.settings.CaptureSettings;
import io.yardmaster.connectors.settings.ConnectorVersion;
import io.yardmaster.connectors.settings.OwnSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Runs a connector of Debezium's inside itself and makes events of the changes that it captures.
 *
 * <p>A transform could not do this: it sees one record at a time, and so can neither join the ready rows of a
 * transaction nor stop a task after the good rows have been sent.
 */
public final class CaptureConnector extends SourceConnector {
    private CaptureSettings settings;
    private Foreign<SourceConnector> debezium;

    @Override
    public void start(Map<String, String> given) {
        settings = new CaptureSettings(given);
        debezium = Foreign.instance(settings.connectorClass(), SourceConnector.class);
        debezium.call(connector -> {
            connector.initialize(context());
            connector.start(settings.debezium());
            return null;
        });
    }

    @Override
    public Class<? extends Task> taskClass() {
        return CaptureTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int most) {
        return debezium.call(connector -> {
            String taskClass = connector.taskClass().getName();
            return connector.taskConfigs(most).stream()
                    .map(theirs -> {
                        Map<String, String> both = new HashMap<>(theirs);
                        both.putAll(settings.own());
                        both.put(CaptureSettings.TASK, taskClass);
                        return both;
                    })
                    .toList();
        });
    }

    @Override
    public void stop() {
        if (debezium != null) {
            debezium.call(connector -> {
                connector.stop();
                return null;
            });
        }
    }

    @Override
    public ConfigDef config() {
        return CaptureSettings.DEFINITION;
    }

    /** Debezium's own validation errors are reported under {@code yardmaster.capture}. */
    @Override
    public Config validate(Map<String, String> given) {
        Config own = super.validate(given);
        boolean sound = own.configValues().stream()
                .allMatch(value -> value.errorMessages().isEmpty());
        OwnSettings.reportUnknown(own, given, CaptureSettings.DEFINITION);
        if (sound) {
            own.configValues().stream()
                    .filter(value -> value.name().equals(CaptureSettings.CAPTURE))
                    .forEach(value -> objections(given).forEach(value::addErrorMessage));
        }
        return own;
    }

    private static List<String> objections(Map<String, String> given) {
        try {
            CaptureSettings settings = new CaptureSettings(given);
            // Refuses a state with two meanings.
            settings.events();
            Config theirs = Foreign.instance(settings.connectorClass(), SourceConnector.class)
                    .call(connector -> connector.validate(settings.debezium()));
            return theirs.configValues().stream()
                    .flatMap(value -> value.errorMessages().stream().map(error -> value.name() + ": " + error))
                    .toList();
        } catch (ConnectException | ConfigException e) {
            return List.of(e.getMessage());
        }
    }

    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> given) {
        CaptureSettings wanted = new CaptureSettings(given);
        return Foreign.instance(wanted.connectorClass(), SourceConnector.class)
                .call(connector -> connector.exactlyOnceSupport(wanted.debezium()));
    }

    @Override
    public ConnectorTransactionBoundaries canDefineTransactionBoundaries(Map<String, String> given) {
        return ConnectorTransactionBoundaries.UNSUPPORTED;
    }

    @Override
    public String version() {
        return ConnectorVersion.own();
    }
}
