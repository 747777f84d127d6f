package io.yardmaster.connectors.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorCheckTest {
    @TempDir
    private Path directory;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    @Test
    void unknownAndWrongSettingsAreNamed() throws IOException {
        Path file = file(
                "c.json",
                """
                {"name": "x", "config": {
                  "connector.class": "io.yardmaster.connectors.capture.CaptureConnector",
                  "yardmaster.capture": "io.debezium.connector.postgresql.PostgresConnector",
                  "yardmaster.on.bad.row": "ignore",
                  "yardmaster.on.bad.rows": "route",
                  "yardmaster.batch.size": "0",
                  "database.password": "${env:NOT_SET}",
                  "value.converter": "org.apache.kafka.connect.json.JsonConverter"}}
                """);
        assertThat(ConnectorCheck.check(file, Map.of()).problems())
                .containsExactlyInAnyOrder(
                        "database.password: the variable NOT_SET is not set here",
                        "Invalid value ignore for configuration yardmaster.on.bad.row: String must be one of: route,"
                                + " fail",
                        "Invalid value 0 for configuration yardmaster.batch.size: Value must be at least 1",
                        "yardmaster.on.bad.rows: there is no such setting",
                        "key.converter is not set: must be org.apache.kafka.connect.converters.LongConverter, as job"
                                + " ids are keys of 8 bytes",
                        "value.converter org.apache.kafka.connect.json.JsonConverter: must be"
                                + " io.yardmaster.connectors.convert.EventConverter, as it writes the contract's Avro",
                        "value.converter.schema.registry.url is not set: must be the schema registry's address");
    }

    @Test
    void placeholdersOfFilesAreFilledInFromTheFiles() throws IOException {
        Path secrets = file("secrets.properties", "batch=many\nuser=me\n");
        Files.writeString(directory.resolve("rows"), "states");
        Path file = file(
                "c.properties",
                """
                connector.class=io.yardmaster.connectors.capture.CaptureConnector
                yardmaster.capture=io.debezium.connector.postgresql.PostgresConnector
                yardmaster.batch.size=${file:%1$s:batch}
                yardmaster.rows=${directory:%2$s:rows}
                database.user=${file:%1$s:user}
                database.password=${file:%1$s:password}
                database.hostname=${file:%2$s/nowhere:host}
                key.converter=org.apache.kafka.connect.converters.LongConverter
                value.converter=io.yardmaster.connectors.convert.EventConverter
                value.converter.schema.registry.url=http://127.0.0.1:1
                """
                        .formatted(secrets, directory));
        assertThat(ConnectorCheck.check(file, Map.of()).problems())
                .containsExactlyInAnyOrder(
                        "database.password: there is no password in " + secrets,
                        "database.hostname: " + directory + "/nowhere cannot be read here",
                        "Invalid value many for configuration yardmaster.batch.size: Not a number of type INT");
    }

    @Test
    void aValueThatOnlyTheWorkerKnowsIsNotedAndNoProblem() throws IOException {
        Path file = file(
                "c.properties",
                """
                connector.class=io.yardmaster.connectors.polling.PollingConnector
                yardmaster.database.url=jdbc:postgresql://127.0.0.1:1/storage
                yardmaster.database.password=${vault:storage:password}
                yardmaster.poll.rows=${vault:storage:rows}
                key.converter=org.apache.kafka.connect.converters.LongConverter
                value.converter=io.yardmaster.connectors.convert.EventConverter
                value.converter.schema.registry.url=http://127.0.0.1:1
                """);
        ConnectorCheck.Findings found = ConnectorCheck.check(file, Map.of());
        assertThat(found.problems()).isEmpty();
        assertThat(found.notes())
                .containsExactly(
                        "only the worker can look up yardmaster.database.password, yardmaster.poll.rows, so the"
                                + " database was not asked");
    }

    @Test
    void settingsOfResultsThatWouldLoseARecordAreNamed() throws IOException {
        Path file = file(
                "c.properties",
                """
                connector.class=io.yardmaster.connectors.results.ResultsConnector
                topics=yardmaster.outcomes
                yardmaster.database.url=jdbc:postgresql://127.0.0.1:1/storage
                yardmaster.outbox=x
                key.converter=org.apache.kafka.connect.converters.ByteArrayConverter
                errors.deadletterqueue.topic.name=yardmaster.outcomes
                consumer.override.auto.offset.reset=latest
                """);
        assertThat(ConnectorCheck.check(file, Map.of()).problems())
                .containsExactly(
                        "Missing required configuration \"schema.registry.url\" which has no default value.",
                        "Missing required configuration \"yardmaster.kafka.bootstrap.servers\" which has no default"
                                + " value.",
                        "yardmaster.outbox: there is no such setting",
                        "value.converter is not set: must be org.apache.kafka.connect.converters.ByteArrayConverter, as"
                                + " the connector decodes by itself",
                        "errors.deadletterqueue.topic.name yardmaster.outcomes: must not be one of topics",
                        "consumer.override.isolation.level is not set: must be read_committed, as events of an aborted"
                                + " transaction are none",
                        "errors.tolerance is not set: must be all, as otherwise a record that cannot be a row stops the"
                                + " task",
                        "consumer.override.auto.offset.reset latest: must be earliest, as records would be passed over");
    }

    @Test
    void anotherConnectorIsNoneOfOurs() throws IOException {
        assertThat(ConnectorCheck.check(file("c.properties", "connector.class=org.example.Other\n"), Map.of())
                        .problems())
                .containsExactly("connector.class org.example.Other: must be"
                        + " io.yardmaster.connectors.capture.CaptureConnector or"
                        + " io.yardmaster.connectors.polling.PollingConnector or"
                        + " io.yardmaster.connectors.results.ResultsConnector");
    }

    @Test
    void aFileThatIsNoConfigurationIsWrongUsage() throws IOException {
        Path missing = directory.resolve("missing.json");
        assertThatThrownBy(() -> ConnectorCheck.check(missing, Map.of()))
                .isInstanceOf(UnreadableConfigException.class)
                .hasMessage(missing + ": no such file");
        Path broken = file("broken.json", "{\n\"a\": \n");
        assertThatThrownBy(() -> ConnectorCheck.check(broken, Map.of()))
                .isInstanceOf(UnreadableConfigException.class)
                .hasMessageStartingWith(broken + ":");
        Path list = file("list.json", "[]");
        assertThatThrownBy(() -> ConnectorCheck.check(list, Map.of()))
                .hasMessage(list + ": must be a JSON object of settings");
    }
}
