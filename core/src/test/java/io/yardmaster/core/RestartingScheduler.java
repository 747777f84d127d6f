package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.HeapStorage;
import io.yardmaster.core.ticks.TickTrace;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.LimitDemand;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.view.SchedulerView;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * A scheduler that is flushed after each call, or after some, and after some calls is opened anew from a copy of its storage. It can leave
 * out ticks that left no trace in another run. Asserts of each call that it touches a bounded number of entries, if it is flushed by itself.
 */
public final class RestartingScheduler implements Subject {
    /** The largest call in some thousand of these worlds took 425, a tick that offered 7 tasks. */
    private static final int MOST_OPERATIONS = 1_200;

    private static final int OPERATIONS_OF_TASK = 14;

    private final Policy policy;
    private final int callsBetweenRestarts;
    private final int callsBetweenFlushes;
    private final BitSet leftOut;
    private final BitSet traceless = new BitSet();
    private final DecisionLog log = new DecisionLog();
    private HeapStorage storage;
    private LoggedScheduler scheduler;
    private LivePolicy live = LivePolicy.NONE;
    private Terms terms = Terms.INITIAL;
    private int calls;
    private int ticks;

    /** Besides the number of places. */
    private record Terms(Budget budget, LivePolicy live) {
        static final Terms INITIAL = of(Budget.of(0), LivePolicy.NONE);

        static Terms of(Budget budget, LivePolicy live) {
            return new Terms(new Budget(0, budget.weights(), budget.floor(), budget.limits(), budget.inPools()), live);
        }
    }

    /** @param callsBetweenRestarts 0 for no restart */
    public RestartingScheduler(Policy policy, int callsBetweenRestarts) {
        this(policy, callsBetweenRestarts, new HeapStorage());
    }

    /** Opens the scheduler on this storage. */
    RestartingScheduler(Policy policy, int callsBetweenRestarts, HeapStorage storage) {
        this(policy, callsBetweenRestarts, 1, storage, new BitSet());
    }

    /** @param leftOut the numbers of the ticks to leave out, which are not to matter; the first one is 0 */
    RestartingScheduler(Policy policy, int callsBetweenRestarts, int callsBetweenFlushes, BitSet leftOut) {
        this(policy, callsBetweenRestarts, callsBetweenFlushes, new HeapStorage(), leftOut);
    }

    private RestartingScheduler(
            Policy policy, int callsBetweenRestarts, int callsBetweenFlushes, HeapStorage storage, BitSet leftOut) {
        this.storage = storage;
        this.policy = policy;
        this.callsBetweenRestarts = callsBetweenRestarts;
        this.callsBetweenFlushes = callsBetweenFlushes;
        this.leftOut = leftOut;
        this.scheduler = new LoggedScheduler(policy, storage, 0, log);
    }

    public DecisionLog log() {
        return log;
    }

    HeapStorage storage() {
        return storage;
    }

    public SchedulerView view() {
        return scheduler.view();
    }

    Map<String, LimitDemand> limits() {
        return scheduler.limits();
    }

    @Override
    public long session() {
        return scheduler.session();
    }

    @Override
    public void apply(Event event) {
        storage.takeOperations();
        scheduler.apply(event);
        settle(0);
    }

    @Override
    public List<DispatchedTask> assignments() {
        return log.assignments();
    }

    @Override
    public void follow(LivePolicy newLive) {
        live = newLive;
        scheduler.follow(live);
    }

    @Override
    public int tick(long now, Budget budget) {
        Terms newTerms = Terms.of(budget, live);
        TickTrace trace = new TickTrace(() -> storage.writes() + scheduler.changes());
        int offered = 0;
        storage.takeOperations();
        if (!leftOut.get(ticks)) {
            int decided = log.all().size();
            trace.begins(budget, scheduler.demand());
            offered = scheduler.tick(now, budget);
            boolean isLeft = trace.isLeft() || log.all().size() > decided;
            traceless.set(ticks, !isLeft && newTerms.equals(terms));
        }
        ticks++;
        terms = newTerms;
        settle(offered);
        return offered;
    }

    /** The numbers of the ticks that left no trace. */
    BitSet traceless() {
        return traceless;
    }

    /** Returns all that is stored, after a flush. */
    List<String> stored() {
        scheduler.flush();
        return storage.texts();
    }

    private void settle(int offered) {
        calls++;
        boolean isOver = callsBetweenRestarts > 0 && calls % callsBetweenRestarts == 0;
        if (isOver || calls % callsBetweenFlushes == 0) {
            scheduler.flush();
        }
        if (callsBetweenFlushes == 1) {
            long used = storage.takeOperations();
            assertThat(used)
                    .as("storage operations of call %d, which offered %d tasks", calls, offered)
                    .isLessThanOrEqualTo(MOST_OPERATIONS + (long) OPERATIONS_OF_TASK * offered);
        }
        if (isOver) {
            storage = storage.copy();
            scheduler = new LoggedScheduler(policy, storage, 0, log);
            scheduler.follow(live);
            terms = Terms.of(Budget.of(0), live);
        }
    }
}
