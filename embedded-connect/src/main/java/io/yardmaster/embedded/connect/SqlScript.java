package io.yardmaster.embedded.connect;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides a script into statements as {@code psql} and {@code mariadb} do: they end with a semicolon at the end of a
 * line, but not between two {@code $$} of PostgreSQL's, or with what {@code DELIMITER} says, which is a command of
 * MariaDB's client.
 */
public final class SqlScript {
    private static final String DELIMITER = "DELIMITER ";

    private SqlScript() {}

    public static List<String> statements(String script) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        String delimiter = ";";
        for (String line : script.lines().toList()) {
            if (line.startsWith(DELIMITER)) {
                delimiter = line.substring(DELIMITER.length()).strip();
            } else if (!line.isBlank() && !line.startsWith("--")) {
                statement.append(line).append('\n');
                if (line.stripTrailing().endsWith(delimiter) && quotes(statement) % 2 == 0) {
                    String whole = statement.toString().stripTrailing();
                    statements.add(whole.substring(0, whole.length() - delimiter.length()));
                    statement.setLength(0);
                }
            }
        }
        return statements;
    }

    private static int quotes(CharSequence statement) {
        return statement.toString().split("\\$\\$", -1).length - 1;
    }
}
