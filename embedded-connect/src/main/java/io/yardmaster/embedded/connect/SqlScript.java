package io.yardmaster.embedded.connect;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides a script into statements as {@code psql} and {@code mariadb} do. A statement ends with a semicolon at the end of a
 * line, but not between two {@code $$} of PostgreSQL, or with the delimiter that {@code DELIMITER}, a command of MariaDB's
 * client, has set.
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
                    String text = statement.toString().stripTrailing();
                    statements.add(text.substring(0, text.length() - delimiter.length()));
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
