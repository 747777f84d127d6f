package io.yardmaster.connectors.capture;

import io.yardmaster.connectors.event.Change;
import io.yardmaster.connectors.event.EventRecords;
import io.yardmaster.connectors.event.Row;
import io.yardmaster.connectors.settings.CaptureSettings;
import io.yardmaster.connectors.settings.ConnectorVersion;
import io.yardmaster.connectors.settings.HelperTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** Polls a task of Debezium's and makes events of what it returns. */
public final class CaptureTask extends SourceTask {
    private final AtomicInteger unacknowledged = new AtomicInteger();
    private Foreign<SourceTask> debezium;
    private EventRecords events;
    private HelperTables helpers;
    private String jobColumn;

    @Override
    public void start(Map<String, String> given) {
        CaptureSettings settings = new CaptureSettings(given);
        events = EventRecords.of(settings.events());
        helpers = settings.helperTables();
        jobColumn = settings.events().jobColumn();
        StoredPosition.check(settings, context.offsetStorageReader());
        debezium = Foreign.instance(settings.connectorClass(), SourceConnector.class)
                .sibling(settings.taskClass(), SourceTask.class);
        debezium.call(task -> {
            task.initialize(context);
            task.start(settings.debezium());
            return null;
        });
    }

    /** Null if there is nothing to send. */
    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        List<SourceRecord> captured = debezium.call(SourceTask::poll);
        if (captured == null || captured.isEmpty()) {
            return null;
        }
        List<Change> changes = new ArrayList<>(captured.size());
        captured.forEach(
                record -> ChangeEvents.read(record).filter(this::isOurs).ifPresent(changes::add));
        List<SourceRecord> records = events.of(changes);
        if (!records.isEmpty()) {
            unacknowledged.addAndGet(records.size());
            return records;
        }
        skip(captured.get(captured.size() - 1));
        return null;
    }

    /** False for a heartbeat or a signal in a table that the user has set up for Debezium. */
    private boolean isOurs(Change change) {
        Row row = change.row();
        return row.columns().containsKey(jobColumn) || !helpers.have(row.table());
    }

    /**
     * Tells Debezium that a record without an event is done, so that the database need not keep its log; not while an
     * earlier record is under way.
     */
    private void skip(SourceRecord last) throws InterruptedException {
        if (unacknowledged.get() == 0) {
            debezium.call(task -> {
                task.commitRecord(last, null);
                return null;
            });
        }
    }

    /** Passes the record on: it has the offset of one that Debezium knows, and Debezium reads only the offset. */
    @Override
    public void commitRecord(SourceRecord record, RecordMetadata metadata) throws InterruptedException {
        debezium.call(task -> {
            task.commitRecord(record, metadata);
            return null;
        });
        unacknowledged.decrementAndGet();
    }

    @Override
    public void commit() throws InterruptedException {
        debezium.call(task -> {
            task.commit();
            return null;
        });
    }

    @Override
    public void stop() {
        if (debezium != null) {
            debezium.call(task -> {
                task.stop();
                return null;
            });
        }
    }

    @Override
    public String version() {
        return ConnectorVersion.own();
    }
}
