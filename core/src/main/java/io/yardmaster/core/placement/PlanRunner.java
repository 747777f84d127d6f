package io.yardmaster.core.placement;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plans beside the thread that decides (P2): idle → requested → running → result ready → idle. One plan is under way at a time, and
 * its result waits until somebody takes it. With {@code Runnable::run} as its executor it plans at once, on the caller's thread.
 */
public final class PlanRunner {
    private static final int MOST_WAITS = 60;
    private static final long WAIT_MS = 1_000;

    /** The state of a runner. */
    public enum State {
        /** Nothing is under way. */
        IDLE,
        /** The executor has a run that has not begun. */
        REQUESTED,
        /** A plan is being made. */
        RUNNING,
        /** A result waits to be taken. */
        READY
    }

    /** A function from a snapshot to its plan. */
    public interface Planning {
        /** Makes a plan, or throws {@link PlanCancelledException} soon after {@code cancelled} says so. */
        Plan plan(PlacementSnapshot snapshot, BooleanSupplier cancelled);
    }

    /** The end of a run: a plan or an error. */
    public sealed interface Result {
        /** A plan, with the time that it took. */
        record Planned(Plan plan, long millis) implements Result {}

        /** The error that ended a run. */
        record Failed(Throwable error) implements Result {}
    }

    private final Planning planning;
    private final Executor executor;
    private final LongSupplier clock;
    private final Object lock = new Object();
    private State state = State.IDLE;
    private @Nullable Run current;
    private @Nullable Result result;
    private long droppedTriggers;

    private final class Run implements Runnable {
        private final PlacementSnapshot snapshot;
        private volatile boolean cancelled;

        Run(PlacementSnapshot snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        public void run() {
            synchronized (lock) {
                if (current != this || state != State.REQUESTED) {
                    return;
                }
                state = State.RUNNING;
            }
            end(this, outcome());
        }

        /** Catches all that is thrown, because the state must not stay at running; the taker of the result learns of it. */
        private Result outcome() {
            try {
                long begin = clock.getAsLong();
                Plan plan = planning.plan(snapshot, () -> cancelled);
                return new Result.Planned(plan, clock.getAsLong() - begin);
            } catch (Throwable error) {
                return new Result.Failed(error);
            }
        }
    }

    /**
     * A runner that is idle.
     *
     * @param executor runs each plan, later or at once
     * @param clock in ms, to time plans with; called from the executor's thread
     */
    public PlanRunner(Planning planning, Executor executor, LongSupplier clock) {
        this.planning = planning;
        this.executor = executor;
        this.clock = clock;
    }

    private void end(Run run, Result outcome) {
        synchronized (lock) {
            if (run.cancelled) {
                idle();
            } else {
                result = outcome;
                state = State.READY;
            }
            lock.notifyAll();
        }
    }

    private void idle() {
        current = null;
        result = null;
        state = State.IDLE;
    }

    /**
     * Asks for a plan, unless one is under way or its result has not been taken.
     *
     * @param snapshot is asked only if the plan will be made
     * @return whether it will be made
     */
    public boolean trigger(Supplier<PlacementSnapshot> snapshot) {
        Run run;
        synchronized (lock) {
            if (state != State.IDLE) {
                droppedTriggers++;
                return false;
            }
            run = new Run(snapshot.get());
            current = run;
            state = State.REQUESTED;
        }
        try {
            executor.execute(run);
        } catch (RuntimeException refused) {
            synchronized (lock) {
                if (current == run && state == State.REQUESTED) {
                    end(run, new Result.Failed(refused));
                }
            }
        }
        return true;
    }

    /** The result that is ready; a second call has none. */
    public Optional<Result> take() {
        synchronized (lock) {
            Optional<Result> taken = Optional.ofNullable(result);
            if (state == State.READY) {
                idle();
            }
            return taken;
        }
    }

    /**
     * Drops a request or a result, or cancels the run under way and waits for its end. The runner is idle afterwards.
     *
     * @throws IllegalStateException if a run has not ended a minute after it was cancelled
     * @throws InterruptedException if the calling thread was interrupted while it waited; the run is cancelled nevertheless
     */
    public void reset() throws InterruptedException {
        synchronized (lock) {
            Run run = current;
            if (run == null || state != State.RUNNING) {
                idle();
                return;
            }
            run.cancelled = true;
            for (int waits = 0; waits < MOST_WAITS && current == run; waits++) {
                lock.wait(WAIT_MS);
            }
            if (current == run) {
                throw new IllegalStateException(
                        "a plan has not ended %s s after it was cancelled".formatted(MOST_WAITS * WAIT_MS / 1_000));
            }
        }
    }

    /** The state at this moment. */
    public State state() {
        synchronized (lock) {
            return state;
        }
    }

    /** The number of triggers that came while a plan was under way. */
    public long droppedTriggers() {
        synchronized (lock) {
            return droppedTriggers;
        }
    }
}
