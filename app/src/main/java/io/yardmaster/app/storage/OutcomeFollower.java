package io.yardmaster.app.storage;

import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.serde.UnreadableRecordException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads the outcomes of assignments of some jobs. Sees those that are written after it was made, and earlier ones after a rewind. */
public final class OutcomeFollower implements AutoCloseable {
    private final TopicTail<byte[]> topic;
    private final String name;
    private final Deserializer<TaskOutcome> values;
    private final FollowedJobs jobs;

    /** @param consumer without a group; used and closed by this only */
    public OutcomeFollower(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
            String outcomesTopic,
            Deserializer<TaskOutcome> values,
            FollowedJobs jobs) {
        this.topic = new TopicTail<>(consumer, outcomesTopic);
        this.name = outcomesTopic;
        this.values = values;
        this.jobs = jobs;
    }

    void rewind() {
        topic.rewind();
    }

    /** Hands over the outcomes that are there. Does not wait. */
    void poll(Consumer<TaskOutcome> each) {
        topic.poll(Duration.ZERO).forEach(record -> read(record).ifPresent(each));
    }

    /** Hands over all outcomes up to the present end of the topic; false if Kafka is away. */
    boolean catchUp(Consumer<TaskOutcome> each) {
        return topic.catchUp(record -> read(record).ifPresent(each));
    }

    private Optional<TaskOutcome> read(ConsumerRecord<?, byte[]> record) {
        // Most records are about jobs of others: their values need not be read.
        if (!(record.key() instanceof byte[] key)
                || key.length != Long.BYTES
                || !jobs.ids().contains(ByteBuffer.wrap(key).getLong())) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(values.deserialize(name, record.value()))
                    .filter(outcome -> jobs.include(outcome.getJobId(), outcome.getSessionId()));
        } catch (UnreadableRecordException e) {
            // The scheduler reports it, as a dead letter; for both of us it is as if it had not been sent.
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        topic.close();
    }
}
