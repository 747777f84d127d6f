package io.yardmaster.connectors.capture;

import io.yardmaster.connectors.jdbc.CapturedDatabase;
import io.yardmaster.connectors.settings.CaptureSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the position in PostgreSQL's log from which Debezium is to go on. A restored server may not have come so far;
 * Debezium would skip everything before the position and report that it runs. (MariaDB's server itself refuses a
 * position behind the end of its binary log.)
 */
final class StoredPosition {
    private static final Logger LOG = LoggerFactory.getLogger(StoredPosition.class);
    private static final String END =
            """
            SELECT (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END - '0/0')
            """;

    private StoredPosition() {}

    /** @throws ConnectException in one line, if the log ends before the stored position */
    static void check(CaptureSettings settings, OffsetStorageReader offsets) {
        if (!settings.isPostgres()) {
            return;
        }
        Map<String, String> debezium = settings.debezium();
        Map<String, Object> offset = offsets.offset(Map.of("server", String.valueOf(debezium.get("topic.prefix"))));
        if (offset == null || !(offset.get("lsn") instanceof Number stored)) {
            return;
        }
        CapturedDatabase database = new CapturedDatabase(debezium, true);
        long end;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(END)) {
            result.next();
            end = result.getLong(1);
        } catch (SQLException e) {
            LOG.warn(
                    "{} does not tell the end of its log, so a restore cannot be ruled out: {}",
                    database.url(),
                    e.getMessage());
            return;
        }
        if (end < stored.longValue()) {
            throw new ConnectException(
                    ("%s: it was restored or failed over: its log ends at %s, but it was read up to %s already, so"
                                    + " new rows would be passed over; see \"After a restore or a fail-over\" in"
                                    + " connectors/README.md")
                            .formatted(database.url(), text(end), text(stored.longValue())));
        }
    }

    private static String text(long position) {
        return String.format(Locale.ROOT, "%X/%X", position >>> 32, position & 0xFFFFFFFFL);
    }
}
