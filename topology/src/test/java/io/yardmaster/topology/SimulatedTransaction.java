package io.yardmaster.topology;

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

/** What one stream thread did since its last commit: nobody sees it before it is committed. */
final class SimulatedTransaction {
    enum State {
        /** Can be aborted by anybody who takes its lanes. */
        OPEN,
        /** Has the offsets: whoever takes its lanes waits until it is decided. */
        PREPARED,
        COMMITTED,
        ABORTED
    }

    /** What a lane's scheduler was told, in order. */
    sealed interface Step {}

    record Processed(SpecificRecord event, long time, boolean refused) implements Step {}

    /**
     * A tick.
     *
     * @param published the session that the sessions topic told it, -1 for none
     * @param traces of what it made, one each
     */
    record Ticked(long time, long published, List<TaskAssignment> made, List<Optional<TraceContext>> traces)
            implements Step {}

    /** What it did in one shard. */
    static final class LaneWork {
        final int generation;
        final int[] processed = new int[SimulatedBroker.INPUTS];
        final List<Step> steps = new ArrayList<>();
        Map<Bytes, byte[]> changes = Map.of();

        LaneWork(int generation) {
            this.generation = generation;
        }
    }

    final Map<Integer, LaneWork> lanes = new HashMap<>();
    final List<Share> shares = new ArrayList<>();
    final List<Session> sessions = new ArrayList<>();
    final Set<SimulatedPartition> partitions = new LinkedHashSet<>();
    State state = State.OPEN;

    LaneWork lane(int lane, int generation) {
        return lanes.computeIfAbsent(lane, number -> new LaneWork(generation));
    }

    boolean isDecided() {
        return state == State.COMMITTED || state == State.ABORTED;
    }

    /** Whether readers of all partitions see what was decided, which the producer waits for. */
    boolean isOver() {
        return isDecided() && partitions.stream().noneMatch(partition -> partition.awaits(this));
    }
}
