package io.yardmaster.torture.load;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.Topic;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Follows the dispatch topic. It tells the storage which tasks are assigned, and the nemesis if there is progress. */
public final class Progress implements AutoCloseable {
    private record JobKey(long session, long job) {}

    /** The tasks that the scheduler was told of and has to assign, and that have not been seen assigned. */
    private final Set<Assignable> waiting = ConcurrentHashMap.newKeySet();

    /** All tasks ever expected. Used by the storage's thread. */
    private final Set<Assignable> expected = new HashSet<>();

    private final Set<JobKey> cancelled = ConcurrentHashMap.newKeySet();

    /** The offset of the last assignment seen, by partition. */
    private final Map<TopicPartition, Long> last = new ConcurrentHashMap<>();

    private final AtomicLong seen = new AtomicLong();
    private final Follower<TaskAssignment> follower;

    public Progress(Map<String, String> settings) {
        follower = new Follower<>(settings, Topic.DISPATCH, this::saw);
        follower.start();
    }

    private void saw(ConsumerRecord<Long, TaskAssignment> message) {
        waiting.remove(Assignable.of(message.value()));
        last.put(new TopicPartition(message.topic(), message.partition()), message.offset());
        seen.incrementAndGet();
    }

    /** The number of assignments seen so far. */
    public long seen() {
        return seen.get();
    }

    /** The offset of the last assignment seen in a partition; -1 if there was none. */
    long lastSeen(TopicPartition partition) {
        return last.getOrDefault(partition, -1L);
    }

    /** The positions from which it reads on. */
    Map<TopicPartition, Long> positions() {
        return follower.positions();
    }

    public int waiting() {
        return waiting.size();
    }

    /** Call it before the scheduler is told; a second call makes no difference. */
    void expect(Assignable one) {
        if (expected.add(one)) {
            waiting.add(one);
            if (isDiscarded(one)) {
                waiting.remove(one);
            }
        }
    }

    boolean isWaiting(Assignable one) {
        return waiting.contains(one);
    }

    /** These need not be assigned any more. */
    void excuse(Set<Assignable> all) {
        waiting.removeAll(all);
    }

    /** No task of an older session needs to be assigned any more. */
    void excuseAll() {
        waiting.clear();
    }

    /** Nothing of the job but its cleanup task needs to be assigned any more. */
    void excuseCancelled(long session, long job) {
        cancelled.add(new JobKey(session, job));
        waiting.removeIf(this::isDiscarded);
    }

    private boolean isDiscarded(Assignable one) {
        return one.kind() != TaskKind.CLEANUP && cancelled.contains(new JobKey(one.session(), one.job()));
    }

    @Override
    public void close() {
        follower.close();
    }
}
