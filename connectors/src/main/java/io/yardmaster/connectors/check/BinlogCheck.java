package io.yardmaster.connectors.check;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The requirements of reading the binary log on MariaDB and MySQL. */
final class BinlogCheck {
    private BinlogCheck() {}

    static void check(Session session, Map<String, String> settings, List<String> problems) throws SQLException {
        if (variable(session, "log_bin").equals("0")) {
            problems.add("log_bin is OFF: must be ON (log_bin in the server's configuration, then restart it)");
        } else {
            require(session, "binlog_format", "ROW", problems);
            require(session, "binlog_row_image", "FULL", problems);
        }
        checkGrants(session, settings, problems);
    }

    private static void require(Session session, String variable, String value, List<String> problems)
            throws SQLException {
        String is = variable(session, variable);
        if (!is.equals(value)) {
            problems.add("%1$s is %2$s: must be %3$s (SET GLOBAL %1$s = '%3$s', and in the server's configuration)"
                    .formatted(variable, is, value));
        }
    }

    private static String variable(Session session, String name) throws SQLException {
        return session.value("SELECT @@GLOBAL." + name).orElse("");
    }

    private static void checkGrants(Session session, Map<String, String> settings, List<String> problems)
            throws SQLException {
        List<String> everywhere = session.column("SHOW GRANTS").stream()
                .map(grant -> grant.toUpperCase(Locale.ROOT))
                .filter(grant -> grant.contains(" ON *.* "))
                .toList();
        List<List<String>> needed =
                new ArrayList<>(List.of(List.of("REPLICATION SLAVE"), List.of("BINLOG MONITOR", "REPLICATION CLIENT")));
        if (settings.getOrDefault("snapshot.mode", "initial").equals("initial")) {
            needed.add(List.of("RELOAD"));
        }
        for (List<String> names : needed) {
            boolean granted = everywhere.stream()
                    .anyMatch(grant ->
                            grant.startsWith("GRANT ALL ") || names.stream().anyMatch(grant::contains));
            if (!granted) {
                problems.add(
                        "user %1$s has no %2$s (GRANT %2$s ON *.* TO '%1$s')".formatted(session.user(), names.get(0)));
            }
        }
    }
}
