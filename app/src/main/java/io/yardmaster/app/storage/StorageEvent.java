package io.yardmaster.app.storage;

import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * An event from storage to the scheduler.
 *
 * @param topic its lane
 * @param jobId the record's key
 */
public record StorageEvent<V extends SpecificRecord>(Topic<V> topic, long jobId, V value) {

    /** More indices than this do not go into one event: a record stays far below a broker's size limit. */
    static final int MAX_INDICES = 10_000;

    /** Reports these tasks ready, in this order; one event unless they are very many. */
    public static List<StorageEvent<?>> ready(
            long resourceGroup, long jobId, long session, List<Integer> taskIndices, int attempt) {
        List<StorageEvent<?>> events = new ArrayList<>(1);
        for (int from = 0; from < taskIndices.size(); from += MAX_INDICES) {
            List<Integer> indices =
                    List.copyOf(taskIndices.subList(from, Math.min(from + MAX_INDICES, taskIndices.size())));
            TaskReady value = new TaskReady(resourceGroup, jobId, session, indices, attempt);
            events.add(new StorageEvent<>(Topic.READY, jobId, value));
        }
        return events;
    }

    public static StorageEvent<CommitReady> commit(long resourceGroup, long jobId, long session) {
        return new StorageEvent<>(Topic.COMMIT, jobId, new CommitReady(resourceGroup, jobId, session));
    }

    /** Reports the job's cleanup task ready. */
    public static StorageEvent<CleanupReady> cleanup(long resourceGroup, long jobId, long session) {
        return new StorageEvent<>(Topic.CLEANUP, jobId, new CleanupReady(resourceGroup, jobId, session, true));
    }
}
