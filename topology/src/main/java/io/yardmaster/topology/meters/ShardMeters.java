package io.yardmaster.topology.meters;

import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.core.values.TaskKind;

/**
 * Where one shard tells what it does. Told by its stream thread alone; called for every task, so an implementation
 * only adds up, and publishes when a tick ends. What is told counts although the transaction may be aborted.
 */
public interface ShardMeters extends AutoCloseable {
    /** Nobody looks. */
    ShardMeters NONE = new ShardMeters() {
        @Override
        public void tickBegins() {}

        @Override
        public void assigned(TaskKind kind, long waitedMs) {}

        @Override
        public void dropped(EventDropReason reason, long tasks) {}

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
     * @param waitedMs since the task became ready, 0 or more
     */
    void assigned(TaskKind kind, long waitedMs);

    void dropped(EventDropReason reason, long tasks);

    void tickEnds();

    /** How things stand, told at the end of a tick a few times a second. */
    void state(ShardState state);

    /** The partition is not scheduled here any more. */
    @Override
    void close();
}
