package io.yardmaster.topology.shares;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.state.HeapStorage;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Demand;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.Policy;
import io.yardmaster.schemas.Share;
import io.yardmaster.topology.window.ShardWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * A shard with its scheduler, whose ticks become durable and seen together when its transaction is committed.
 * It sees what the fleet took, and what other lanes say, some time later; what was out when it was opened, it does not
 * know before its first look.
 */
final class SimulatedShard implements ShardWindow {
    private static final byte[] STORED_SHARE = {(byte) 0xFE};

    private final int lane;
    private final Policy policy;
    private final SimulatedFleet fleet;

    private HeapStorage durable = new HeapStorage();
    private HeapStorage working;
    private Scheduler scheduler;
    private SharedBudget budget;
    private PeerShares board;
    private final List<DispatchedTask> made = new ArrayList<>();
    private final List<Share> said = new ArrayList<>();
    private int takenSeen;
    private boolean known;

    SimulatedShard(int lane, Policy policy, SimulatedFleet fleet) {
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
        scheduler = new Scheduler(policy, working, (long) lane << 47);
        board = new PeerShares(fleet.lanes(), fleet::share);
        board.hearAll(partition -> fleet.heard(lane, partition));
        budget = new SharedBudget(lane, fleet.capacity(), policy.fairness(), this, board, working.get(STORED_SHARE));
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
        carryOut(scheduler.apply(new Event.TasksReady(group, job, 0, indices, 0, 0, null)));
        scheduler.flush();
    }

    void tick(long now) {
        Demand demand = scheduler.demand(budget.needsGroups(now));
        int before = made.size();
        carryOut(scheduler.tick(now, budget.available(now, demand)));
        budget.used(now, scheduler.demand(false), made.size() - before).ifPresent(news -> {
            working.put(STORED_SHARE, news.stored());
            said.add(news.share());
        });
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

    private void carryOut(List<Decision> decisions) {
        for (Decision decision : decisions) {
            if (decision instanceof DispatchedTask assigned) {
                made.add(assigned);
            } else if (decision instanceof Decision.Dropped dropped) {
                throw new AssertionError(dropped);
            }
        }
    }

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
