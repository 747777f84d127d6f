package io.yardmaster.connectors.check;

import io.yardmaster.connectors.settings.CaptureSettings;
import io.yardmaster.connectors.settings.OwnSettings;
import io.yardmaster.connectors.settings.PollingSettings;
import io.yardmaster.connectors.settings.ResultsSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Finds errors in a connector's configuration and database before it is deployed. Changes nothing. */
public final class ConnectorCheck {
    private static final String CONNECTOR_CLASS = "connector.class";
    private static final String LONG_CONVERTER = "org.apache.kafka.connect.converters.LongConverter";
    private static final String VALUE_CONVERTER = "value.converter";
    private static final String REGISTRY = VALUE_CONVERTER + ".schema.registry.url";

    /** The connectors by name: their classes need Kafka Connect, which only a worker has. */
    private static final Map<String, ConfigDef> CONNECTORS = Map.of(
            "io.yardmaster.connectors.capture.CaptureConnector", CaptureSettings.DEFINITION,
            "io.yardmaster.connectors.polling.PollingConnector", PollingSettings.DEFINITION,
            "io.yardmaster.connectors.results.ResultsConnector", ResultsSettings.DEFINITION);

    private ConnectorCheck() {}

    /**
     * The result of a check.
     *
     * @param problems each in one line that names the thing; empty if nothing is wrong
     * @param notes on settings that only the worker knows
     */
    public record Findings(List<String> problems, List<String> notes) {}

    /**
     * Checks a configuration and, unless that needs values that only the worker knows, its database.
     *
     * @param environment for {@code ${env:NAME}} in the file
     * @throws UnreadableConfigException if there is nothing to check
     */
    public static Findings check(Path file, Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        Placeholders placeholders = Placeholders.resolve(ConnectorFile.read(file), environment, problems);
        Map<String, String> settings = placeholders.settings();
        String connector = settings.get(CONNECTOR_CLASS);
        ConfigDef definition = connector == null ? null : CONNECTORS.get(connector);
        if (definition == null) {
            problems.add("%s %s: must be %s"
                    .formatted(
                            CONNECTOR_CLASS,
                            connector == null ? "is not set" : connector,
                            String.join(
                                    " or ",
                                    CONNECTORS.keySet().stream().sorted().toList())));
            return new Findings(problems, List.of());
        }
        checkSettings(placeholders, definition, problems);
        if (definition == ResultsSettings.DEFINITION) {
            ResultsCheck.checkSettings(settings, problems);
        } else {
            checkConverters(settings, problems);
        }
        if (!placeholders.unknown().isEmpty()) {
            return new Findings(
                    problems,
                    List.of("only the worker can look up %s, so the database was not asked"
                            .formatted(String.join(
                                    ", ",
                                    placeholders.unknown().stream().sorted().toList()))));
        }
        if (problems.isEmpty()) {
            problems.addAll(databaseProblems(settings, definition));
        }
        return new Findings(problems, List.of());
    }

    private static List<String> databaseProblems(Map<String, String> settings, ConfigDef definition) {
        try {
            if (definition == ResultsSettings.DEFINITION) {
                return ResultsCheck.problems(new ResultsSettings(settings));
            }
            return definition == PollingSettings.DEFINITION
                    ? PollingCheck.problems(new PollingSettings(settings))
                    : CaptureCheck.problems(new CaptureSettings(settings), settings);
        } catch (ConfigException e) {
            return List.of(e.getMessage());
        }
    }

    private static void checkSettings(Placeholders placeholders, ConfigDef definition, List<String> problems) {
        Map<String, String> settings = placeholders.settings();
        definition.validate(settings).stream()
                .filter(value -> !placeholders.unknown().contains(value.name()))
                // A value of the wrong type gives several errors; the first one is enough.
                .forEach(value -> value.errorMessages().stream().limit(1).forEach(problems::add));
        OwnSettings.unknown(settings, definition).forEach(key -> problems.add(key + ": there is no such setting"));
    }

    private static void checkConverters(Map<String, String> settings, List<String> problems) {
        require(settings, "key.converter", LONG_CONVERTER, "job ids are keys of 8 bytes", problems);
        require(
                settings,
                VALUE_CONVERTER,
                "io.yardmaster.connectors.convert.EventConverter",
                "it writes the contract's Avro",
                problems);
        if (settings.getOrDefault(REGISTRY, "").isBlank()) {
            problems.add(REGISTRY + " is not set: must be the schema registry's address");
        }
    }

    private static void require(
            Map<String, String> settings, String key, String value, String why, List<String> problems) {
        String given = settings.get(key);
        if (!value.equals(given)) {
            problems.add("%s %s: must be %s, as %s".formatted(key, given == null ? "is not set" : given, value, why));
        }
    }
}
