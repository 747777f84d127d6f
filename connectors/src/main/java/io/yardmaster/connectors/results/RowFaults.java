package io.yardmaster.connectors.results;

import java.sql.SQLException;
import java.util.Set;

/** Tells a row that a database will never take from a database that takes no row now. */
final class RowFaults {
    /**
     * A value out of range or ill-formed; a constraint; a view's condition; an exception that a trigger raises in PostgreSQL
     * and in MariaDB.
     */
    private static final Set<String> OF_A_ROW = Set.of("22", "23", "44", "P0", "45");

    /** MariaDB, under a general state: a value that does not fit its column's character set or type. */
    private static final int MARIADB_INCORRECT_VALUE = 1366;

    private RowFaults() {}

    static boolean isOne(SQLException e) {
        String state = e.getSQLState();
        return e.getErrorCode() == MARIADB_INCORRECT_VALUE
                || (state != null && state.length() >= 2 && OF_A_ROW.contains(state.substring(0, 2)));
    }

    static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
