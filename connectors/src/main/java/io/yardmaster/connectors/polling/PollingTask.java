package io.yardmaster.connectors.polling;

import io.yardmaster.connectors.event.Change;
import io.yardmaster.connectors.event.EventRecords;
import io.yardmaster.connectors.settings.ConnectorVersion;
import io.yardmaster.connectors.settings.PollingSettings;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes events of the outbox's new rows. If the database is away, it asks again until the database is back. */
public final class PollingTask extends SourceTask {
    private static final Logger LOG = LoggerFactory.getLogger(PollingTask.class);
    private static final long LONGEST_SLEEP_MILLIS = 500;

    private final Outage outage = new Outage();

    private PollingSettings settings;
    private EventRecords events;
    private OutboxPages pages;
    private DatabaseConnection database;
    private Map<String, ?> offset;
    private long retryAt;

    static Map<String, ?> partition(String outbox) {
        return Map.of("outbox", outbox);
    }

    @Override
    public void start(Map<String, String> given) {
        settings = new PollingSettings(given);
        events = EventRecords.ofOutbox(settings.events());
        pages = settings.database().isPostgres()
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
        long left = TimeUnit.NANOSECONDS.toMillis(retryAt - System.nanoTime());
        if (outage.failures() > 0 && left > 0) {
            // Sleeps in parts, so that the worker can stop the task meanwhile.
            Thread.sleep(Math.min(left, LONGEST_SLEEP_MILLIS));
            return List.of();
        }
        try {
            List<Change> changes = pages.after(database.get(), offset);
            if (outage.end()) {
                LOG.info("{} is back", settings.database().url());
            }
            if (changes.isEmpty()) {
                Thread.sleep(settings.interval().toMillis());
            }
            return changes;
        } catch (SQLException e) {
            database.close();
            retryLater(e);
            return List.of();
        } catch (StaleOffsetException e) {
            return readAgain(e);
        }
    }

    private void retryLater(SQLException e) {
        if (!outage.add(e)) {
            throw new ConnectException("%s: %s".formatted(settings.database().url(), firstLine(e)), e);
        }
        long pause = outage.pauseMillis();
        retryAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause);
        LOG.warn(
                "{} cannot be read, trying again in {} ms: {}",
                settings.database().url(),
                pause,
                firstLine(e));
    }

    private List<Change> readAgain(StaleOffsetException e) {
        if (!settings.readsAgain()) {
            throw new ConnectException(
                    ("%s: %s; rows could be passed over. Set %s=%s to have all rows of %s read again,"
                                    + " and see \"After a restore or a fail-over\" in connectors/README.md")
                            .formatted(
                                    settings.database().url(),
                                    e.getMessage(),
                                    PollingSettings.ON_RESTORE,
                                    PollingSettings.REREAD,
                                    settings.outbox()));
        }
        LOG.warn("{}: {}; all rows of {} are read again", settings.database().url(), e.getMessage(), settings.outbox());
        offset = Map.of();
        return List.of();
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
        return ConnectorVersion.own();
    }
}
