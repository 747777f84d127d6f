package io.yardmaster.bench.core;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.OnFailure;
import io.yardmaster.core.values.Policy;
import io.yardmaster.replay.engine.StateInMemory;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A scheduler with one job that can run, and others that wait for a limit of which nothing is free. */
final class ParkedJobs {
    /** The one that can run. */
    private static final long FREE = 0;

    private static final long SESSION = 0;
    private static final long NOW = 1_767_225_600_000L;
    private static final long TICK_MILLIS = 5;

    private final Scheduler scheduler = new Scheduler(Policy.DEFAULT, new StateInMemory(), 0);
    private final Budget budget = new Budget(1, Map.of(), Budget.NO_FLOOR, Map.of(LimitKeys.named("licence"), 1L));
    private long now = NOW;
    private int nextTask;

    /** @param parked the number of jobs that wait */
    ParkedJobs(int parked) {
        for (long job = 1; job <= parked + 1; job++) {
            submit(job);
        }
        // One of them takes the only unit, and keeps it.
        for (int tick = 0; tick < 20; tick++) {
            now += TICK_MILLIS;
            scheduler.tick(now, budget, decision -> {});
        }
        scheduler.flush();
    }

    private void submit(long job) {
        GraphStage stage = new GraphStage(
                "s", 2, List.of(), GraphStage.When.ALL, 1, 0, 0, Map.of("licence", 1L), GraphStage.NO_PAYLOAD);
        scheduler.apply(
                new Event.GraphSubmitted(
                        job % 10,
                        job,
                        Event.GraphSubmitted.ANY_SESSION,
                        0,
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

    /** Lets so many tasks of the job that can run wait. */
    void fill(int tasks) {
        int[] indices = IntStream.range(nextTask, nextTask + tasks).toArray();
        nextTask = Math.addExact(nextTask, tasks);
        scheduler.apply(new Event.TasksReady(1, FREE, SESSION, indices, 0, now, null), decision -> {});
    }

    /** Ticks so many times, each of which offers one task. */
    void tick(int ticks, Consumer<Decision> sink) {
        for (int tick = 0; tick < ticks; tick++) {
            now += TICK_MILLIS;
            if (scheduler.tick(now, budget, sink) != 1) {
                throw new IllegalStateException("a tick did not offer the one task that can run");
            }
        }
    }
}
