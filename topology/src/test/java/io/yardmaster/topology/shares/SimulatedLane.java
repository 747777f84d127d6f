package io.yardmaster.topology.shares;

import io.yardmaster.scheduling.Assignment;
import io.yardmaster.scheduling.Decisions;
import io.yardmaster.scheduling.DropReason;
import io.yardmaster.scheduling.HeapStorage;
import io.yardmaster.scheduling.Policy;
import io.yardmaster.scheduling.Scheduler;
import io.yardmaster.schemas.Share;
import io.yardmaster.topology.window.LaneWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * A lane partition with its scheduler, whose ticks become durable and seen together when its transaction is committed.
 * It sees what the fleet took, and what other lanes say, some time later; what was out when it was opened, it does not
 * know before its first look.
 */
final class SimulatedLane implements Decisions, LaneWindow {
    private static final byte[] STORED_SHARE = {(byte) 0xFE};

    private final int lane;
    private final Policy policy;
    private final SimulatedFleet fleet;

    private HeapStorage durable = new HeapStorage();
    private HeapStorage working;
    private Scheduler scheduler;
    private SharedWindow window;
    private Board board;
    private final List<Assignment> made = new ArrayList<>();
    private final List<Share> said = new ArrayList<>();
    private int takenSeen;
    private boolean known;

    SimulatedLane(int lane, Policy policy, SimulatedFleet fleet) {
        this.lane = lane;
        this.policy = policy;
        this.fleet = fleet;
        open();
    }

    /** As after a kill, on whatever instance: with what was committed and nothing else. */
    void open() {
        made.clear();
        said.clear();
        known = false;
        working = durable.copy();
        scheduler = new Scheduler(policy, working, (long) lane << 47, this);
        board = new Board(fleet.lanes(), fleet::share);
        board.hearAll(partition -> fleet.heard(lane, partition));
        window = new SharedWindow(
                lane,
                fleet.capacity(),
                policy.fairness(),
                this,
                board,
                working.get(STORED_SHARE),
                stored -> working.put(STORED_SHARE, stored),
                said::add);
    }

    /** Another lane's latest word comes through. */
    void hear(int partition, byte[] record) {
        board.heard(partition, record);
    }

    Scheduler scheduler() {
        return scheduler;
    }

    void ready(long group, long job, int from, int to) {
        int[] indices = new int[to - from];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = from + i;
        }
        scheduler.ready(group, job, 0, indices, 0, 0);
        scheduler.flush();
    }

    void tick(long now) {
        int offered = scheduler.tick(now, window.room(now, scheduler));
        window.spent(now, scheduler, offered);
        scheduler.flush();
    }

    void commit() {
        durable = working.copy();
        fleet.dispatched(lane, made);
        said.forEach(fleet::published);
        made.clear();
        said.clear();
    }

    void lookAtFleet() {
        takenSeen = fleet.taken(lane);
        known = true;
    }

    /** What its open transaction would add. */
    int uncommitted() {
        return made.size();
    }

    @Override
    public void assign(Assignment assignment) {
        made.add(assignment);
    }

    @Override
    public void drop(DropReason reason, long job, long count) {
        throw new AssertionError(reason + " of job " + job);
    }

    @Override
    public void retire(long job) {}

    @Override
    public void beginSession(long session) {}

    @Override
    public boolean isKnown() {
        return known;
    }

    @Override
    public boolean isFresh() {
        return known;
    }

    @Override
    public int look() {
        return known ? fleet.dispatched(lane) - takenSeen + made.size() : made.size();
    }

    @Override
    public void close() {}
}
