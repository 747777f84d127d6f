package io.yardmaster.bench.core;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.OnFailure;
import io.yardmaster.core.values.Policy;
import io.yardmaster.replay.engine.StateInMemory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A scheduler with 1,000 weighted groups of 100 jobs each, in 16 priorities, whose tasks each need units of three limits. */
final class WeightedLimits {
    static final int GROUPS = 1_000;
    private static final int JOBS_OF_GROUP = 100;
    private static final int PRIORITIES = 16;
    private static final int TASKS_OF_JOB = 5;
    static final int TASKS = GROUPS * JOBS_OF_GROUP * TASKS_OF_JOB;

    private static final int BUDGET = 1_024;
    private static final long NOW = 1_767_225_600_000L;
    private static final long TICK_MILLIS = 5;
    private static final Map<String, Long> NEEDS = Map.of("licence", 1L, "disk", 2L, "gpu", 1L);

    private final Scheduler scheduler;
    private final Budget budget;
    private long[] made = new long[BUDGET];
    private int count;
    private long now = NOW;

    /** @param room tasks that limits let run at once */
    WeightedLimits(long room) {
        Map<String, Long> capacities = Map.of(
                LimitKeys.named("licence"), room, LimitKeys.named("disk"), 2 * room, LimitKeys.named("gpu"), room);
        budget = new Budget(BUDGET, Map.of(), Budget.NO_FLOOR, capacities);
        Policy policy = new Policy(
                GROUPS * JOBS_OF_GROUP,
                Policy.DEFAULT.commitPerCycle(),
                Policy.DEFAULT.cleanupPerCycle(),
                Policy.DEFAULT.finalizingExpiry(),
                Policy.DEFAULT.dedupExpiry(),
                Fairness.WEIGHTED);
        scheduler = new Scheduler(policy, new StateInMemory(), 0);
        Map<Long, Double> weights = new HashMap<>();
        for (long group = 0; group < GROUPS; group++) {
            weights.put(group, 1.0 + group % 8);
        }
        scheduler.follow(new LivePolicy(weights));
        // Limits are there before the tasks.
        scheduler.tick(now, budget, decision -> {});
        for (long job = 0; job < GROUPS * JOBS_OF_GROUP; job++) {
            submit(job);
        }
    }

    private void submit(long job) {
        GraphStage stage = new GraphStage(
                "s", TASKS_OF_JOB, List.of(), GraphStage.When.ALL, 1, 0, 0, NEEDS, GraphStage.NO_PAYLOAD);
        scheduler.apply(
                new Event.GraphSubmitted(
                        job % GROUPS,
                        job,
                        Event.GraphSubmitted.ANY_SESSION,
                        (int) (job / GROUPS % PRIORITIES),
                        false,
                        false,
                        OnFailure.STOP,
                        List.of(stage),
                        0,
                        1,
                        now,
                        null),
                decision -> {});
    }

    /** Offers all tasks, in ticks of the shipped window; those of a tick give their units back before the next one. */
    void run(Consumer<Decision> sink) {
        int all = 0;
        for (int quiet = 0; all < TASKS; quiet = count == 0 ? quiet + 1 : 0) {
            if (quiet > 100) {
                throw new IllegalStateException("no task is left after %s of %s".formatted(all, TASKS));
            }
            if (count > 0) {
                scheduler.apply(new Event.AssignmentsTaken(Arrays.copyOf(made, count)), sink);
            }
            count = 0;
            now += TICK_MILLIS;
            scheduler.tick(now, budget, decision -> take(decision, sink));
            all += count;
        }
    }

    private void take(Decision decision, Consumer<Decision> sink) {
        if (decision instanceof DispatchedTask task) {
            made[count++] = task.id();
        }
        sink.accept(decision);
    }
}
