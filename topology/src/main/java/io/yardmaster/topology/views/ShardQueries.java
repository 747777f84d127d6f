package io.yardmaster.topology.views;

import io.yardmaster.topology.pacing.IdlePacer;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntPredicate;

/** Brings queries of any thread to the shards of this instance. */
public final class ShardQueries {
    private final Map<Integer, ShardQueryQueue> queues = new ConcurrentHashMap<>();
    private final RateHistory rates = new RateHistory();
    private final IdlePacer pacer;

    /** @param pacer of the stream threads, which a query wakes */
    public ShardQueries(IdlePacer pacer) {
        this.pacer = pacer;
    }

    /** Opens the queue of a shard, which this instance schedules until the queue is closed. */
    public ShardQueryQueue open(int shard) {
        ShardQueryQueue queue = new ShardQueryQueue(this, shard, rates);
        ShardQueryQueue before = queues.put(shard, queue);
        if (before != null) {
            before.refuse();
        }
        return queue;
    }

    void closed(ShardQueryQueue queue) {
        queues.remove(queue.shard(), queue);
    }

    /** Asks every shard of this instance; the answer of one that is leaving fails with {@link ShardLeftException}. */
    public <T> SortedMap<Integer, CompletableFuture<T>> askAll(Function<ShardSnapshotSource, T> query) {
        return ask(shard -> true, query);
    }

    /** The same of some of the shards. */
    public <T> SortedMap<Integer, CompletableFuture<T>> ask(
            IntPredicate which, Function<ShardSnapshotSource, T> query) {
        SortedMap<Integer, CompletableFuture<T>> answers = new TreeMap<>();
        queues.forEach((shard, queue) -> {
            if (which.test(shard)) {
                answers.put(shard, queue.ask(query));
            }
        });
        pacer.wake();
        return answers;
    }

    /** Latest assignments of all shards that are or were here. */
    public RateHistory rates() {
        return rates;
    }
}
