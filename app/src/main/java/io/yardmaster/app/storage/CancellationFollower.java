package io.yardmaster.app.storage;

import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.UnreadableRecordException;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.SchedulerConfig;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;

/**
 * Reads from the events topic which of some jobs were cancelled: a job of which nothing runs has no outcome that would tell. Sees
 * events that are written after it was made, and earlier ones after a {@link #rewind}.
 */
public final class CancellationFollower implements AutoCloseable {
    private final Serde<JobEvent> serde;
    private final TopicTail<byte[]> topic;
    private final FollowedJobs jobs;
    private List<Cancellation> found = new ArrayList<>();
    private boolean seenAny;

    /** Connects, and looks where the events end now. */
    public CancellationFollower(SchedulerConfig config, FollowedJobs jobs) {
        this.jobs = jobs;
        serde = ValueSerdes.of(Topic.EVENTS, config.serde());
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        topic = new TopicTail<>(
                new KafkaConsumer<>(KafkaClients.reader(config.kafka()), bytes, bytes),
                config.topics().of(Topic.EVENTS),
                (partition, partitions) ->
                        jobs.ids().stream().anyMatch(job -> JobPartition.of(job, partitions) == partition));
    }

    /** Goes back to the beginning of the topic; to be called before the first poll. */
    void rewind() {
        topic.rewind();
        catchUp();
    }

    /** The jobs that were cancelled since the last call. Does not wait. */
    public List<Cancellation> poll() {
        topic.poll(Duration.ZERO).forEach(this::read);
        List<Cancellation> all = found;
        found = new ArrayList<>();
        return all;
    }

    /**
     * Returns whether any event about these jobs was read, up to the present end of the topic. A job's first event in the
     * topic is readable before its first assignment, unless the scheduler writes none.
     *
     * @throws TimeoutException if Kafka is away
     */
    boolean seesEvents() {
        if (!seenAny) {
            catchUp();
        }
        return seenAny;
    }

    private void catchUp() {
        if (!topic.catchUp(this::read)) {
            throw new TimeoutException("the events topic cannot be read to its end now");
        }
    }

    private void read(ConsumerRecord<?, byte[]> event) {
        // Most events may be about jobs of others: their values need not be read.
        if (!(event.key() instanceof byte[] key)
                || key.length != Long.BYTES
                || !jobs.ids().contains(ByteBuffer.wrap(key).getLong())) {
            return;
        }
        try {
            JobEvent read = serde.deserializer().deserialize(event.topic(), event.value());
            if (read != null && jobs.include(read.getJobId(), read.getSessionId())) {
                seenAny = true;
                if (read.getWhat() == JobEventKind.JOB_CANCELLED) {
                    found.add(Cancellation.of(read));
                }
            }
        } catch (UnreadableRecordException e) {
            // Only a scheduler may write here; a record of anybody else's says nothing about a job.
        }
    }

    @Override
    public void close() {
        topic.close();
        serde.close();
    }
}
