package io.yardmaster.topology.shares;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.state.HeapStorage;
import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Demand;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.LimitDemand;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.schemas.Share;
import io.yardmaster.topology.window.ShardWindow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A shard with its scheduler, whose ticks become durable and visible together when its transaction is committed. It
 * sees the assignments that the fleet took, and the shares of other shards, some time later; it does not know the
 * assignments that were outstanding when it was opened before its first refresh.
 */
final class SimulatedShard implements ShardWindow {
    private static final byte[] STORED_SHARE = {(byte) 0xFE};
    private static final byte[] STORED_LIMIT = {(byte) 0xFE, 2};

    private final int shard;
    private final Policy policy;
    private final SimulatedFleet fleet;

    private HeapStorage durable = new HeapStorage();
    private HeapStorage working;
    private Scheduler scheduler;
    private SharedBudget budget;
    private PeerShares peerShares;
    private final List<DispatchedTask> made = new ArrayList<>();
    private final List<Share> unpublished = new ArrayList<>();
    private final List<Event.AssignmentEnded> ends = new ArrayList<>();
    /** The ends that were read in the open transaction. */
    private final List<Event.AssignmentEnded> read = new ArrayList<>();

    private int takenSeen;
    private boolean known;
    private LivePolicy live = LivePolicy.NONE;

    SimulatedShard(int shard, Policy policy, SimulatedFleet fleet) {
        this.shard = shard;
        this.policy = policy;
        this.fleet = fleet;
        open();
    }

    /** Opens the shard as after a kill, on any instance: with the committed state only. */
    void open() {
        made.clear();
        unpublished.clear();
        ends.addAll(0, read);
        read.clear();
        known = false;
        working = durable.copy();
        scheduler = new Scheduler(policy, working, (long) shard << 47);
        peerShares = new PeerShares(fleet.shards(), fleet::share);
        peerShares.receiveAll(peer -> fleet.received(shard, peer));
        budget = new SharedBudget(
                shard,
                fleet.capacity(),
                policy.fairness(),
                this,
                peerShares,
                working.get(STORED_SHARE),
                storedLimits());
    }

    private Map<String, byte[]> storedLimits() {
        Map<String, byte[]> stored = new HashMap<>();
        working.scan(
                STORED_LIMIT,
                (key, value) -> stored.put(
                        new String(key, STORED_LIMIT.length, key.length - STORED_LIMIT.length, StandardCharsets.UTF_8),
                        value));
        return stored;
    }

    /** Returns the number of single limits of which it has stored something. */
    int storedLimitCount() {
        return storedLimits().size();
    }

    private void storeLimit(String limit, byte[] value) {
        byte[] text = limit.getBytes(StandardCharsets.UTF_8);
        byte[] key = ByteBuffer.allocate(STORED_LIMIT.length + text.length)
                .put(STORED_LIMIT)
                .put(text)
                .array();
        if (value == null) {
            working.delete(key);
        } else {
            working.put(key, value);
        }
    }

    void follow(LivePolicy newLive) {
        live = newLive;
    }

    /** Receives another shard's share. */
    void receive(int peer, byte[] record) {
        peerShares.received(peer, record);
    }

    Scheduler scheduler() {
        return scheduler;
    }

    void ready(long group, long job, int from, int to) {
        int[] indices = new int[to - from];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = from + i;
        }
        scheduler
                .apply(new Event.TasksReady(group, job, 0, indices, 0, 0, null))
                .forEach(this::carryOut);
        scheduler.flush();
    }

    void submit(Event.GraphSubmitted graph) {
        scheduler.apply(graph).forEach(this::carryOut);
        scheduler.flush();
    }

    /** The outcome of an assignment comes, and will come again if it is read in a transaction that is aborted. */
    void ends(Event.AssignmentEnded end) {
        ends.add(end);
    }

    /** Units of a limit that tasks of this shard hold, as it counts them. */
    long used(String limit) {
        LimitDemand demand = scheduler.limits().get(limit);
        return demand == null ? 0 : demand.used();
    }

    void prioritize(long job, int priority) {
        scheduler
                .apply(new Event.Commanded(job, Event.Commanded.ANY_SESSION, Command.SET_PRIORITY, priority))
                .forEach(this::carryOut);
        scheduler.flush();
    }

    void tick(long now) {
        ends.forEach(end -> scheduler.apply(end).forEach(this::carryOut));
        read.addAll(ends);
        ends.clear();
        scheduler.follow(live);
        Demand demand = scheduler.demand(budget.needsGroups(now, live));
        int before = made.size();
        scheduler.tick(now, budget.available(now, demand), this::carryOut);
        budget.used(now, scheduler.demand(false), made.size() - before, scheduler::limits)
                .ifPresent(news -> {
                    working.put(STORED_SHARE, news.stored());
                    news.limits().forEach(this::storeLimit);
                    unpublished.add(news.share());
                });
        scheduler.flush();
    }

    void commit() {
        durable = working.copy();
        fleet.dispatched(shard, made);
        unpublished.forEach(fleet::published);
        made.clear();
        unpublished.clear();
        read.clear();
    }

    void refresh() {
        takenSeen = fleet.taken(shard);
        known = true;
    }

    /** Assignments of its open transaction. */
    List<DispatchedTask> made() {
        return made;
    }

    /** The number of these. */
    int uncommitted() {
        return made.size();
    }

    private void carryOut(Decision decision) {
        if (decision instanceof DispatchedTask assigned) {
            made.add(assigned);
        } else if (decision instanceof Decision.Dropped dropped) {
            throw new AssertionError(dropped);
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
    public int countOutstanding() {
        return known ? fleet.dispatched(shard) - takenSeen + made.size() : made.size();
    }

    @Override
    public void close() {}
}
