package io.yardmaster.connectors.check;

import io.yardmaster.connectors.event.OutboxColumns;
import io.yardmaster.connectors.jdbc.CapturedDatabase;
import io.yardmaster.connectors.settings.CaptureSettings;
import io.yardmaster.connectors.settings.StateSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The requirements of change data capture on any database. */
final class CaptureCheck {
    private static final String POSTGRES = CaptureSettings.POSTGRES;
    private static final List<String> BINLOG =
            List.of("io.debezium.connector.mariadb.MariaDbConnector", "io.debezium.connector.mysql.MySqlConnector");
    private static final List<String> NEEDED =
            List.of("database.hostname", "database.user", "database.password", "topic.prefix", "table.include.list");

    /** Debezium takes patterns; only plain names can be looked up. */
    private static final Pattern NAME = Pattern.compile("\\w+\\.\\w+");

    private static final int MOST_STATES = 10;
    private static final int MOST_ROWS = 100_000;

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
        CapturedDatabase database = new CapturedDatabase(settings, postgres);
        Optional<Session> opened = Session.open(database.url(), database.user(), database::connect, problems);
        if (opened.isPresent()) {
            try (Session session = opened.get()) {
                List<String> tables = tables(settings);
                if (postgres) {
                    PostgresCaptureCheck.check(session, settings, capture, tables, problems);
                } else {
                    BinlogCheck.check(session, settings, problems);
                }
                for (String table : tables) {
                    boolean helper = capture.helperTables().have(table);
                    int before = problems.size();
                    session.checkTable(
                            table,
                            helper ? List.of() : columns(capture),
                            helper ? Session.TypeRule::none : types(capture),
                            problems);
                    if (!helper && problems.size() == before) {
                        checkStates(session, table, capture, problems);
                    }
                }
            } catch (SQLException e) {
                problems.add(database.url() + ": " + Session.firstLine(e));
            }
        }
    }

    private static List<String> tables(Map<String, String> settings) {
        return Arrays.stream(settings.get("table.include.list").split(",", -1))
                .map(String::strip)
                .filter(name -> NAME.matcher(name).matches())
                .toList();
    }

    /** Rows in a state that no setting names are bad rows. Of a very large table only some rows are read. */
    private static void checkStates(Session session, String table, CaptureSettings capture, List<String> problems)
            throws SQLException {
        Optional<StateSettings> states = capture.events().states();
        if (states.isPresent()) {
            String column = states.get().stateColumn();
            List<String> unknown = session
                    .column("SELECT DISTINCT %1$s FROM (SELECT %1$s FROM %2$s LIMIT %3$s) sample WHERE %1$s IS NOT NULL"
                            .formatted(column, table, MOST_ROWS))
                    .stream()
                    .filter(state -> states.get().meaning(state).isEmpty())
                    .map(state -> "'" + state.strip() + "'")
                    .sorted()
                    .limit(MOST_STATES)
                    .toList();
            if (!unknown.isEmpty()) {
                problems.add("table %s has rows whose %s is in none of yardmaster.states.*: %s"
                        .formatted(table, column, String.join(", ", unknown)));
            }
        }
    }

    private static Session.TypeRule types(CaptureSettings capture) {
        Optional<StateSettings> states = capture.events().states();
        return states.isPresent()
                ? (column, type) -> states.get().use(column).flatMap(type::neededToRead)
                : CaptureCheck::ofOutbox;
    }

    static Optional<String> ofOutbox(String column, ColumnType type) {
        return OutboxColumns.ALL.contains(column) || column.equals(OutboxColumns.GRAPH)
                ? type.neededToRead(column)
                : Optional.empty();
    }

    private static List<String> columns(CaptureSettings capture) {
        return capture.events().states().map(StateSettings::neededColumns).orElse(OutboxColumns.ALL);
    }
}
