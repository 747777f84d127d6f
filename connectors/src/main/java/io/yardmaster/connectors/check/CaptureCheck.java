package io.yardmaster.connectors.check;

import io.yardmaster.connectors.event.OutboxColumns;
import io.yardmaster.connectors.settings.CaptureSettings;
import io.yardmaster.connectors.settings.StateSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What change data capture needs of a database, whichever it is. */
final class CaptureCheck {
    private static final String POSTGRES = "io.debezium.connector.postgresql.PostgresConnector";
    private static final List<String> BINLOG =
            List.of("io.debezium.connector.mariadb.MariaDbConnector", "io.debezium.connector.mysql.MySqlConnector");
    private static final List<String> NEEDED =
            List.of("database.hostname", "database.user", "database.password", "topic.prefix", "table.include.list");

    /** Debezium takes patterns; those that are no plain names cannot be looked up. */
    private static final Pattern NAME = Pattern.compile("\\w+\\.\\w+");

    private CaptureCheck() {}

    static List<String> problems(CaptureSettings capture, Map<String, String> settings) {
        List<String> problems = new ArrayList<>();
        boolean postgres = capture.connectorClass().equals(POSTGRES);
        if (!postgres && !BINLOG.contains(capture.connectorClass())) {
            problems.add("%s %s: must be %s, %s or %s"
                    .formatted(
                            CaptureSettings.CAPTURE, capture.connectorClass(), POSTGRES, BINLOG.get(0), BINLOG.get(1)));
        }
        List<String> needed = new ArrayList<>(NEEDED);
        if (postgres) {
            needed.addAll(List.of("database.dbname", "publication.name", "slot.name"));
        }
        needed.stream()
                .filter(key -> settings.getOrDefault(key, "").isBlank())
                .forEach(key -> problems.add(key + " is not set"));
        if (problems.isEmpty()) {
            checkDatabase(capture, settings, postgres, problems);
        }
        return problems;
    }

    private static void checkDatabase(
            CaptureSettings capture, Map<String, String> settings, boolean postgres, List<String> problems) {
        String address = settings.get("database.hostname") + ":"
                + settings.getOrDefault("database.port", postgres ? "5432" : "3306");
        String url = postgres
                ? "jdbc:postgresql://%s/%s".formatted(address, settings.get("database.dbname"))
                : "jdbc:mariadb://%s/".formatted(address);
        Optional<Session> opened =
                Session.open(url, settings.get("database.user"), settings.get("database.password"), problems);
        if (opened.isPresent()) {
            try (Session session = opened.get()) {
                List<String> tables = tables(settings);
                if (postgres) {
                    PostgresCaptureCheck.check(session, settings, capture, tables, problems);
                } else {
                    BinlogCheck.check(session, settings, problems);
                }
                for (String table : tables) {
                    session.checkTable(table, columns(capture), problems);
                }
            } catch (SQLException e) {
                problems.add(url + ": " + Session.firstLine(e));
            }
        }
    }

    private static List<String> tables(Map<String, String> settings) {
        return Arrays.stream(settings.get("table.include.list").split(",", -1))
                .map(String::strip)
                .filter(name -> NAME.matcher(name).matches())
                .toList();
    }

    private static List<String> columns(CaptureSettings capture) {
        return capture.events().states().map(StateSettings::neededColumns).orElse(OutboxColumns.ALL);
    }
}
