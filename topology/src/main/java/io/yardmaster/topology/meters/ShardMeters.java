package io.yardmaster.topology.meters;

import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.CommandDropReason;
import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.core.values.OutcomeDropReason;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;

/**
 * Receives the measurements of one shard, from its stream thread alone. It is called for every task, so an
 * implementation only adds up, and publishes when a tick ends. Calls count although their transaction may be aborted.
 */
public interface ShardMeters extends AutoCloseable {
    /** Discards everything. */
    ShardMeters NONE = new ShardMeters() {
        @Override
        public void tickBegins() {}

        @Override
        public void assigned(TaskKind kind, long group, long waitedMs) {}

        @Override
        public void dropped(EventDropReason reason, long tasks) {}

        @Override
        public void commanded(Command command, CommandDropReason dropped, long waitedMs) {}

        @Override
        public void ended(TaskEnd end, long group, String pool, long ranMs) {}

        @Override
        public void outcomeDropped(OutcomeDropReason reason) {}

        @Override
        public void graph(GraphResult result) {}

        @Override
        public void graphTasksKilled(long tasks) {}

        @Override
        public void tickEnds() {}

        @Override
        public void state(ShardState state) {}

        @Override
        public void close() {}
    };

    void tickBegins();

    /**
     * An assignment was made.
     *
     * @param group the resource group of its job
     * @param waitedMs time since the task became ready, 0 or more
     */
    void assigned(TaskKind kind, long group, long waitedMs);

    void dropped(EventDropReason reason, long tasks);

    /**
     * A command was read.
     *
     * @param dropped the reason for which it changed nothing, or null
     * @param waitedMs time since it was written, 0 or more
     */
    void commanded(Command command, CommandDropReason dropped, long waitedMs);

    /**
     * An outcome of an assignment was counted.
     *
     * @param group the resource group of its job
     * @param pool of its task, as far as it is known; empty for the default pool
     * @param ranMs time that the task ran, 0 if nobody knows
     */
    void ended(TaskEnd end, long group, String pool, long ranMs);

    /** An outcome did not count. */
    void outcomeDropped(OutcomeDropReason reason);

    /** A graph was accepted or refused, or its job has succeeded or failed. */
    void graph(GraphResult result);

    /** Tasks of a graph will not run, or not again. */
    void graphTasksKilled(long tasks);

    void tickEnds();

    /** Receives the shard's state, at the end of a tick a few times a second. */
    void state(ShardState state);

    /** The shard is not scheduled here any more. */
    @Override
    void close();
}
