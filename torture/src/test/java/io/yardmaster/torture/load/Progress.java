package io.yardmaster.torture.load;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Follows the dispatch topic. It tells the storage which tasks are assigned, and the nemesis if there is progress. Of the pool it knows
 * only how far its topic goes.
 */
public final class Progress implements AutoCloseable {
    private record JobKey(long session, long job) {
        static JobKey of(Assignable one) {
            return new JobKey(one.session(), one.job());
        }
    }

    /** The tasks that the scheduler was told of and has to assign, and that have not been seen assigned often enough. */
    private final Set<Assignable> waiting = new HashSet<>();
    /** The number of assignments that each task ever expected needs: one, and one more for each refusal. */
    private final Map<Assignable, Integer> needed = new HashMap<>();
    /** The number of assignments of each task. */
    private final Map<Assignable, Integer> assigned = new HashMap<>();

    private final Set<JobKey> cancelled = new HashSet<>();
    private final Set<JobKey> ending = new HashSet<>();
    private final Set<JobKey> cleaningUp = new HashSet<>();
    /** Older ones have ended. */
    private long session;

    /** The offset of the last assignment seen, by partition. */
    private final Map<TopicPartition, Long> last = new ConcurrentHashMap<>();

    private final AtomicLong seen = new AtomicLong();
    private final KeptRecords<TaskAssignment> sample = new KeptRecords<>();
    private final SentGraphs graphs;
    private final Follower<TaskAssignment> follower;
    private final Follower<TaskAssignment> ofPool;

    public Progress(Map<String, String> settings, SentGraphs graphs) {
        this.graphs = graphs;
        follower = new Follower<>(settings, Topic.DISPATCH, this::saw);
        Map<String, String> inPool = new HashMap<>(settings);
        inPool.put("topic." + Topic.DISPATCH.id(), TopicNames.from(settings).dispatch(PolicyOperator.POOL));
        ofPool = new Follower<>(inPool, Topic.DISPATCH, this::note);
        follower.start();
        ofPool.start();
    }

    private void note(ConsumerRecord<Long, TaskAssignment> message) {
        last.put(new TopicPartition(message.topic(), message.partition()), message.offset());
    }

    private void saw(ConsumerRecord<Long, TaskAssignment> message) {
        saw(Assignable.of(message.value()));
        sample.add(message.value());
        graphs.assigned(message.value());
        note(message);
        seen.incrementAndGet();
    }

    private synchronized void saw(Assignable one) {
        assigned.merge(one, 1, Integer::sum);
        update(one);
    }

    /** The number of assignments seen so far. */
    public long seen() {
        return seen.get();
    }

    /** An assignment that was seen, of this session or an older one. */
    Optional<TaskAssignment> any(Random random) {
        return sample.any(random);
    }

    /** The offset of the last assignment seen in a partition; -1 if there was none. */
    long lastSeen(TopicPartition partition) {
        return last.getOrDefault(partition, -1L);
    }

    /** The positions from which it reads on. */
    Map<TopicPartition, Long> positions() {
        return follower.positions();
    }

    /** The positions in the topic of the pool. */
    Map<TopicPartition, Long> positionsInPool() {
        return ofPool.positions();
    }

    public synchronized int waiting() {
        return waiting.size();
    }

    /** Call it before the scheduler is told; a second call makes no difference. */
    synchronized void expect(Assignable one) {
        needed.putIfAbsent(one, 1);
        update(one);
    }

    /** The scheduler has to assign it once more. */
    synchronized void refused(Assignable one) {
        needed.merge(one, 1, Integer::sum);
        update(one);
    }

    private void update(Assignable one) {
        if (assigned.getOrDefault(one, 0) < needed.getOrDefault(one, 0) && !isDiscarded(one)) {
            waiting.add(one);
        } else {
            waiting.remove(one);
        }
    }

    synchronized boolean isWaiting(Assignable one) {
        return waiting.contains(one);
    }

    /** The regular tasks of the job need not be assigned any more. */
    synchronized void jobEnds(long ofSession, long job) {
        ending.add(new JobKey(ofSession, job));
        waiting.removeIf(this::isDiscarded);
    }

    /** The commit task of the job need not be assigned any more. */
    synchronized void jobCleansUp(long ofSession, long job) {
        cleaningUp.add(new JobKey(ofSession, job));
        waiting.removeIf(this::isDiscarded);
    }

    /** Nothing of the job but its cleanup task needs to be assigned any more. */
    synchronized void excuseCancelled(long ofSession, long job) {
        cancelled.add(new JobKey(ofSession, job));
        waiting.removeIf(this::isDiscarded);
    }

    /** No task of an older session needs to be assigned any more. */
    synchronized void sessionBegins(long newSession) {
        session = newSession;
        waiting.removeIf(this::isDiscarded);
    }

    private boolean isDiscarded(Assignable one) {
        JobKey job = JobKey.of(one);
        return one.session() < session
                || (one.kind() != TaskKind.CLEANUP && cancelled.contains(job))
                || switch (one.kind()) {
                    case TASK -> ending.contains(job);
                    case COMMIT -> cleaningUp.contains(job);
                    case CLEANUP -> false;
                };
    }

    @Override
    public void close() {
        follower.close();
        ofPool.close();
    }
}
