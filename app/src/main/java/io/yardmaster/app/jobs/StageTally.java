package io.yardmaster.app.jobs;

import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.When;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Counts the ends of a job's tasks. A task that has begun says that everything it waits for has succeeded, if it runs only then: so this is right
 * also if reports are missing or come late.
 */
final class StageTally {
    private static final int ALL_TASKS = -1;

    private final JobPlan plan;
    private final StageLinks links;
    /** By stage: whether it may end without success in a job that succeeds. */
    private final boolean[] excused;

    private final TaskSet succeeded = new TaskSet();
    private final Set<Integer> failed = new HashSet<>();
    private final int[] successes;
    private final int[] failures;
    private final int[] badAttempts;
    private final Map<Integer, String> reasons = new HashMap<>();
    private final Map<Integer, long[]> times = new HashMap<>();
    /** By task: the number of its attempts that are known to be over without success. */
    private final Map<Integer, Integer> attempts = new HashMap<>();

    private int done;
    private int ended;
    private int failedAttempts;
    /** -1 if it must be counted again. */
    private int open = -1;

    private record Step(int stage, int task) {}

    StageTally(JobPlan plan) {
        this.plan = plan;
        this.links = new StageLinks(plan.stages());
        int stages = plan.stages().size();
        this.successes = new int[stages];
        this.failures = new int[stages];
        this.badAttempts = new int[stages];
        this.excused = new boolean[stages];
        for (int stage = 0; stage < stages; stage++) {
            if (when(stage) != When.ALL) {
                for (int before : links.before(stage)) {
                    excused[before] = true;
                }
            }
        }
    }

    private When when(int stage) {
        return plan.stages().get(stage).getWhen();
    }

    private int tasksOf(int stage) {
        return plan.stages().get(stage).getTasks();
    }

    /** Takes note that a task has begun. */
    void begun(int task) {
        int stage = plan.stageOf(task);
        if (stage >= 0) {
            Deque<Step> found = new ArrayDeque<>();
            pushBefore(new Step(stage, task - plan.first(stage)), found);
            finish(found);
        }
    }

    /** Takes note that a task has succeeded. */
    void succeeded(int task) {
        int stage = plan.stageOf(task);
        if (stage >= 0) {
            Deque<Step> found = new ArrayDeque<>();
            found.push(new Step(stage, task - plan.first(stage)));
            finish(found);
        }
    }

    /** Takes note that every task has succeeded that the job's success needs. */
    void allSucceeded() {
        Deque<Step> found = new ArrayDeque<>();
        for (int stage = 0; stage < excused.length; stage++) {
            if (!excused[stage]) {
                found.push(new Step(stage, ALL_TASKS));
            }
        }
        finish(found);
    }

    /** Takes note that an attempt of a task has failed, for a reason that may be empty. */
    void failed(int task, int attempt, String reason) {
        begun(task);
        int stage = plan.stageOf(task);
        if (stage < 0 || attempt < attempts.getOrDefault(task, 0)) {
            return;
        }
        boolean last = attempt + 1 >= plan.stages().get(stage).getAttempts();
        if (last && succeeded.contains(task)) {
            return;
        }
        attempts.put(task, attempt + 1);
        failedAttempts++;
        badAttempts[stage]++;
        if (last && failed.add(task)) {
            failures[stage]++;
            ended++;
            open = -1;
            String which = tasksOf(stage) == 1 ? "" : "task " + (task - plan.first(stage)) + ": ";
            reasons.putIfAbsent(stage, which + (reason.isBlank() ? "no reason given" : reason));
        }
    }

    /** Corrects the counts if a job had more attempts than its follower knew. */
    private void undoFailures(int stage, int first, int last) {
        if (failures[stage] == 0) {
            return;
        }
        int before = failed.size();
        if (first == last) {
            failed.remove(first);
        } else {
            failed.removeIf(task -> task >= first && task <= last);
        }
        failures[stage] -= before - failed.size();
        ended -= before - failed.size();
        if (failures[stage] == 0) {
            reasons.remove(stage);
        }
    }

    /** Takes note of the time in which an attempt ran, in ms by the clock of its execution manager. */
    void ran(int task, long from, long to) {
        int stage = plan.stageOf(task);
        if (stage >= 0) {
            times.merge(stage, new long[] {from, to}, (one, other) ->
                    new long[] {Math.min(one[0], other[0]), Math.max(one[1], other[1])});
        }
    }

    private void finish(Deque<Step> found) {
        while (!found.isEmpty()) {
            Step step = found.pop();
            boolean whole = step.task == ALL_TASKS;
            if (successes[step.stage] == tasksOf(step.stage)) {
                continue;
            }
            int first = plan.first(step.stage) + (whole ? 0 : step.task);
            int last = whole ? first + tasksOf(step.stage) - 1 : first;
            int added = succeeded.add(first, last);
            if (added > 0) {
                undoFailures(step.stage, first, last);
                successes[step.stage] += added;
                done += added;
                ended += added;
                open = -1;
                pushBefore(step, found);
            }
        }
    }

    private void pushBefore(Step step, Deque<Step> found) {
        if (when(step.stage) != When.ALL) {
            return;
        }
        Stage stage = plan.stages().get(step.stage);
        int[] before = links.before(step.stage);
        for (int i = 0; i < before.length; i++) {
            found.push(new Step(before[i], stage.getAfter().get(i).getEach() ? step.task : ALL_TASKS));
        }
    }

    /** Number of tasks that have succeeded. */
    int done() {
        return done;
    }

    /** Number of tasks that have succeeded, or failed for good. */
    int ended() {
        return ended;
    }

    /** Number of attempts that failed. */
    int failedAttempts() {
        return failedAttempts;
    }

    /** Number of tasks that have not ended, but all that they wait for is known to have; with several pairings of stages, the most there may be. */
    int open() {
        if (open < 0) {
            open = 0;
            for (int stage = 0; stage < excused.length; stage++) {
                open += Math.max(0, reached(stage) - successes[stage] - failures[stage]);
            }
        }
        return open;
    }

    /** The number of a stage's tasks for which all that they wait for has ended. */
    private int reached(int number) {
        Stage stage = plan.stages().get(number);
        int[] before = links.before(number);
        int reached = stage.getTasks();
        for (int i = 0; i < before.length; i++) {
            int over = successes[before[i]] + (when(number) == When.ALL ? 0 : failures[before[i]]);
            if (stage.getAfter().get(i).getEach()) {
                reached = Math.min(reached, over);
            } else if (over < tasksOf(before[i])) {
                return 0;
            }
        }
        return reached;
    }

    JobPlan plan() {
        return plan;
    }

    /** The counts by kinds of tasks, in the order of the first stage of each. */
    Collection<StageCounts> counts() {
        Map<String, StageCounts> kinds = new LinkedHashMap<>();
        for (int stage = 0; stage < excused.length; stage++) {
            kinds.merge(plan.kind(stage), counts(stage), StageCounts::plus);
        }
        return kinds.values();
    }

    private StageCounts counts(int stage) {
        long[] time = times.getOrDefault(stage, StageCounts.NO_TIME);
        return new StageCounts(
                plan.kind(stage),
                tasksOf(stage),
                successes[stage],
                failures[stage],
                badAttempts[stage],
                time[0],
                time[1],
                reasons.getOrDefault(stage, ""));
    }
}
