package io.yardmaster.connectors.polling;

import io.yardmaster.connectors.event.Change;
import io.yardmaster.connectors.event.EventRecords;
import io.yardmaster.connectors.settings.PollingSettings;
import io.yardmaster.connectors.settings.Version;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes events of the outbox's new rows. A database that is away is asked again until it is back. */
public final class PollingTask extends SourceTask {
    private static final Logger LOG = LoggerFactory.getLogger(PollingTask.class);
    private static final long RETRY_MILLIS = 1_000;

    private PollingSettings settings;
    private EventRecords events;
    private Pages pages;
    private DatabaseConnection database;
    private Map<String, ?> offset;
    private boolean away;

    static Map<String, ?> partition(String outbox) {
        return Map.of("outbox", outbox);
    }

    @Override
    public void start(Map<String, String> given) {
        settings = new PollingSettings(given);
        events = EventRecords.ofOutbox(settings.events());
        pages = settings.isPostgres()
                ? new PostgresPages(settings.outbox(), settings.rows(), Clock.systemUTC())
                : new MariaDbPages(settings.outbox(), settings.rows(), Clock.systemUTC());
        database = new DatabaseConnection(settings);
        Map<String, Object> stored = context.offsetStorageReader().offset(partition(settings.outbox()));
        offset = stored == null ? Map.of() : stored;
    }

    /** Null if there is nothing new. */
    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        List<Change> changes = changes();
        if (changes.isEmpty()) {
            return null;
        }
        List<SourceRecord> records = events.of(changes);
        offset = changes.get(changes.size() - 1).offset();
        return records;
    }

    private List<Change> changes() throws InterruptedException {
        try {
            List<Change> changes = pages.after(database.get(), offset);
            if (away) {
                away = false;
                LOG.info("{} is back", settings.url());
            }
            if (changes.isEmpty()) {
                Thread.sleep(settings.interval().toMillis());
            }
            return changes;
        } catch (SQLException e) {
            database.close();
            if (!DatabaseConnection.isPassing(e)) {
                throw new ConnectException("%s: %s".formatted(settings.url(), firstLine(e)), e);
            }
            if (!away) {
                away = true;
                LOG.warn("{} cannot be read, trying again: {}", settings.url(), firstLine(e));
            }
            Thread.sleep(RETRY_MILLIS);
            return List.of();
        }
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** Called by the thread that polls. */
    @Override
    public void stop() {
        if (database != null) {
            database.close();
        }
    }

    @Override
    public String version() {
        return Version.own();
    }
}
