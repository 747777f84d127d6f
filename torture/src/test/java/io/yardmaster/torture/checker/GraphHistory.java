package io.yardmaster.torture.checker;

import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.When;
import io.yardmaster.torture.checker.CommandEvidence.Killed;
import io.yardmaster.torture.checker.CommandEvidence.Told;
import io.yardmaster.torture.checker.Evidence.Kind;
import io.yardmaster.torture.checker.Evidence.Unit;
import io.yardmaster.torture.checker.GraphPlan.Step;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tasks of one graph as the events tell of them, over all sessions. A task runs when, by the events before, all that it waits for
 * has ended, as its stage wants it; with the attempt that the failures before make due; and never again once it has ended. A job
 * ends as its tasks did.
 */
final class GraphHistory {
    private final GraphPlan plan;
    private final Verdict verdict;
    /** The tasks that have ended, and whether they succeeded. */
    private final Map<Integer, Boolean> ends = new HashMap<>();
    /** The reasons of tasks that were killed by a decision. */
    private final Map<Integer, String> killed = new HashMap<>();

    private final Map<Integer, Integer> failures = new HashMap<>();
    /** The tasks that run in this session. */
    private final Set<Integer> running = new HashSet<>();
    /** The tasks that ran when the job failed. */
    private Set<Integer> runningAtFailure = Set.of();

    private long session = -1;
    /** The reason for which the job failed; null if it did not. */
    private String failure;

    private boolean failedByTask;
    private boolean begun;
    private boolean cancelled;
    private boolean succeeded;
    private boolean committed;
    private boolean commitFailed;
    private boolean cleanedUp;
    private boolean ended;

    GraphHistory(GraphPlan plan, Verdict verdict) {
        this.plan = plan;
        this.verdict = verdict;
    }

    void next(Told told) {
        if (told.session() > session) {
            session = told.session();
            running.clear();
        }
        switch (told.what()) {
            case JOB_BEGAN -> {
                check(!begun, Wrong.DUPLICATED, told, "begins again");
                begun = true;
            }
            case TASKS_DISPATCHED -> Stories.units(told).forEach(this::dispatched);
            case TASKS_SUCCEEDED, TASKS_FAILED, TASKS_KILLED -> {
                boolean decided = GraphRule.isDecision(told);
                Stories.units(told).forEach(unit -> end(unit, told, decided));
            }
            case TASKS_REFUSED -> Stories.units(told).forEach(unit -> running.remove(unit.index()));
            case JOB_CANCELLED -> cancelled = true;
            case JOB_FAILED -> fail(told);
            case JOB_COMMITTING ->
                check(plan.terms().commit() && isGood() && failure == null, Wrong.TOO_EARLY, told, "must not commit");
            case JOB_SUCCEEDED -> {
                boolean fits = isGood() && committed == plan.terms().commit() && failure == null && !succeeded;
                check(fits && !cancelled, Wrong.WRONG_END, told, "does not succeed");
                succeeded = true;
            }
            case JOB_CLEANING_UP -> {
                check(plan.terms().cleanup() && hasNotSucceeded(), Wrong.WRONG_END, told, "must not clean up");
                checkTasks();
            }
            case JOB_ENDED -> {
                boolean cleaned = cleanedUp || !plan.terms().cleanup();
                check(!ended, Wrong.WRONG_END, told, "ends again");
                check(succeeded || (hasNotSucceeded() && cleaned), Wrong.WRONG_END, told, "does not end");
                ended = true;
                checkTasks();
            }
            default -> {}
        }
    }

    private boolean hasNotSucceeded() {
        return !succeeded && (failure != null || cancelled);
    }

    private void check(boolean holds, Wrong wrong, Object at, String what) {
        if (!holds) {
            verdict.add(wrong, "job %d %s: %s; %s".formatted(plan.terms().job(), what, at, this));
        }
    }

    private void dispatched(Unit unit) {
        switch (unit.kind()) {
            case TASK -> dispatchedTask(unit);
            case COMMIT ->
                check(
                        plan.terms().commit() && isGood() && failure == null && !committed,
                        Wrong.TOO_EARLY,
                        unit,
                        "must not commit");
            case CLEANUP ->
                check(plan.terms().cleanup() && hasNotSucceeded(), Wrong.INVENTED, unit, "is not cleaned up");
        }
    }

    private void dispatchedTask(Unit unit) {
        int task = unit.index();
        if (task >= plan.tasks()) {
            check(false, Wrong.INVENTED, unit, "has no such task");
            return;
        }
        Step step = plan.stepOf(task);
        int attempt = failures.getOrDefault(task, 0);
        check(!ends.containsKey(task), Wrong.DUPLICATED, unit, "runs a task that has ended");
        check(unit.attempt() == attempt, Wrong.INVENTED, unit, "is at attempt " + attempt);
        check(plan.mayRun(task, ends).orElse(false), Wrong.TOO_EARLY, unit, "runs what must wait, or be killed");
        boolean mayGoOn = plan.terms().continues() || !hasFailed() || step.when() == When.ENDED;
        check(mayGoOn && (!hasFailed() || plan.hasRest()), Wrong.DISOBEYED, unit, "has failed");
        running.add(task);
    }

    private void end(Unit unit, Told told, boolean decided) {
        if (unit.kind() == Kind.COMMIT) {
            committed |= told.what() == JobEventKind.TASKS_SUCCEEDED;
            commitFailed |= told.what() != JobEventKind.TASKS_SUCCEEDED;
            return;
        } else if (unit.kind() == Kind.CLEANUP) {
            cleanedUp = true;
            return;
        }
        int task = unit.index();
        Step step = plan.stepOf(task);
        running.remove(task);
        boolean retried = told.what() == JobEventKind.TASKS_FAILED
                && unit.attempt() + 1 < step.attempts()
                && (failure == null || step.when() == When.ENDED);
        if (told.what() == JobEventKind.TASKS_FAILED) {
            failures.merge(task, 1, Integer::sum);
        }
        if (!retried) {
            Boolean before = ends.putIfAbsent(task, told.what() == JobEventKind.TASKS_SUCCEEDED);
            check(
                    before == null,
                    decided ? Wrong.KILLED_WRONGLY : Wrong.MISCOUNTED,
                    unit,
                    "has a second end of a task");
        }
        if (decided) {
            killed.put(task, told.reason());
        }
    }

    private void fail(Told told) {
        boolean isRight = hasFailed() || commitFailed;
        boolean isTime = !plan.terms().continues() || commitFailed || ends.size() == plan.tasks();
        check(isRight && isTime, Wrong.WRONG_END, told, "does not fail");
        check(failure == null && !succeeded && !cancelled, Wrong.WRONG_END, told, "has another end");
        check(!told.reason().isBlank(), Wrong.WRONG_END, told, "fails without a reason");
        failure = told.reason();
        failedByTask = !commitFailed;
        runningAtFailure = Set.copyOf(running);
    }

    /** Returns whether a task did not succeed that has to. */
    private boolean hasFailed() {
        return ends.entrySet().stream().anyMatch(end -> !end.getValue() && !plan.isExcused(plan.stepOf(end.getKey())));
    }

    /** Returns whether every task succeeded, or is excused. */
    private boolean isGood() {
        return ends.size() == plan.tasks() && !hasFailed();
    }

    /** Finds tasks that have no end although their job has one. */
    private void checkTasks() {
        if (!cancelled && (succeeded || plan.hasRest() || commitFailed)) {
            check(ends.size() == plan.tasks(), Wrong.LOST, ends.keySet(), "is over before its tasks");
        }
    }

    /** Checks what can be known when all events were read. */
    void close(List<Killed> kills) {
        check(ended, Wrong.LOST, session, "never ends");
        killed.forEach(this::checkReason);
        checkKills(kills);
    }

    private void checkReason(int task, String reason) {
        Step step = plan.stepOf(task);
        boolean goesOn = plan.terms().continues() || (plan.hasRest() && step.when() == When.ENDED);
        boolean isStopped = failure != null && !goesOn;
        boolean holds = reason.startsWith(GraphRule.FAILED)
                ? isStopped && reason.equals(GraphRule.cut(GraphRule.FAILED + failure))
                : isForbidden(task) && namesCause(task, step, reason);
        check(holds, Wrong.KILLED_WRONGLY, reason, "task " + task);
    }

    private boolean isForbidden(int task) {
        Optional<Boolean> judged = plan.mayRun(task, ends);
        return judged.isPresent() && !judged.get();
    }

    /** Returns whether the reason names something that the task waits for and that did not succeed. */
    private boolean namesCause(int task, Step step, String reason) {
        String pattern = step.when() == When.ANY
                ? GraphRule.NOTHING + "%s among it"
                : GraphRule.WAITS + "%s, which has not succeeded";
        return step.after().stream()
                .filter(after -> plan.hasSucceeded(after, task, ends).equals(Optional.of(false)))
                .anyMatch(after -> reason.equals(pattern.formatted(after.stage())));
    }

    /** Execution managers are told to stop what is not needed any more, once, with the reason, and nothing else. */
    private void checkKills(List<Killed> kills) {
        boolean stops = failedByTask && !plan.terms().continues();
        if (stops && !plan.hasRest()) {
            boolean one = kills.size() == 1 && kills.get(0).assignment() == KillRule.ALL_ASSIGNMENTS;
            check(one, Wrong.KILL, kills, "is not stopped once");
        }
        Set<Integer> stages = new HashSet<>();
        for (Killed kill : kills) {
            boolean fits = stops && kill.reason().equals(failure) && (!plan.hasRest() || isStage(kill));
            check(fits && stages.add(kill.firstTask()), Wrong.KILL, kill, "has a wrong kill");
        }
        if (stops && plan.hasRest() && !cancelled) {
            for (int task : runningAtFailure) {
                Step step = plan.stepOf(task);
                boolean needed = step.when() == When.ENDED || plan.isAwaited(step);
                check(
                        needed || stages.contains(plan.first(plan.numberOf(task))),
                        Wrong.KILL,
                        task,
                        "has no kill of a task that ran");
            }
        }
    }

    private boolean isStage(Killed kill) {
        if (kill.assignment() != KillRule.RANGE || kill.firstTask() < 0 || kill.firstTask() >= plan.tasks()) {
            return false;
        }
        int number = plan.numberOf(kill.firstTask());
        Step step = plan.steps().get(number);
        return kill.firstTask() == plan.first(number)
                && kill.tasks() == step.tasks()
                && step.when() != When.ENDED
                && !plan.isAwaited(step);
    }

    @Override
    public String toString() {
        return "%s: begun %s, ends %s, failures %s, failure %s, cancelled %s, succeeded %s, committed %s, cleaned up %s, ended %s"
                .formatted(plan, begun, ends, failures, failure, cancelled, succeeded, committed, cleanedUp, ended);
    }
}
