package io.yardmaster.app.connect;

import io.yardmaster.embedded.connect.SqlScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.StringJoiner;

/** The part of {@code psql} that the guide uses, for machines without it. */
public final class Psql {
    private Psql() {}

    /** Installs it in a folder for the {@code PATH}. */
    static void install(Path folder, String classPath) throws IOException {
        Path script = Files.writeString(
                Files.createDirectories(folder).resolve("psql"),
                """
                #!/bin/sh
                exec "%s" -cp "%s" %s "$@"
                """
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                classPath,
                                Psql.class.getName()));
        if (!script.toFile().setExecutable(true)) {
            throw new IOException(script + " cannot be made executable");
        }
    }

    public static void main(String[] args) throws SQLException, IOException {
        List<String> arguments = List.of(args);
        String database = option(arguments, "-d", "postgres");
        String url = "jdbc:postgresql://%s:%s/%s".formatted(System.getenv("PGHOST"), System.getenv("PGPORT"), database);
        try (Connection connection =
                        DriverManager.getConnection(url, System.getenv("PGUSER"), System.getenv("PGPASSWORD"));
                Statement statement = connection.createStatement()) {
            String command = option(arguments, "-c", null);
            List<String> statements = command != null
                    ? List.of(command)
                    : SqlScript.statements(Files.readString(Path.of(option(arguments, "-f", null))));
            for (String sql : statements) {
                if (statement.execute(sql)) {
                    print(statement.getResultSet());
                }
            }
        }
    }

    /** Prints rows as {@code -At} does. */
    private static void print(ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            StringJoiner line = new StringJoiner("|");
            for (int i = 1; i <= columns; i++) {
                line.add(rows.getString(i));
            }
            System.out.println(line);
        }
    }

    private static String option(List<String> arguments, String name, String otherwise) {
        int at = arguments.indexOf(name);
        return at < 0 ? otherwise : arguments.get(at + 1);
    }
}
