package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.HeapStorage;
import io.yardmaster.core.ticks.TickTrace;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchRate;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.StageOrder;
import io.yardmaster.core.values.StageOrders;
import io.yardmaster.core.values.TaskEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A tick that changes the state leaves a trace, also if it decides nothing. */
class TickTraceTest {
    private static final Map<String, Long> ALL = Map.of(LimitKeys.ALL, 5L);

    private static final StageOrders PATHS = new StageOrders(StageOrder.CRITICAL_PATH, Map.of());

    private final HeapStorage storage = new HeapStorage();
    private Scheduler scheduler;
    private long now = 1_700_000_000_000L;

    private void open(Fairness fairness, LivePolicy live) {
        scheduler = new Scheduler(new Policy(4, 1, 1, Duration.ofHours(6), Duration.ofHours(24), fairness), storage, 0);
        scheduler.follow(live);
    }

    private void ready() {
        scheduler.apply(new Event.TasksReady(1, 7, 1, new int[] {0}, 0, now, null));
    }

    /** Ticks within a second; returns how many of the ticks changed what is stored, each of which must have left a trace. */
    private int ticks(int count, int assignments, Map<String, Long> limits, List<DispatchedTask> made) {
        int changed = 0;
        for (int tick = 0; tick < count; tick++) {
            scheduler.flush();
            List<String> before = storage.texts();
            TickTrace trace = new TickTrace(() -> storage.writes() + scheduler.changes());
            Budget budget = new Budget(assignments, Map.of(), Budget.NO_FLOOR, limits);
            trace.begins(budget, scheduler.demand(false));
            now += 5;
            scheduler.tick(now, budget, decision -> {
                trace.decided();
                if (decision instanceof DispatchedTask task) {
                    made.add(task);
                }
            });
            boolean isLeft = trace.isLeft();
            scheduler.flush();
            if (!storage.texts().equals(before)) {
                changed++;
                assertThat(isLeft).as("tick %s", tick).isTrue();
            }
        }
        return changed;
    }

    @Test
    void R2_aGrantWhileTheWindowIsFull() {
        Map<String, Long> two = Map.of(LimitKeys.ALL, 2L);
        open(Fairness.JOB, new LivePolicy(Map.of(), two));
        List<DispatchedTask> made = new ArrayList<>();
        ready();
        scheduler.apply(new Event.TasksReady(1, 7, 1, new int[] {1, 2}, 0, now, null));
        while (made.isEmpty()) {
            ticks(1, 1, two, made);
        }
        // The other one that may run has been granted its place, and the job waits for its turn.
        ticks(2, 0, two, made);
        scheduler.apply(Event.AssignmentEnded.of(made.get(0), TaskEnd.SUCCEEDED, now, 3));
        assertThat(ticks(1, 0, two, made)).isEqualTo(1);
    }

    @Test
    void R2_theRateOfAGroupThatIsForgotten() {
        open(Fairness.JOB, LivePolicy.NONE.withRates(Map.of(1L, new DispatchRate(20, 1))));
        List<DispatchedTask> made = new ArrayList<>();
        ready();
        ticks(4, 1, Map.of(), made);
        assertThat(made).hasSize(1);
        assertThat(ticks(40, 0, Map.of(), made)).isPositive();
    }

    @Test
    void R2_theServiceOfAGroupThatIsForgotten() {
        open(Fairness.DRF, new LivePolicy(Map.of(), ALL));
        List<DispatchedTask> made = new ArrayList<>();
        ready();
        ticks(4, 1, ALL, made);
        assertThat(made).hasSize(1);
        List<Decision> decided = scheduler.apply(Event.AssignmentEnded.of(made.get(0), TaskEnd.SUCCEEDED, now, 3));
        assertThat(decided).hasAtLeastOneElementOfType(Decision.Ended.class);
        assertThat(ticks(5, 0, ALL, made)).isPositive();
    }

    @Test
    void R2_theStagesOfAGraphNoneOfWhoseTasksWaitsThatGoInAnotherOrder() {
        open(Fairness.JOB, LivePolicy.NONE);
        List<DispatchedTask> made = new ArrayList<>();
        scheduler.apply(GraphFixture.graph().stage("only", 1).event(7, now));
        ticks(1, 1, Map.of(), made);
        assertThat(made).hasSize(1);
        ticks(3, 0, Map.of(), made);
        scheduler.follow(LivePolicy.NONE.withStageOrders(PATHS));
        assertThat(ticks(3, 0, Map.of(), made)).isEqualTo(1);
    }

    @Test
    void R2_aLookAtAJobChangesNothing() {
        open(Fairness.JOB, LivePolicy.NONE);
        List<DispatchedTask> made = new ArrayList<>();
        scheduler.apply(GraphFixture.graph().stage("only", 1).event(9, now));
        // The job of the graph leaves the rotation when its turn comes again, on the way to another one.
        scheduler.apply(new Event.TasksReady(1, 7, 0, new int[] {0, 1, 2}, 0, now, null));
        ticks(6, 1, Map.of(), made);
        assertThat(made).hasSize(4);
        assertThat(scheduler.view().nextJobs(5)).doesNotContain(9L);
        open(Fairness.JOB, LivePolicy.NONE);
        ticks(3, 0, Map.of(), made);
        long before = scheduler.changes();
        look();
        scheduler.follow(LivePolicy.NONE.withStageOrders(PATHS));
        look();
        assertThat(ticks(3, 0, Map.of(), made)).isZero();
        assertThat(scheduler.changes()).isEqualTo(before);
    }

    private void look() {
        assertThat(scheduler.view().job(9, 1)).isPresent();
        assertThat(scheduler.view().stages(9, 0, 1)).isPresent();
        assertThat(scheduler.view().priority(9)).isZero();
    }

    @Test
    void R2_aGangThatWaitsIsNotStoredAgainInEachTick() {
        Map<String, Long> one = Map.of(LimitKeys.ofPool("gpu"), 1L);
        open(Fairness.JOB, new LivePolicy(Map.of(), one));
        List<DispatchedTask> made = new ArrayList<>();
        scheduler.apply(GraphFixture.graph().gang("pair", 2, "gpu").event(7, now));
        ticks(4, 1, one, made);
        assertThat(made).isEmpty();
        long changes = scheduler.changes();
        storage.takeWrites();
        assertThat(ticks(3, 1, one, made)).isZero();
        assertThat(storage.takeWrites()).isZero();
        assertThat(scheduler.changes()).isEqualTo(changes);

        Map<String, Long> two = Map.of(LimitKeys.ofPool("gpu"), 2L);
        scheduler.follow(new LivePolicy(Map.of(), two));
        ticks(1, 0, two, made);
        assertThat(made).hasSize(2);
    }
}
