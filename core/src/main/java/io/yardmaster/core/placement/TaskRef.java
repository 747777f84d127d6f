package io.yardmaster.core.placement;

import java.util.Comparator;

/** One attempt of a task of a job in a session. */
public record TaskRef(long job, long session, int task, int attempt) implements Comparable<TaskRef> {
    private static final Comparator<TaskRef> ORDER = Comparator.comparingLong(TaskRef::job)
            .thenComparingLong(TaskRef::session)
            .thenComparingInt(TaskRef::task)
            .thenComparingInt(TaskRef::attempt);

    @Override
    public int compareTo(TaskRef other) {
        return ORDER.compare(this, other);
    }
}
