package io.yardmaster.core.ticks;

import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;

/** A number that differs, in practice, if any of the decisions differs. */
public final class DecisionDigest {
    private static final int FACTOR = 31;

    private int digest;

    /** The number for all decisions so far. */
    public int value() {
        return digest;
    }

    /** Begins anew. */
    public void reset() {
        digest = 0;
    }

    /** Adds a decision. Those about outcomes and refused graphs do not count: they answer one record and nothing follows from them. */
    public void add(Decision decision) {
        if (decision instanceof DispatchedTask task) {
            add(1, task.id());
            add(of(task.kind()), task.job());
            add(task.taskIndex(), task.attempt());
        } else if (decision instanceof Decision.Joined joined) {
            add(2, joined.job());
        } else if (decision instanceof Decision.Retired retired) {
            add(3, retired.job());
        } else if (decision instanceof Decision.Deferred deferred) {
            add(deferred.displaced() ? 4 : 5, deferred.job());
        } else if (decision instanceof Decision.Dropped dropped) {
            add(6, dropped.job());
            add(of(dropped.reason()), dropped.count());
        } else if (decision instanceof Decision.SessionBegan began) {
            add(7, began.session());
        } else if (decision instanceof Decision.Reached reached) {
            add(8, reached.job());
            add(of(reached.milestone()), reached.group());
        } else if (decision instanceof Decision.Obeyed obeyed) {
            add(9, obeyed.job());
            add(of(obeyed.command()), obeyed.priority());
        } else if (decision instanceof Decision.CommandDropped dropped) {
            add(10, dropped.job());
            add(of(dropped.command()), of(dropped.reason()));
        } else if (decision instanceof Decision.TasksKilled killed) {
            add(11, killed.job());
            add(killed.first(), killed.count());
        } else if (decision instanceof Decision.KillRunning kill) {
            add(12, kill.job());
            add(kill.first(), kill.count());
        } else if (decision instanceof Decision.Failed failed) {
            add(13, failed.job());
        }
    }

    /** The same in every JVM, which the constant's own hash code is not. */
    private static int of(Enum<?> constant) {
        return constant.name().hashCode();
    }

    private void add(int kind, long value) {
        digest = (digest * FACTOR + kind) * FACTOR + Long.hashCode(value);
    }
}
