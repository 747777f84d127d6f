package io.yardmaster.bench.core;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.OnFailure;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.replay.engine.StateInMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A scheduler with jobs that have graphs, and a fleet whose tasks succeed at once. */
final class GraphJobs {
    private static final long NOW = 1_767_225_600_000L;
    private static final long TICK_MILLIS = 5;
    private static final int BUDGET = 1_024;

    private final StateInMemory storage = new StateInMemory();
    private final Scheduler scheduler = new Scheduler(Policy.DEFAULT, storage, 0);
    private final List<DispatchedTask> made = new ArrayList<>();
    private long now = NOW;

    void submit(long job, List<GraphStage> stages) {
        scheduler
                .apply(new Event.GraphSubmitted(
                        job % 10,
                        job,
                        Event.GraphSubmitted.ANY_SESSION,
                        0,
                        false,
                        false,
                        OnFailure.STOP,
                        stages,
                        0,
                        1,
                        now,
                        null))
                .forEach(GraphJobs::refuseRefusals);
        scheduler.flush();
    }

    private static void refuseRefusals(Decision decision) {
        if (decision instanceof Decision.GraphRefused refused) {
            throw new IllegalStateException("the graph of job " + refused.job() + " was refused: " + refused.reason());
        }
    }

    /** Offers tasks, in ticks of the shipped window, and applies an outcome of each, until this many were. */
    void run(int outcomes, boolean write, Consumer<Decision> sink) {
        int ended = 0;
        while (ended < outcomes) {
            if (offer() == 0) {
                throw new IllegalStateException("no task is left after %s of %s".formatted(ended, outcomes));
            }
            for (DispatchedTask task : made) {
                scheduler.apply(success(task), sink);
            }
            ended += made.size();
            if (write) {
                scheduler.flush();
            }
        }
    }

    private int offer() {
        made.clear();
        now += TICK_MILLIS;
        return scheduler.tick(now, Budget.of(BUDGET), decision -> {
            if (decision instanceof DispatchedTask task) {
                made.add(task);
            }
        });
    }

    private Event.AssignmentEnded success(DispatchedTask task) {
        return Event.AssignmentEnded.of(task, TaskEnd.SUCCEEDED, now, Event.AssignmentEnded.UNKNOWN);
    }

    /** The bytes of all keys and values in the storage, when nothing is left to be done without an outcome. */
    long stateBytes() {
        for (int tick = 0; tick < 1_000; tick++) {
            now += TICK_MILLIS;
            scheduler.tick(now, Budget.of(0), decision -> {});
        }
        scheduler.flush();
        return storage.bytes();
    }
}
