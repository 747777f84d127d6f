package io.yardmaster.torture.load;

import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Follows the topic of outcomes: it has refused tasks expected again, and keeps some outcomes to be repeated. */
public final class Reports implements AutoCloseable {
    /** The name under which the load writes outcomes that must not count. */
    static final String LIAR = "liar";

    private final Progress progress;
    private final SentGraphs graphs;
    private final Set<Long> ended = new HashSet<>();
    private final KeptRecords<TaskOutcome> sample = new KeptRecords<>();
    private final Follower<TaskOutcome> follower;

    public Reports(Map<String, String> settings, Progress progress, SentGraphs graphs) {
        this.progress = progress;
        this.graphs = graphs;
        follower = new Follower<>(settings, Topic.OUTCOMES, this::saw);
        follower.start();
    }

    private void saw(ConsumerRecord<Long, TaskOutcome> message) {
        TaskOutcome outcome = message.value();
        if (outcome == null || outcome.getWorker().startsWith(LIAR)) {
            return;
        }
        sample.add(outcome);
        graphs.reported(outcome.getAssignmentId());
        if (ended.add(outcome.getAssignmentId()) && outcome.getResult() == TaskResult.REFUSED) {
            progress.refused(new Assignable(
                    outcome.getSessionId(),
                    outcome.getJobId(),
                    outcome.getKind(),
                    outcome.getTaskIndex(),
                    outcome.getAttempt()));
        }
    }

    /** An outcome of a job is written that must be refused. */
    void misreported(long job) {
        graphs.misreported(job);
    }

    /** An outcome that was written, of this session or an older one. */
    Optional<TaskOutcome> any(Random random) {
        return sample.any(random);
    }

    /** The positions from which it reads on. */
    Map<TopicPartition, Long> positions() {
        return follower.positions();
    }

    @Override
    public void close() {
        follower.close();
    }
}
