package io.yardmaster.connectors.check;

import io.yardmaster.connectors.settings.CaptureSettings;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The requirements of logical decoding on PostgreSQL. */
final class PostgresCaptureCheck {
    /** On managed services a role may also replicate as a member of one of theirs. */
    private static final String MAY_REPLICATE =
            """
            SELECT rolreplication OR rolsuper OR EXISTS (
                SELECT FROM pg_roles service
                WHERE service.rolname IN ('rds_replication', 'cloudsqlsuperuser')
                AND pg_has_role(current_user, service.oid, 'MEMBER'))
            FROM pg_roles WHERE rolname = current_user""";

    private PostgresCaptureCheck() {}

    static void check(
            Session session,
            Map<String, String> settings,
            CaptureSettings capture,
            List<String> tables,
            List<String> problems)
            throws SQLException {
        String level = session.value("SHOW wal_level").orElse("");
        if (!level.equals("logical")) {
            problems.add("wal_level is " + level
                    + ": must be logical (ALTER SYSTEM SET wal_level = 'logical', then restart" + " PostgreSQL)");
        }
        if (session.value(MAY_REPLICATE).orElse("f").equals("f")) {
            problems.add("user %1$s has no REPLICATION (ALTER ROLE %1$s REPLICATION)".formatted(session.user()));
        }
        checkPublication(session, settings.get("publication.name"), capture, tables, problems);
        checkSlot(session, settings, problems);
    }

    private static void checkPublication(
            Session session, String name, CaptureSettings capture, List<String> tables, List<String> problems)
            throws SQLException {
        boolean states = capture.events().states().isPresent();
        Optional<String> publishes = session.value(
                "SELECT pubinsert AND (pubupdate OR NOT ?::boolean) FROM pg_publication WHERE pubname = ?",
                Boolean.toString(states),
                name);
        if (publishes.isEmpty()) {
            problems.add("publication " + name + " does not exist");
            return;
        }
        if (publishes.get().equals("f")) {
            problems.add("publication %s does not publish %s".formatted(name, states ? "insert and update" : "insert"));
        }
        List<String> published = session.column(
                "SELECT schemaname || '.' || tablename FROM pg_publication_tables WHERE pubname = ?", name);
        tables.stream()
                .filter(table -> !published.contains(table))
                .forEach(table -> problems.add("publication " + name + " does not have table " + table));
    }

    /** Without a snapshot rows from before the slot are never read, so the slot must be there first. */
    private static void checkSlot(Session session, Map<String, String> settings, List<String> problems)
            throws SQLException {
        String name = settings.get("slot.name");
        Optional<String> slot = session.value(
                "SELECT plugin || ' in ' || database || CASE wal_status WHEN 'lost' THEN ', lost' ELSE '' END"
                        + " FROM pg_replication_slots WHERE slot_name = ?",
                name);
        boolean snapshot = settings.getOrDefault("snapshot.mode", "initial").equals("initial");
        String wanted = "pgoutput in " + settings.get("database.dbname");
        if (slot.isEmpty() && !snapshot) {
            problems.add(
                    "replication slot %1$s does not exist (SELECT pg_create_logical_replication_slot('%1$s', 'pgoutput'))"
                            .formatted(name));
        } else if (slot.isPresent() && !slot.get().equals(wanted)) {
            problems.add("replication slot %s is %s: must be %s".formatted(name, slot.get(), wanted));
        }
    }
}
