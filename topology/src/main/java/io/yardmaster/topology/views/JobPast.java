package io.yardmaster.topology.views;

import io.yardmaster.core.view.HistoryEntry;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TraceContext;
import io.yardmaster.schemas.serde.UnreadableRecordException;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.Labels;
import io.yardmaster.topology.config.SchedulerConfig;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from the events topic which milestones jobs have reached and which commands about them were obeyed, also before this
 * instance had their shards. It reads when somebody asks, and only the latest {@value #LOOKED_AT} offsets of a job's partition.
 */
public final class JobPast implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobPast.class);

    static final int LOOKED_AT = 20_000;
    private static final int KEPT_JOBS = 100;
    private static final int KEPT_ENTRIES = 100;
    private static final Duration POLL = Duration.ofMillis(100);

    private final String topic;
    private final LookingConsumer reader;
    private final Deserializer<JobEvent> events;
    private final Map<Long, Past> pasts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Past> eldest) {
            return size() > KEPT_JOBS;
        }
    };
    /** Held while reading; a caller waits for it within its own limit. */
    private final ReentrantLock lock = new ReentrantLock();

    private int partitions;

    /** The events of one job that were read. */
    private static final class Past {
        private final Deque<HistoryEntry> entries = new ArrayDeque<>();
        private long position;

        void add(HistoryEntry entry) {
            entries.add(entry);
            if (entries.size() > KEPT_ENTRIES) {
                entries.remove();
            }
        }
    }

    /** Reads this deployment's events topic; connects when it is first asked. */
    public static JobPast of(SchedulerConfig config) {
        return new JobPast(
                config.topics().of(Topic.EVENTS),
                () -> LookingConsumer.open(config),
                ValueSerdes.of(Topic.EVENTS, config.serde()).deserializer());
    }

    /** @param open makes a consumer of committed records */
    JobPast(String topic, Supplier<Consumer<byte[], byte[]>> open, Deserializer<JobEvent> events) {
        this.topic = topic;
        this.reader = new LookingConsumer("the events in " + topic, open);
        this.events = events;
    }

    /**
     * Returns the events of a job before this time, oldest first. If the topic cannot be read to its end within the limit, the
     * later ones are missing, and the next call goes on from there; if other callers read until then, all are missing.
     *
     * @param before epoch ms
     */
    public List<HistoryEntry> of(long job, long before, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            if (!lock.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return List.of();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
        try {
            Past past = pasts.computeIfAbsent(job, unread -> new Past());
            reader.look((consumer, isNew) -> read(consumer, isNew, job, past, deadline));
            return past.entries.stream().filter(entry -> entry.atMs() < before).toList();
        } finally {
            lock.unlock();
        }
    }

    private void read(Consumer<byte[], byte[]> consumer, boolean isNew, long job, Past past, long deadline) {
        if (isNew) {
            partitions = consumer.partitionsFor(topic, until(deadline)).size();
        }
        TopicPartition partition = new TopicPartition(topic, JobPartition.of(job, partitions));
        byte[] key = JobPartition.key(job);
        List<TopicPartition> only = List.of(partition);
        consumer.assign(only);
        long end = consumer.endOffsets(only, until(deadline)).get(partition);
        long first = consumer.beginningOffsets(only, until(deadline)).get(partition);
        past.position = Math.max(past.position, Math.max(first, end - LOOKED_AT));
        consumer.seek(partition, past.position);
        while (past.position < end && System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (Arrays.equals(key, record.key())) {
                    entry(record).ifPresent(past::add);
                }
                past.position = record.offset() + 1;
            }
            past.position = consumer.position(partition, until(deadline));
        }
    }

    private static Duration until(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private Optional<HistoryEntry> entry(ConsumerRecord<byte[], byte[]> record) {
        try {
            String trace = TraceContext.read(record.headers())
                    .map(TraceContext::traceId)
                    .orElse("");
            return entry(events.deserialize(topic, record.value()), trace);
        } catch (UnreadableRecordException e) {
            LOG.info(
                    "the event in {}-{}@{} cannot be shown: {}",
                    topic,
                    record.partition(),
                    record.offset(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<HistoryEntry> entry(JobEvent event, String trace) {
        return type(event.getWhat())
                .map(type -> new HistoryEntry(
                        event.getAt().toEpochMilli(), Labels.of(type), text(type, event) + JobHistory.trace(trace)));
    }

    private static Optional<HistoryEntryType> type(JobEventKind what) {
        return Optional.ofNullable(
                switch (what) {
                    case JOB_BEGAN -> HistoryEntryType.BEGAN;
                    case JOB_COMMITTING -> HistoryEntryType.COMMIT;
                    case JOB_CLEANING_UP -> HistoryEntryType.CLEANUP;
                    case JOB_SUCCEEDED -> HistoryEntryType.SUCCEEDED;
                    case JOB_FAILED -> HistoryEntryType.JOB_FAILED;
                    case JOB_REFUSED -> HistoryEntryType.JOB_REFUSED;
                    case JOB_ENDED -> HistoryEntryType.ENDED;
                    case JOB_CANCELLED -> HistoryEntryType.CANCELLED;
                    case JOB_PAUSED -> HistoryEntryType.PAUSED;
                    case JOB_RESUMED -> HistoryEntryType.RESUMED;
                    case JOB_PRIORITIZED -> HistoryEntryType.PRIORITIZED;
                    // A dropped command changed nothing; tasks would crowd out all else.
                    case COMMAND_DROPPED,
                            TASKS_READY,
                            TASKS_DISPATCHED,
                            TASKS_SUCCEEDED,
                            TASKS_FAILED,
                            TASKS_KILLED,
                            TASKS_REFUSED,
                            OTHER -> null;
                });
    }

    private static String text(HistoryEntryType type, JobEvent event) {
        String reason = event.getReason().isEmpty() ? "" : "; reason: " + event.getReason();
        String by = event.getBy().isEmpty() ? "" : " (by " + event.getBy() + ")";
        String number = type == HistoryEntryType.PRIORITIZED ? String.valueOf(event.getPriority()) : "";
        return type.sentence() + number + reason + by;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            reader.close();
            events.close();
        } finally {
            lock.unlock();
        }
    }
}
