package io.yardmaster.connectors.polling;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A server's progress at one moment.
 *
 * @param oldestRunning all transactions before this one are decided
 * @param next the first transaction that nobody can have seen yet
 * @param newestRow the highest transaction that a row of the outbox names; 0 if there is none
 * @param inserted the end of the log at that moment, in which all those decisions are; 0 on a standby
 * @param flushed the log is on the disk up to here
 */
record PostgresLook(
        PostgresCluster cluster, long oldestRunning, long next, long newestRow, long inserted, long flushed) {
    private static final String QUERY =
            """
            SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint,
                (SELECT max(transaction_id) FROM %s),
                CASE WHEN standby THEN 0 ELSE pg_current_wal_insert_lsn() - '0/0' END,
                CASE WHEN standby THEN 0 ELSE pg_current_wal_flush_lsn() - '0/0' END,
                CASE WHEN standby THEN '' ELSE substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END,
                standby, %s
            FROM pg_current_snapshot() s, pg_is_in_recovery() standby
            """;

    private static final String MAY_SEE_SYSTEM = "SELECT has_function_privilege('pg_control_system()', 'EXECUTE')";
    private static final String SYSTEM = "(SELECT system_identifier::text FROM pg_control_system())";

    private static final int PAGE = 8_192;
    private static final int PAGE_HEADER = 24;
    private static final int SEGMENT = 1 << 20;
    private static final int SEGMENT_HEADER = 40;

    /** The query for a connection's user, who may lack the right to see everything. */
    static String query(Connection connection, String outbox) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(MAY_SEE_SYSTEM)) {
            result.next();
            return QUERY.formatted(outbox, result.getBoolean(1) ? SYSTEM : "''");
        }
    }

    static PostgresLook at(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return new PostgresLook(
                    new PostgresCluster(result.getString(8), result.getString(6), result.getBoolean(7)),
                    result.getLong(1),
                    result.getLong(2),
                    result.getLong(3),
                    withoutHeader(result.getLong(4)),
                    result.getLong(5));
        }
    }

    /** The insert position can lie behind a page's header, while the flushed position ends before it. */
    private static long withoutHeader(long inserted) {
        if (inserted % SEGMENT == SEGMENT_HEADER) {
            return inserted - SEGMENT_HEADER;
        }
        return inserted % PAGE == PAGE_HEADER ? inserted - PAGE_HEADER : inserted;
    }
}
