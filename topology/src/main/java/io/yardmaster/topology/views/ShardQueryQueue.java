package io.yardmaster.topology.views;

import io.yardmaster.core.Scheduler;
import io.yardmaster.topology.shares.DispatchBudget;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** Takes questions for one shard, which its stream thread answers at the end of a tick. */
public final class ShardQueryQueue {
    /** So that a crowd of askers does not hold up the scheduler; the rest waits for the next tick. */
    private static final int ANSWERS_PER_TICK = 8;

    private final ShardQueries inquiries;
    private final int lane;
    private final ShardRecord record;
    private final Queue<Question<?>> questions = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    private record Question<T>(Function<ShardSnapshotSource, T> text, CompletableFuture<T> answer) {
        void answer(ShardSnapshotSource open) {
            try {
                answer.complete(text.apply(open));
            } catch (RuntimeException | Error e) {
                // Only the asker's trouble: a question changes nothing, so nothing can be half done.
                answer.completeExceptionally(e);
            }
        }
    }

    ShardQueryQueue(ShardQueries inquiries, int lane, RateHistory rates) {
        this.inquiries = inquiries;
        this.lane = lane;
        this.record = new ShardRecord(rates);
    }

    int lane() {
        return lane;
    }

    /** To be told what happens, by the stream thread. */
    public ShardRecord record() {
        return record;
    }

    <T> CompletableFuture<T> ask(Function<ShardSnapshotSource, T> text) {
        Question<T> question = new Question<>(text, new CompletableFuture<>());
        questions.add(question);
        if (closed) {
            refuse();
        }
        return question.answer();
    }

    /** A tick has ended. */
    public void tickEnded(Scheduler scheduler, DispatchBudget budget, long now) {
        record.tickEnded(now);
        if (questions.isEmpty()) {
            return;
        }
        ShardSnapshotSource open =
                new ShardSnapshotSource(lane, scheduler, record, budget.granted(), budget.outstanding(), now);
        for (int answered = 0; answered < ANSWERS_PER_TICK; answered++) {
            Question<?> question = questions.poll();
            if (question == null) {
                return;
            }
            if (!question.answer().isDone()) {
                question.answer(open);
            }
        }
    }

    /** The partition leaves. */
    public void close() {
        inquiries.closed(this);
        record.close();
        refuse();
    }

    void refuse() {
        closed = true;
        for (Question<?> question = questions.poll(); question != null; question = questions.poll()) {
            question.answer().completeExceptionally(new ShardLeftException(lane));
        }
    }
}
