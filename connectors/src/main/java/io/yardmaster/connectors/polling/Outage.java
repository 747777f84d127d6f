package io.yardmaster.connectors.polling;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** Consecutive failures of a database that may pass without anybody changing anything. */
final class Outage {
    /**
     * Connection lost, rolled back because of others, out of resources, shut down, disk in trouble, statement
     * cancelled.
     */
    private static final Set<String> PASSING = Set.of("08", "40", "53", "57", "58", "70");

    /** MariaDB: waited too long for a lock, too many connections of a user, limits of a user. */
    private static final Set<Integer> PASSING_CODES = Set.of(1205, 1203, 1226);

    /**
     * Failures that a pooler or a fail-over causes and a new connection cures: a statement that was not prepared in
     * this session or already was, a plan or a transaction of another client, a server that is read-only for now.
     */
    private static final Set<String> OF_A_SESSION = Set.of("26000", "42P05", "0A000", "25P02", "25006", "55P03");

    /** MariaDB: it is read-only. */
    private static final Set<Integer> OF_A_SESSION_CODES = Set.of(1290, 1836);

    /** After this many in a row the failure counts as lasting. */
    static final int MOST_OF_A_SESSION = 10;

    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    private int failures;
    private int ofASession;

    /** Takes note of a failure. Returns true if the same statement may succeed later. */
    boolean add(SQLException e) {
        failures++;
        if (isPassing(e)) {
            return true;
        }
        ofASession++;
        return ofASession <= MOST_OF_A_SESSION
                && (OF_A_SESSION.contains(String.valueOf(e.getSQLState()))
                        || OF_A_SESSION_CODES.contains(e.getErrorCode()));
    }

    private static boolean isPassing(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLTransientException
                || e instanceof SQLRecoverableException
                || PASSING_CODES.contains(e.getErrorCode())
                || (state != null && state.length() >= 2 && PASSING.contains(state.substring(0, 2)));
    }

    /** The wait before the next attempt; twice as long each time, up to half a minute. */
    long pauseMillis() {
        return Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures - 1, 10));
    }

    int failures() {
        return failures;
    }

    /** The database has answered. Returns true if it had failed before. */
    boolean end() {
        boolean was = failures > 0;
        failures = 0;
        ofASession = 0;
        return was;
    }
}
