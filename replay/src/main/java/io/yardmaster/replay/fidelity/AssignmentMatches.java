package io.yardmaster.replay.fidelity;

import io.yardmaster.replay.recording.AssignedTask;
import io.yardmaster.replay.recording.DayEntry.Assigned;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pairs the core's assignments with those of the recording. */
final class AssignmentMatches {
    private static final int MOST = 1_000_000;

    /** The core's numbers by the recorded ones, where they differ; the oldest are forgotten. */
    private final Map<Long, Long> numbers = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > MOST;
        }
    };

    /** Assignments of the core that the recording did not have yet, and their numbers there. */
    private final Map<AssignedTask, Long> early = bounded();

    /** Assignments of the recording that the core did not make yet, and their numbers there. */
    private final Map<AssignedTask, Long> owed = bounded();

    private static Map<AssignedTask, Long> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<AssignedTask, Long> eldest) {
                return size() > MOST;
            }
        };
    }

    /** The core's number of a recorded assignment that has ended. */
    long number(long recorded) {
        return numbers.getOrDefault(recorded, recorded);
    }

    boolean isOwed(AssignedTask task) {
        return owed.containsKey(task);
    }

    /** Without those that the core made before. */
    List<Assigned> withoutEarly(List<Assigned> group) {
        if (early.isEmpty()) {
            return group;
        }
        List<Assigned> left = new ArrayList<>();
        for (Assigned assigned : group) {
            Long number = early.remove(assigned.task());
            if (number == null) {
                left.add(assigned);
            } else {
                pair(assigned.number(), number);
            }
        }
        return left;
    }

    private void pair(long recorded, long made) {
        if (recorded != made) {
            numbers.put(recorded, made);
        }
    }

    /** The core made these: some that it owed, and between them the first of those wanted. */
    void matched(List<CoreRun.Made> made, List<Assigned> wanted) {
        int next = 0;
        for (CoreRun.Made one : made) {
            if (!pay(one)) {
                pair(wanted.get(next++).number(), one.number());
            }
        }
    }

    private boolean pay(CoreRun.Made made) {
        Long recorded = owed.remove(made.task());
        if (recorded != null) {
            pair(recorded, made.number());
        }
        return recorded != null;
    }

    /** The core made these, none of which is the one wanted. */
    void differ(List<CoreRun.Made> made, Assigned wanted) {
        for (CoreRun.Made one : made) {
            if (!pay(one)) {
                early.put(one.task(), one.number());
            }
        }
        owed.put(wanted.task(), wanted.number());
    }
}
