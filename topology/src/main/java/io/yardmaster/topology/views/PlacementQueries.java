package io.yardmaster.topology.views;

import io.yardmaster.core.placement.PlacementView;
import io.yardmaster.topology.pacing.IdlePacer;
import java.util.Map;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;

/** Brings questions of any thread to the placement of pools, whose stream threads answer them when they look for what is to be done. */
public final class PlacementQueries {
    /** Bounds the time that questions take from a look; the others wait for the next one. */
    private static final int ANSWERS_AT_ONCE = 8;

    private final Map<Integer, Desk> desks = new ConcurrentHashMap<>();
    private final IdlePacer pacer;

    /** @param pacer of the stream threads, which a question wakes */
    public PlacementQueries(IdlePacer pacer) {
        this.pacer = pacer;
    }

    private record Question<T>(BiFunction<PlacementView, Long, T> function, CompletableFuture<T> answer) {
        void answer(PlacementView view, long now) {
            try {
                answer.complete(function.apply(view, now));
            } catch (RuntimeException | Error e) {
                // Only the caller fails: a question changes nothing, so nothing can be half done.
                answer.completeExceptionally(e);
            }
        }
    }

    /** Takes questions for the pools of one partition. */
    public final class Desk {
        private final int partition;
        private final Queue<Question<?>> questions = new ConcurrentLinkedQueue<>();
        private volatile boolean closed;

        private Desk(int partition) {
            this.partition = partition;
        }

        private <T> CompletableFuture<T> ask(BiFunction<PlacementView, Long, T> function) {
            Question<T> question = new Question<>(function, new CompletableFuture<>());
            questions.add(question);
            if (closed) {
                refuse();
            }
            return question.answer();
        }

        /** Returns whether somebody asks. */
        public boolean isAsked() {
            return !questions.isEmpty();
        }

        /** Answers some questions, by the clock of placement. */
        public void answer(PlacementView view, long now) {
            for (int answered = 0; answered < ANSWERS_AT_ONCE && isAsked(); answered++) {
                Question<?> question = questions.remove();
                if (!question.answer().isDone()) {
                    question.answer(view, now);
                }
            }
        }

        /** The partition leaves this instance: all waiting questions fail. */
        public void close() {
            desks.remove(partition, this);
            refuse();
        }

        private void refuse() {
            closed = true;
            for (Question<?> left = questions.poll(); left != null; left = questions.poll()) {
                left.answer().completeExceptionally(new ShardLeftException(partition));
            }
        }
    }

    /** Opens the desk of a partition, whose pools this instance places until it is closed. */
    public Desk open(int partition) {
        Desk desk = new Desk(partition);
        Desk before = desks.put(partition, desk);
        if (before != null) {
            before.refuse();
        }
        return desk;
    }

    /** Asks about the pools of each partition of this instance; the answer of one that is leaving fails with {@link ShardLeftException}. */
    public <T> SortedMap<Integer, CompletableFuture<T>> askAll(BiFunction<PlacementView, Long, T> question) {
        SortedMap<Integer, CompletableFuture<T>> answers = new TreeMap<>();
        desks.forEach((partition, desk) -> answers.put(partition, desk.ask(question)));
        if (!answers.isEmpty()) {
            pacer.wake();
        }
        return answers;
    }
}
