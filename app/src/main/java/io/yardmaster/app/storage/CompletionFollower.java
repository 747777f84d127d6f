package io.yardmaster.app.storage;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Follows which assignments were dispatched, and how they ended. The first outcome of an assignment counts. Without one it
 * is done when the execution managers' group has taken it and all before it in its partition, as those that write no outcomes commit or
 * acknowledge only after the work is done (O3). An outcome is written before the offset is committed (O2), so once an offset is
 * seen this reads the outcomes up to their end at that moment before it takes any assignment for done.
 *
 * <p>Sees assignments that become readable after it was made, and earlier ones only after a {@link #rewind}. Memory grows with
 * the assignments of interest that have not ended. While Kafka is away it reports nothing and misses nothing.
 */
public final class CompletionFollower implements AutoCloseable {
    private final TopicTail<TaskAssignment> topic;
    private final String name;
    private final OutcomeFollower outcomes;
    private final TakenOffsets taken;
    private final FollowedJobs jobs;
    private final OutstandingTasks outstanding = new OutstandingTasks();
    private final List<TaskOutcome> unmatched = new ArrayList<>();
    private List<TaskKey> dispatched = new ArrayList<>();
    private List<EndedTask> ended = new ArrayList<>();
    private boolean rewound;

    /**
     * @param consumer without a group, {@code read_committed}; used by this follower only, and closed by it
     * @param outcomes of the same jobs; closed by its owner
     * @param taken reads the offsets up to which the execution managers have taken assignments
     */
    public CompletionFollower(
            Consumer<?, TaskAssignment> consumer,
            String dispatchTopic,
            OutcomeFollower outcomes,
            TakenOffsets taken,
            FollowedJobs jobs) {
        this.topic = new TopicTail<>(consumer, dispatchTopic);
        this.name = dispatchTopic;
        this.outcomes = outcomes;
        this.taken = taken;
        this.jobs = jobs;
    }

    /**
     * The tasks that ended since the last call; those without an outcome in the order of dispatch within a partition. A task that
     * was refused has not ended: another assignment follows.
     *
     * @param timeout how long to wait for new assignments before looking at outcomes and the group's offsets
     * @throws KafkaException if Kafka refuses, as when a permission is missing
     */
    public List<EndedTask> poll(Duration timeout) throws InterruptedException {
        topic.poll(timeout).forEach(this::dispatch);
        outcomes.poll(this::settle);
        if (outstanding.size() > 0) {
            Map<TopicPartition, Long> offsets = taken.read();
            if (outstanding.anyBelow(offsets) && outcomes.catchUp(this::settle)) {
                outstanding.removeBelow(offsets).forEach(without -> ended.add(EndedTask.done(TaskKey.of(without))));
            }
        }
        match();
        List<EndedTask> all = ended;
        ended = new ArrayList<>();
        return all;
    }

    /** The tasks whose assignments were read since the last call, whether or not they have ended. */
    public List<TaskKey> dispatched() {
        List<TaskKey> all = dispatched;
        dispatched = new ArrayList<>();
        return all;
    }

    /** Number of assignments that were dispatched and have not ended. */
    public int outstanding() {
        return outstanding.size();
    }

    /**
     * Goes back to the beginning of the topics; to be called before the first poll. From then on an outcome also counts if
     * its assignment is no longer in the topic.
     *
     * @return whether the dispatch topic still has every assignment that was ever dispatched
     */
    public boolean rewind() {
        rewound = true;
        outcomes.rewind();
        return topic.rewind();
    }

    /**
     * Reads on to the present ends of the topics. The next poll returns the tasks that have ended.
     *
     * @throws TimeoutException if Kafka is away
     */
    public void catchUp() {
        if (!topic.catchUp(this::dispatch) || !outcomes.catchUp(this::settle) || !match()) {
            throw new TimeoutException("topic " + name + " and its outcomes cannot be read to their ends now");
        }
    }

    private void dispatch(ConsumerRecord<?, TaskAssignment> found) {
        TaskAssignment assignment = found.value();
        if (jobs.include(assignment.getJobId(), assignment.getSessionId())) {
            outstanding.add(found);
            dispatched.add(TaskKey.of(assignment));
        }
    }

    private void settle(TaskOutcome outcome) {
        if (outstanding.remove(outcome)) {
            EndedTask.of(outcome).ifPresent(ended::add);
        } else {
            unmatched.add(outcome);
        }
    }

    /**
     * Finds the assignments of outcomes that were read before them: they are readable since before the outcome was written.
     * Other outcomes are repeats, or of assignments that are no longer in the topic. False if Kafka is away.
     */
    private boolean match() {
        if (unmatched.isEmpty()) {
            return true;
        }
        if (!topic.catchUp(this::dispatch)) {
            return false;
        }
        List<TaskOutcome> early = List.copyOf(unmatched);
        unmatched.clear();
        early.forEach(this::settle);
        if (rewound) {
            for (TaskOutcome outcome : unmatched) {
                // Also of a refused one: its next assignment is still to come.
                dispatched.add(TaskKey.of(outcome));
                EndedTask.of(outcome).ifPresent(ended::add);
            }
        }
        unmatched.clear();
        return true;
    }

    @Override
    public void close() {
        topic.close();
    }
}
