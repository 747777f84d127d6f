package io.yardmaster.connectors.results;

import io.yardmaster.connectors.settings.ConnectorVersion;
import io.yardmaster.connectors.settings.ResultsSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes outcomes and events to the database. If that is away, it tries again until the database is back. */
public final class ResultsTask extends SinkTask {
    private static final Logger LOG = LoggerFactory.getLogger(ResultsTask.class);
    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    /** Without records the task looks this often whether the database was put back. */
    private static final long CHECK_MILLIS = 10_000;

    /** A task that is busy has its group's offsets committed this often, so that they show its lag. */
    private static final long COMMIT_MILLIS = 5_000;

    private static final long KAFKA_PAUSE_MILLIS = 1_000;

    private ResultReader reader;
    private TopicStarts starts;
    private ResultStore store;
    private ErrantRecords errant;
    private String url;
    private int failures;
    private long asked;
    private long committed;

    @Override
    public void start(Map<String, String> given) {
        ResultsSettings settings = new ResultsSettings(given);
        url = settings.database().url();
        starts = new KafkaTopicStarts(settings.kafka());
        reader = new ResultReader(settings.serde());
        store = new ResultStore(settings.database(), starts);
        errant = new ErrantRecords(context.errantRecordReporter());
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        store.positions().forget(partitions);
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        store.positions().forget(partitions);
    }

    /** Connect calls this also without records, after each poll. */
    @Override
    public void put(Collection<SinkRecord> records) {
        try {
            if (!store.positions().know(context.assignment())) {
                goToPositions();
                // A database that can be read may still take no rows: the pauses go on to grow until it does.
                context.timeout(CHECK_MILLIS);
                return;
            }
            if (!records.isEmpty()) {
                store.passGaps(records);
                writeOrBury(read(records));
                commitSoon();
            } else if (failures == 0 && System.nanoTime() - asked < CHECK_MILLIS * 1_000_000) {
                return;
            } else {
                context.offset(store.checkPositions());
            }
            if (failures > 0) {
                LOG.info("{} is back", url);
            }
            failures = 0;
            asked = System.nanoTime();
            // Connect would wait longer for the next record, and not call this before.
            context.timeout(CHECK_MILLIS);
        } catch (RetriableException e) {
            context.timeout(KAFKA_PAUSE_MILLIS);
            throw e;
        } catch (SQLException e) {
            store.close();
            // It may come back as it was yesterday.
            store.positions().forget(context.assignment());
            throw later(e);
        } catch (TopicPositions.MovedException e) {
            store.close();
            LOG.warn(
                    "{} was put back, or another task writes to it: {}; goes on from its position",
                    url,
                    e.getMessage());
            store.positions().forget(context.assignment());
        }
    }

    /** The records at hand come again, from the database's position. */
    private void goToPositions() throws SQLException, TopicPositions.MovedException {
        context.offset(store.readPositions(context.assignment()));
    }

    private void commitSoon() {
        if (System.nanoTime() - committed > COMMIT_MILLIS * 1_000_000) {
            committed = System.nanoTime();
            context.requestCommit();
        }
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> written) {
        return store.positions().withLost(written);
    }

    private List<ResultRecord> read(Collection<SinkRecord> records) {
        List<ResultRecord> read = new ArrayList<>(records.size());
        for (SinkRecord record : records) {
            try {
                read.add(reader.read(record));
            } catch (DataException e) {
                errant.report(record, e.getMessage());
                read.add(new ResultRecord(record, null));
            }
        }
        return read;
    }

    /** Halves a batch until the row that the database does not take is alone. */
    private void writeOrBury(List<ResultRecord> records) throws SQLException, TopicPositions.MovedException {
        try {
            store.write(records);
        } catch (SQLException e) {
            if (!RowFaults.isOne(e)) {
                throw e;
            }
            store.rollback();
            if (records.size() == 1) {
                SinkRecord record = records.get(0).record();
                errant.report(record, RowFaults.firstLine(e));
                store.write(List.of(new ResultRecord(record, null)));
            } else {
                int middle = records.size() / 2;
                writeOrBury(records.subList(0, middle));
                writeOrBury(records.subList(middle, records.size()));
            }
        }
    }

    private RetriableException later(SQLException e) {
        long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 10));
        failures++;
        context.timeout(pause);
        return new RetriableException(
                "%s takes no rows, trying again in %s ms: %s".formatted(url, pause, RowFaults.firstLine(e)));
    }

    @Override
    public void stop() {
        if (store != null) {
            store.close();
            starts.close();
        }
    }

    @Override
    public String version() {
        return ConnectorVersion.own();
    }
}
