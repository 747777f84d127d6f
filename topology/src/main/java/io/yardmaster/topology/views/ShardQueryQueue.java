package io.yardmaster.topology.views;

import io.yardmaster.core.Scheduler;
import io.yardmaster.topology.shares.DispatchBudget;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** Takes queries for one shard, which its stream thread answers at the end of a tick. */
public final class ShardQueryQueue {
    /** Bounds the time that queries take from a tick; the others wait for the next one. */
    private static final int ANSWERS_PER_TICK = 8;

    private final ShardQueries owner;
    private final int shard;
    private final ShardRecord record;
    private final Queue<Query<?>> queries = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    private record Query<T>(Function<ShardSnapshotSource, T> function, CompletableFuture<T> answer) {
        void answer(ShardSnapshotSource source) {
            try {
                answer.complete(function.apply(source));
            } catch (RuntimeException | Error e) {
                // Only the caller fails: a query changes nothing, so nothing can be half done.
                answer.completeExceptionally(e);
            }
        }
    }

    ShardQueryQueue(ShardQueries owner, int shard, RateHistory rates) {
        this.owner = owner;
        this.shard = shard;
        this.record = new ShardRecord(rates);
    }

    int shard() {
        return shard;
    }

    /** The shard's record, for the stream thread. */
    public ShardRecord record() {
        return record;
    }

    <T> CompletableFuture<T> ask(Function<ShardSnapshotSource, T> function) {
        Query<T> query = new Query<>(function, new CompletableFuture<>());
        queries.add(query);
        if (closed) {
            refuse();
        }
        return query.answer();
    }

    /** Answers queries; called by the stream thread at the end of a tick. */
    public void tickEnded(Scheduler scheduler, DispatchBudget budget, long now) {
        record.tickEnded(now);
        if (queries.isEmpty()) {
            return;
        }
        ShardSnapshotSource source =
                new ShardSnapshotSource(shard, scheduler, record, budget.granted(), budget.outstanding(), now);
        for (int answered = 0; answered < ANSWERS_PER_TICK; answered++) {
            Query<?> query = queries.poll();
            if (query == null) {
                return;
            }
            if (!query.answer().isDone()) {
                query.answer(source);
            }
        }
    }

    /** The shard leaves this instance: all waiting queries fail. */
    public void close() {
        owner.closed(this);
        record.close();
        refuse();
    }

    void refuse() {
        closed = true;
        for (Query<?> query = queries.poll(); query != null; query = queries.poll()) {
            query.answer().completeExceptionally(new ShardLeftException(shard));
        }
    }
}
