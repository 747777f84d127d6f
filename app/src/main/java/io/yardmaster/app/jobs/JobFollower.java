package io.yardmaster.app.jobs;

import io.yardmaster.app.storage.KafkaClients;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.UnreadableRecordException;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.SchedulerConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;

/**
 * Reads what becomes of some jobs: from the events topic how they go on and end, from the outcomes topic how far they are, and from
 * the dead-letter topic which of the graphs the scheduler has refused. Reads the records that come after it was made, and with {@link #past} earlier ones.
 */
public final class JobFollower implements AutoCloseable {
    private final Optional<String> sender;
    private final Consumer<String> complaints;
    private final LongSupplier ticker;
    private final Map<Long, FollowedJob> jobs = new LinkedHashMap<>();
    private final Serde<JobEvent> eventSerde;
    private final Serde<TaskOutcome> outcomeSerde;
    private final TopicTail events;
    private final TopicTail outcomes;
    private final TopicTail deadLetters;

    /**
     * Connects.
     *
     * @param sender of the graphs, if they are still to be sent
     * @param complaints takes a line for each record that cannot be read
     * @param ticker a monotonic clock in nanoseconds
     */
    public JobFollower(
            SchedulerConfig config,
            List<PlannedJob> followed,
            Optional<String> sender,
            Consumer<String> complaints,
            LongSupplier ticker) {
        this.sender = sender;
        this.complaints = complaints;
        this.ticker = ticker;
        followed.forEach(job -> jobs.put(job.id(), new FollowedJob(job, sender.isPresent())));
        eventSerde = ValueSerdes.of(Topic.EVENTS, config.serde());
        outcomeSerde = ValueSerdes.of(Topic.OUTCOMES, config.serde());
        TopicTail.Choice ofJobs = partitions ->
                partition -> jobs.keySet().stream().anyMatch(job -> JobPartition.of(job, partitions) == partition);
        events = new TopicTail(reader(config), config.topics().of(Topic.EVENTS), ofJobs);
        outcomes = new TopicTail(reader(config), config.topics().of(Topic.OUTCOMES), ofJobs);
        deadLetters = new TopicTail(reader(config), config.topics().deadLetter(), partitions -> partition -> true);
    }

    private static KafkaConsumer<byte[], byte[]> reader(SchedulerConfig config) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        return new KafkaConsumer<>(KafkaClients.reader(config.kafka()), bytes, bytes);
    }

    /**
     * Reads all events and outcomes that the topics hold.
     *
     * @throws org.apache.kafka.common.errors.TimeoutException if Kafka is away
     */
    public void past() {
        events.readFromBeginning(this::event);
        outcomes.readFromBeginning(this::outcome);
    }

    /** Reads the records that are there; waits up to this long for an event. */
    public void poll(Duration timeout) {
        events.poll(timeout, this::event);
        outcomes.poll(Duration.ZERO, this::outcome);
        deadLetters.poll(Duration.ZERO, this::deadLetter);
        jobs.values().forEach(job -> job.tick(ticker.getAsLong()));
        if (jobs.values().stream().filter(FollowedJob::hasJustEnded).count() > 0) {
            readRemainingOutcomes();
        }
    }

    /** Outcomes are in their topic before the event that tells the end they led to, but may be read after it. */
    private void readRemainingOutcomes() {
        try {
            outcomes.readToEnd(this::outcome);
        } catch (TimeoutException e) {
            complaints.accept("some outcomes may be missing: " + e.getMessage());
        }
    }

    private void event(ConsumerRecord<byte[], byte[]> record) {
        of(record).ifPresent(job -> {
            try {
                JobEvent event = eventSerde.deserializer().deserialize(record.topic(), record.value());
                if (event != null) {
                    job.event(event);
                }
            } catch (UnreadableRecordException e) {
                complaints.accept(
                        "%s-%s@%s: %s".formatted(record.topic(), record.partition(), record.offset(), e.getMessage()));
            }
        });
    }

    private void outcome(ConsumerRecord<byte[], byte[]> record) {
        of(record).ifPresent(job -> {
            try {
                TaskOutcome outcome = outcomeSerde.deserializer().deserialize(record.topic(), record.value());
                if (outcome != null) {
                    job.outcome(outcome, ticker.getAsLong());
                }
            } catch (UnreadableRecordException e) {
                // The scheduler reports it, as a dead letter; for both of us it is as if it had not been sent.
                return;
            }
        });
    }

    private void deadLetter(ConsumerRecord<byte[], byte[]> letter) {
        if (sender.isPresent() && text(letter, GraphSender.SENDER_HEADER).equals(sender.get())) {
            of(letter).ifPresent(job -> job.refused(text(letter, Topic.REASON_HEADER)));
        }
    }

    /** The job of a record; most records are about jobs of others, and their values need not be read. */
    private Optional<FollowedJob> of(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null || record.key().length != Long.BYTES
                ? Optional.empty()
                : Optional.ofNullable(jobs.get(ByteBuffer.wrap(record.key()).getLong()));
    }

    private static String text(ConsumerRecord<?, ?> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** The jobs of which nothing was read. */
    public List<Long> unknown() {
        return jobs.entrySet().stream()
                .filter(job -> !job.getValue().isKnown())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The news of the jobs since the last call, a sentence each without a full stop. */
    public List<String> news() {
        return jobs.values().stream().flatMap(job -> job.news().stream()).toList();
    }

    /** The jobs whose graphs the scheduler has refused, with the reasons. */
    public Map<Long, String> refusals() {
        Map<Long, String> refusals = new LinkedHashMap<>();
        jobs.forEach((id, job) -> job.refusal().ifPresent(reason -> refusals.put(id, reason)));
        return refusals;
    }

    /** All jobs, in the order in which they were given. */
    public List<JobProgress> progress() {
        return jobs.values().stream().map(FollowedJob::progress).toList();
    }

    /** The counts of a followed job, by stages or by kinds of tasks. */
    public List<StageCounts> counts(long job) {
        return jobs.get(job).counts();
    }

    /** The counts of the jobs as a line; see {@link KindProgress}. */
    public Optional<String> kinds() {
        return KindProgress.line(jobs.values().stream().map(FollowedJob::tasks).toList());
    }

    @Override
    public void close() {
        events.close();
        outcomes.close();
        deadLetters.close();
        eventSerde.close();
        outcomeSerde.close();
    }
}
