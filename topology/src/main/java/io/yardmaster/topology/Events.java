package io.yardmaster.topology;

import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.TaskReady;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** What an event must fulfil beyond its schema. */
final class Events {
    private Events() {}

    static void check(Long key, SpecificRecord value) {
        if (value == null) {
            throw new SenselessEventException("the event has no value");
        }
        if (key == null) {
            throw new SenselessEventException("the event has no key");
        }
        if (value instanceof TaskReady ready) {
            checkIds(key, ready.getJobId(), ready.getSessionId());
            checkTasks(ready);
        } else if (value instanceof CommitReady commit) {
            checkIds(key, commit.getJobId(), commit.getSessionId());
        } else if (value instanceof CleanupReady cleanup) {
            checkIds(key, cleanup.getJobId(), cleanup.getSessionId());
        }
    }

    private static void checkIds(long key, long job, long session) {
        if (key != job) {
            throw new SenselessEventException("key " + key + " is not the job_id " + job);
        }
        if (session < 0) {
            throw new SenselessEventException("session_id " + session + " is negative");
        }
    }

    private static void checkTasks(TaskReady ready) {
        if (ready.getAttempt() < 0) {
            throw new SenselessEventException("attempt " + ready.getAttempt() + " is negative");
        }
        if (ready.getTaskIndices().isEmpty()) {
            throw new SenselessEventException("task_indices is empty");
        }
        for (int index : ready.getTaskIndices()) {
            if (index < 0) {
                throw new SenselessEventException("task index " + index + " is negative");
            }
        }
    }

    static int[] indices(TaskReady ready) {
        List<Integer> list = ready.getTaskIndices();
        int[] indices = new int[list.size()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = list.get(i);
        }
        return indices;
    }
}
