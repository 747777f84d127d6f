package io.yardmaster.connectors.check;

import io.yardmaster.connectors.jdbc.Drivers;
import io.yardmaster.connectors.settings.DatabaseSettings;
import io.yardmaster.connectors.settings.ResultTable;
import io.yardmaster.connectors.settings.ResultsSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The requirements of writing results to a database. */
final class ResultsCheck {
    private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";
    private static final String TOPICS = "topics";
    private static final String ISOLATION = "consumer.override.isolation.level";
    private static final String TOLERANCE = "errors.tolerance";
    private static final String DEAD_LETTERS = "errors.deadletterqueue.topic.name";
    private static final String RESET = "consumer.override.auto.offset.reset";

    private ResultsCheck() {}

    static void checkSettings(Map<String, String> settings, List<String> problems) {
        for (String key : List.of("key.converter", "value.converter")) {
            require(settings, key, BYTES, "the connector decodes by itself", problems);
        }
        List<String> topics = Arrays.stream(settings.getOrDefault(TOPICS, "").split(",", -1))
                .map(String::strip)
                .filter(topic -> !topic.isEmpty())
                .toList();
        String deadLetters = settings.getOrDefault(DEAD_LETTERS, "");
        if (topics.isEmpty()) {
            problems.add(TOPICS + " is not set: must be the topics of outcomes and events");
        } else if (topics.contains(deadLetters)) {
            problems.add("%s %s: must not be one of %s".formatted(DEAD_LETTERS, deadLetters, TOPICS));
        }
        require(settings, ISOLATION, "read_committed", "events of an aborted transaction are none", problems);
        require(settings, TOLERANCE, "all", "otherwise a record that cannot be a row stops the task", problems);
        if (deadLetters.isBlank()) {
            problems.add(DEAD_LETTERS + " is not set: must be the topic for records that cannot be rows");
        }
        String reset = settings.getOrDefault(RESET, "earliest");
        if (!reset.equals("earliest")) {
            problems.add("%s %s: must be earliest, as records would be passed over".formatted(RESET, reset));
        }
    }

    private static void require(
            Map<String, String> settings, String key, String value, String why, List<String> problems) {
        String given = settings.get(key);
        if (!value.equals(given)) {
            problems.add("%s %s: must be %s, as %s".formatted(key, given == null ? "is not set" : given, value, why));
        }
    }

    static List<String> problems(ResultsSettings settings) {
        List<String> problems = new ArrayList<>();
        DatabaseSettings database = settings.database();
        Optional<Session> opened = Session.open(
                database.url(),
                database.user(),
                () -> Drivers.connect(database.url(), database.login(), database.timeout()),
                problems);
        if (opened.isPresent()) {
            try (Session session = opened.get()) {
                for (ResultTable table : ResultTable.ALL) {
                    int before = problems.size();
                    session.checkTable(
                            table.name(),
                            table.columns(),
                            (column, type) -> table.columns().contains(column)
                                    ? type.neededToWrite(column, database.isPostgres())
                                    : Optional.empty(),
                            problems);
                    if (problems.size() == before) {
                        session.checkInsert(table, database.isPostgres(), problems);
                        session.checkUpdate(table.name(), table.others().get(0), problems);
                    }
                }
            } catch (SQLException e) {
                problems.add(database.url() + ": " + Session.firstLine(e));
            }
        }
        return problems;
    }
}
