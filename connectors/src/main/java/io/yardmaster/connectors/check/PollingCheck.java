package io.yardmaster.connectors.check;

import io.yardmaster.connectors.event.OutboxColumns;
import io.yardmaster.connectors.jdbc.Drivers;
import io.yardmaster.connectors.settings.PollingSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The requirements of polling on a database. */
final class PollingCheck {
    private PollingCheck() {}

    static List<String> problems(PollingSettings settings) {
        List<String> problems = new ArrayList<>();
        Optional<Session> opened = Session.open(
                settings.database().url(),
                settings.database().user(),
                () -> Drivers.connect(
                        settings.database().url(),
                        settings.database().login(),
                        settings.database().timeout()),
                problems);
        if (opened.isPresent()) {
            try (Session session = opened.get()) {
                List<String> columns = new ArrayList<>(OutboxColumns.ALL);
                columns.add("id");
                columns.add(settings.database().isPostgres() ? "transaction_id" : "batch");
                session.checkTable(settings.outbox(), columns, CaptureCheck::ofOutbox, problems);
                if (!settings.database().isPostgres()) {
                    session.checkTable("yardmaster_poll", List.of("batch"), Session.TypeRule::none, problems);
                    if (problems.isEmpty()) {
                        session.checkUpdate(settings.outbox(), "batch", problems);
                        session.checkUpdate("yardmaster_poll", "batch", problems);
                    }
                }
            } catch (SQLException e) {
                problems.add(settings.database().url() + ": " + Session.firstLine(e));
            }
        }
        return problems;
    }
}
