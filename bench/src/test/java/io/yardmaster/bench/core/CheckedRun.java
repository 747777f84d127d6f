package io.yardmaster.bench.core;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.GraphStage.Dependency;
import io.yardmaster.core.values.GraphStage.When;
import io.yardmaster.core.values.JobMilestone;
import io.yardmaster.core.values.OnFailure;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.replay.engine.StateInMemory;
import io.yardmaster.schemas.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A scheduler and a fleet whose tasks all succeed, in a random order. Fails at the first task that is offered too early or twice. */
final class CheckedRun {
    private static final long NOW = 1_767_225_600_000L;
    private static final int SLOTS = 4_096;
    private static final int QUIET_TICKS = 100;
    private static final int TICKS_BETWEEN_FLUSHES = 16;

    /** A job with the tasks that have ended. */
    private static final class Recorded {
        final List<Stage> stages;
        final Map<String, Integer> numbers = new HashMap<>();
        final int[] firstTasks;
        final int[] succeeded;
        final boolean[] offered;

        Recorded(List<Stage> stages) {
            this.stages = stages;
            this.firstTasks = new int[stages.size()];
            this.succeeded = new int[stages.size()];
            int tasks = 0;
            for (int stage = 0; stage < stages.size(); stage++) {
                numbers.put(stages.get(stage).getName(), stage);
                firstTasks[stage] = tasks;
                tasks += stages.get(stage).getTasks();
            }
            this.offered = new boolean[tasks];
        }

        int stageOf(int task) {
            int stage = stages.size() - 1;
            while (firstTasks[stage] > task) {
                stage--;
            }
            return stage;
        }
    }

    private final long seed;
    private final Random random;
    private final Scheduler scheduler = new Scheduler(Policy.DEFAULT, new StateInMemory(), 0);
    private final Map<Long, Recorded> jobs = new HashMap<>();
    private final List<DispatchedTask> running = new ArrayList<>();
    private long now = NOW;
    private long succeededTasks;
    private int succeededJobs;

    CheckedRun(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    void submit(long job, List<Stage> stages) {
        jobs.put(job, new Recorded(stages));
        List<GraphStage> graph = stages.stream().map(CheckedRun::stage).toList();
        scheduler.apply(
                new Event.GraphSubmitted(
                        job % 10,
                        job,
                        Event.GraphSubmitted.ANY_SESSION,
                        0,
                        false,
                        false,
                        OnFailure.STOP,
                        graph,
                        0,
                        1,
                        now,
                        null),
                this::note);
        scheduler.flush();
    }

    private static GraphStage stage(Stage stage) {
        List<Dependency> after = stage.getAfter().stream()
                .map(dependency -> new Dependency(dependency.getStage(), dependency.getEach()))
                .toList();
        return new GraphStage(stage.getName(), stage.getTasks(), after, When.ALL, 1, 0, 0, GraphStage.NO_PAYLOAD);
    }

    /** Offers and ends tasks until nothing is left to do. */
    void toTheEnd() {
        int quiet = 0;
        for (long tick = 0; quiet < QUIET_TICKS; tick++) {
            now += 5;
            int offered = scheduler.tick(now, Budget.of(SLOTS - running.size()), this::note);
            quiet = offered + running.size() == 0 ? quiet + 1 : 0;
            Collections.shuffle(running, random);
            int stays = running.size() / 2;
            while (running.size() > stays) {
                end(running.remove(running.size() - 1));
            }
            if (tick % TICKS_BETWEEN_FLUSHES == 0) {
                scheduler.flush();
            }
        }
    }

    private void end(DispatchedTask task) {
        Recorded job = jobs.get(task.job());
        job.succeeded[job.stageOf(task.taskIndex())]++;
        scheduler.apply(
                Event.AssignmentEnded.of(task, TaskEnd.SUCCEEDED, now, Event.AssignmentEnded.UNKNOWN), this::note);
    }

    private void note(Decision decision) {
        if (decision instanceof DispatchedTask task) {
            check(task);
            running.add(task);
        } else if (decision instanceof Decision.Ended) {
            succeededTasks++;
        } else if (decision instanceof Decision.Reached reached) {
            succeededJobs += reached.milestone() == JobMilestone.SUCCEEDED ? 1 : 0;
        } else if (decision instanceof Decision.OutcomeDropped
                || decision instanceof Decision.Dropped
                || decision instanceof Decision.GraphRefused
                || decision instanceof Decision.Failed
                || decision instanceof Decision.TasksKilled) {
            throw failure(decision.toString());
        }
    }

    private void check(DispatchedTask task) {
        Recorded job = jobs.get(task.job());
        Stage stage = job.stages.get(job.stageOf(task.taskIndex()));
        if (!task.stage().name().equals(stage.getName())) {
            throw failure(task + " is of stage " + stage.getName());
        }
        if (job.offered[task.taskIndex()]) {
            throw failure(task + " was offered before");
        }
        job.offered[task.taskIndex()] = true;
        stage.getAfter().forEach(dependency -> {
            int before = job.numbers.get(dependency.getStage());
            if (job.succeeded[before] < job.stages.get(before).getTasks()) {
                throw failure(task + " was offered before the end of " + dependency.getStage());
            }
        });
    }

    private AssertionError failure(String what) {
        return new AssertionError(what + "; seed " + seed);
    }

    long succeededTasks() {
        return succeededTasks;
    }

    int succeededJobs() {
        return succeededJobs;
    }
}
