package io.yardmaster.app.demo;

import io.yardmaster.client.Assignment;
import io.yardmaster.schemas.TaskKind;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Counts the assignments that the execution managers received, and those that were dispatched twice. */
final class Deliveries {
    private final Map<Work, Long> firstIds = new HashMap<>();
    private final Map<TaskKind, Integer> assignments = new EnumMap<>(TaskKind.class);
    private int duplicates;
    private int redelivered;

    /** Returns whether this work was never received before. */
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

    /** Number of assignments of this kind, without duplicates. */
    int count(TaskKind kind) {
        return assignments.getOrDefault(kind, 0);
    }

    /** Assignments with the session, job, kind, task and attempt of an earlier one but another id: must be 0. */
    int duplicates() {
        return duplicates;
    }

    /** Assignments that came again under their own id, as they may when execution managers come and go. */
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
