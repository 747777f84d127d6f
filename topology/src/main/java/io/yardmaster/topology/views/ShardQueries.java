package io.yardmaster.topology.views;

import io.yardmaster.topology.pacing.IdlePacer;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Where any thread asks the shards of this instance. */
public final class ShardQueries {
    private final Map<Integer, ShardQueryQueue> desks = new ConcurrentHashMap<>();
    private final RateHistory rates = new RateHistory();
    private final IdlePacer pacer;

    /** @param pacer of those who answer: a question wakes them */
    public ShardQueries(IdlePacer pacer) {
        this.pacer = pacer;
    }

    /** A shard is scheduled here until its desk is closed. */
    public ShardQueryQueue open(int lane) {
        ShardQueryQueue desk = new ShardQueryQueue(this, lane, rates);
        ShardQueryQueue before = desks.put(lane, desk);
        if (before != null) {
            before.refuse();
        }
        return desk;
    }

    void closed(ShardQueryQueue desk) {
        desks.remove(desk.lane(), desk);
    }

    /** Asks every shard of this instance, by partition; one that is leaving fails the answer. */
    public <T> SortedMap<Integer, CompletableFuture<T>> askAll(Function<ShardSnapshotSource, T> question) {
        SortedMap<Integer, CompletableFuture<T>> answers = new TreeMap<>();
        desks.forEach((lane, desk) -> answers.put(lane, desk.ask(question)));
        pacer.wake();
        return answers;
    }

    /** How fast it went of late, in all shards that are or were here. */
    public RateHistory rates() {
        return rates;
    }
}
