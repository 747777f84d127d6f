package io.yardmaster.bench.core;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.Policy;
import java.util.stream.IntStream;

/** A scheduler whose jobs have equally many tasks waiting. */
final class Backlog {
    private static final int GROUPS = 10;
    private static final long SESSION = 1;
    private static final long NOW = 1_767_225_600_000L;
    private static final long TICK_MILLIS = 5;

    private final Scheduler scheduler;
    private final Sink sink;
    private final int jobs;
    private long now = NOW;

    Backlog(int jobs, Fairness fairness, Sink sink) {
        this.sink = sink;
        this.jobs = jobs;
        Policy policy = new Policy(
                jobs,
                Policy.DEFAULT.commitPerCycle(),
                Policy.DEFAULT.cleanupPerCycle(),
                Policy.DEFAULT.finalizingExpiry(),
                Policy.DEFAULT.dedupExpiry(),
                fairness);
        scheduler = new Scheduler(policy, new HashStorage(), 0);
    }

    /** Adds the same tasks to each job, in one event. */
    void fill(int first, int tasksPerJob) {
        int[] indices = IntStream.range(first, first + tasksPerJob).toArray();
        for (long job = 1; job <= jobs; job++) {
            scheduler
                    .apply(new Event.TasksReady(job % GROUPS, job, SESSION, indices, 0, now, null))
                    .forEach(sink);
        }
        scheduler.flush();
    }

    /** Decides in ticks of this budget until this many decisions were made; as many must be waiting. */
    void decide(int decisions, int budget, boolean write) {
        int made = 0;
        while (made < decisions) {
            now += TICK_MILLIS;
            int offered = scheduler.tick(now, Budget.of(Math.min(budget, decisions - made)), sink);
            if (offered == 0) {
                throw new IllegalStateException("no task is left after %s of %s decisions, but %s are reported waiting"
                        .formatted(made, decisions, scheduler.demand(false).backlog()));
            }
            made += offered;
            if (write) {
                scheduler.flush();
            }
        }
    }
}
