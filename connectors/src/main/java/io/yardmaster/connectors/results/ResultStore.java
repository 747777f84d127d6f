package io.yardmaster.connectors.results;

import io.yardmaster.connectors.jdbc.Drivers;
import io.yardmaster.connectors.settings.DatabaseSettings;
import io.yardmaster.connectors.settings.ResultTable;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.TaskOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records as rows, each call in one transaction. Rows of a job change only under the lock of the job's row, so two tasks may
 * write about the same job.
 */
final class ResultStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResultStore.class);

    /** The most rows of one statement, which has up to 22 parameters for each in MariaDB. */
    private static final int MOST_ROWS = 1_000;

    private final DatabaseSettings settings;
    private final Dialect dialect;
    private final TopicPositions positions;
    private Connection connection;

    ResultStore(DatabaseSettings settings, TopicStarts starts) {
        this.settings = settings;
        this.dialect = settings.isPostgres() ? Dialect.POSTGRESQL : Dialect.MARIADB;
        this.positions = new TopicPositions(dialect, starts);
    }

    TopicPositions positions() {
        return positions;
    }

    Map<TopicPartition, Long> readPositions(Collection<TopicPartition> partitions)
            throws SQLException, TopicPositions.MovedException {
        return positions.read(connection(), partitions);
    }

    /**
     * Fails if the database does not have the positions any more that this task has left there. Returns those that are behind records
     * which Kafka has deleted.
     */
    Map<TopicPartition, Long> checkPositions() throws SQLException, TopicPositions.MovedException {
        return positions.check(connection());
    }

    /** Tells of records that were deleted before these, and moves the position behind them. */
    void passGaps(Collection<SinkRecord> records) throws SQLException, TopicPositions.MovedException {
        positions.passGaps(connection(), records);
    }

    /** Changes the rows of these records, which are in the order of each partition, and moves the position behind them. */
    void write(List<ResultRecord> records) throws SQLException, TopicPositions.MovedException {
        Map<TopicPartition, Long> to = new HashMap<>();
        records.forEach(record -> to.put(record.partition(), record.offset() + 1));
        positions.move(connection(), to);
        List<ResultRecord> useful =
                records.stream().filter(record -> record.value() != null).toList();
        if (!useful.isEmpty()) {
            writeRows(useful);
        }
        connection().commit();
        positions.moved(to);
    }

    private void writeRows(List<ResultRecord> records) throws SQLException {
        Set<Long> jobs = new TreeSet<>();
        Set<List<Object>> tasks = new LinkedHashSet<>();
        for (ResultRecord record : records) {
            SpecificRecord value = record.value();
            if (value instanceof TaskOutcome outcome) {
                jobs.add(outcome.getJobId());
                tasks.add(List.of(outcome.getJobId(), outcome.getTaskIndex()));
            } else if (value instanceof JobEvent event) {
                jobs.add(event.getJobId());
            }
        }
        Merge merge = new Merge(lockJobs(jobs), readTasks(tasks));
        records.forEach(record -> merge.apply(record.value(), record.offset()));
        insert(ResultTable.OUTCOMES, merge.changedTasks(), TaskColumns::values, true);
        insert(ResultTable.JOBS, merge.changedJobs(), JobColumns::values, true);
    }

    /** Makes rows of jobs without one, and locks them all in the order of their ids. */
    private Map<Long, JobRow> lockJobs(Set<Long> jobs) throws SQLException {
        Map<Long, JobRow> rows = new HashMap<>();
        readJobs(jobs, rows);
        List<Long> missing = jobs.stream().filter(job -> !rows.containsKey(job)).toList();
        if (!missing.isEmpty()) {
            insert(ResultTable.JOBS, missing, job -> JobColumns.values(new JobRow(job)), false);
            // Another task may have made one in between.
            readJobs(missing, rows);
        }
        return rows;
    }

    private void readJobs(Collection<Long> jobs, Map<Long, JobRow> rows) throws SQLException {
        for (List<Long> part : parts(jobs)) {
            String sql = "SELECT * FROM yardmaster_jobs WHERE job_id IN (?" + ", ?".repeat(part.size() - 1)
                    + ") ORDER BY job_id FOR UPDATE";
            try (PreparedStatement statement = dialect.prepared(connection(), sql, part);
                    ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    JobRow row = JobColumns.read(result, dialect);
                    rows.put(row.job, row);
                }
            }
        }
    }

    private List<TaskRow> readTasks(Set<List<Object>> tasks) throws SQLException {
        List<TaskRow> rows = new ArrayList<>();
        for (List<List<Object>> part : parts(tasks)) {
            try (PreparedStatement statement = dialect.tasks(connection(), part);
                    ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(TaskColumns.read(result));
                }
            }
        }
        return rows;
    }

    private <T> void insert(ResultTable table, Collection<T> rows, Function<T, List<Object>> values, boolean update)
            throws SQLException {
        for (List<T> part : parts(rows)) {
            List<List<Object>> all = part.stream().map(values).toList();
            try (PreparedStatement statement = dialect.insert(connection(), table, all, update)) {
                statement.executeUpdate();
            }
        }
    }

    private static <T> List<List<T>> parts(Collection<T> all) {
        List<T> rows = List.copyOf(all);
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += MOST_ROWS) {
            parts.add(rows.subList(from, Math.min(rows.size(), from + MOST_ROWS)));
        }
        return parts;
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            Connection made = Drivers.connect(settings.url(), settings.login(), settings.timeout());
            try (Statement statement = made.createStatement()) {
                made.setAutoCommit(false);
                made.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                if (dialect == Dialect.MARIADB) {
                    // Otherwise a time that is out of range would become 0000-00-00.
                    statement.execute("SET SESSION sql_mode = 'STRICT_ALL_TABLES'");
                }
            } catch (SQLException e) {
                connection = made;
                close();
                throw e;
            }
            connection = made;
        }
        return connection;
    }

    void rollback() throws SQLException {
        connection().rollback();
    }

    /** Gives up the connection and its transaction; the next call makes another. */
    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debug("closing a connection that is broken", e);
            }
            connection = null;
        }
    }
}
