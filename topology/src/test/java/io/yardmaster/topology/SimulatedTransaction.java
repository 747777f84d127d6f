package io.yardmaster.topology;

import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.schemas.Session;
import io.yardmaster.schemas.Share;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TraceContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;

/** The work of one stream thread since its last commit, which is not visible before it is committed. */
final class SimulatedTransaction {
    enum State {
        /** An instance that takes one of its shards aborts it. */
        OPEN,
        /** Has the offsets: an instance that takes one of its shards waits until it is decided. */
        PREPARED,
        COMMITTED,
        ABORTED
    }

    /** Calls of a shard's scheduler, in order. */
    sealed interface Step {}

    /** A record was processed, with this policy in force. */
    record Processed(SpecificRecord event, long time, LivePolicy live, boolean refused) implements Step {}

    /**
     * A tick.
     *
     * @param published the session from the sessions topic, -1 for none
     * @param live the policy that is in force
     * @param budget what it was given
     * @param unreported the assignments that end in it without an outcome
     * @param traces of its assignments, one each
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Ticked(
            long time,
            long published,
            LivePolicy live,
            Budget budget,
            long[] unreported,
            List<TaskAssignment> made,
            List<Optional<TraceContext>> traces)
            implements Step {}

    /** Work in one shard. */
    static final class ShardWork {
        final int generation;
        final int[] processed = new int[SimulatedBroker.INPUTS];
        final List<Step> steps = new ArrayList<>();
        Map<Bytes, byte[]> changes = Map.of();

        ShardWork(int generation) {
            this.generation = generation;
        }
    }

    final Map<Integer, ShardWork> shards = new HashMap<>();
    final List<Share> shares = new ArrayList<>();
    final List<Session> sessions = new ArrayList<>();
    final Set<SimulatedPartition> partitions = new LinkedHashSet<>();
    State state = State.OPEN;

    ShardWork shard(int shard, int generation) {
        return shards.computeIfAbsent(shard, number -> new ShardWork(generation));
    }

    boolean isDecided() {
        return state == State.COMMITTED || state == State.ABORTED;
    }

    /** True if readers of all partitions see the decision, for which the producer waits. */
    boolean isOver() {
        return isDecided() && partitions.stream().noneMatch(partition -> partition.awaits(this));
    }
}
