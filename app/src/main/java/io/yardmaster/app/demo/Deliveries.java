package io.yardmaster.app.demo;

import io.yardmaster.client.Assignment;
import io.yardmaster.schemas.TaskKind;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** What the execution managers were given, and whether anything was dispatched more often than it should have been. */
final class Deliveries {
    private final Map<Work, Long> firstIds = new HashMap<>();
    private final Map<TaskKind, Integer> assignments = new EnumMap<>(TaskKind.class);
    private int duplicates;
    private int redelivered;

    /** True if the work was never given out before. */
    boolean add(Assignment assignment) {
        Long firstId = firstIds.putIfAbsent(Work.of(assignment), assignment.id());
        if (firstId == null) {
            assignments.merge(assignment.kind(), 1, Integer::sum);
            return true;
        }
        if (firstId == assignment.id()) {
            redelivered++;
        } else {
            duplicates++;
        }
        return false;
    }

    /** How many assignments of this kind there were, without duplicates. */
    int count(TaskKind kind) {
        return assignments.getOrDefault(kind, 0);
    }

    /** How often the same session, job, kind, task and attempt came under another assignment id: must be 0. */
    int duplicates() {
        return duplicates;
    }

    /** How often an assignment came again under its own id, as it may when execution managers come and go. */
    int redelivered() {
        return redelivered;
    }

    private record Work(long session, long jobId, TaskKind kind, int taskIndex, int attempt) {
        static Work of(Assignment assignment) {
            return new Work(
                    assignment.session(),
                    assignment.jobId(),
                    assignment.kind(),
                    assignment.taskIndex(),
                    assignment.attempt());
        }
    }
}
