package io.yardmaster.core;

import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.GraphStage.Dependency;
import io.yardmaster.core.values.GraphStage.When;
import io.yardmaster.core.values.TaskEnd;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ends of the tasks of a graph whose job goes on after failures: by recursion, one task at a time. */
public final class NaiveGraph {
    /** The outcome of an attempt of a task; REFUSED does not occur, as it decides nothing. */
    public interface Outcomes {
        TaskEnd of(int task, int attempt);
    }

    private final List<GraphStage> stages;
    private final Outcomes outcomes;
    private final Map<Integer, TaskEnd> ends = new HashMap<>();
    private final Map<String, Boolean> succeeded = new HashMap<>();

    NaiveGraph(List<GraphStage> stages, Outcomes outcomes) {
        this.stages = stages;
        this.outcomes = outcomes;
    }

    static int first(List<GraphStage> stages, String name) {
        int first = 0;
        for (GraphStage stage : stages) {
            if (stage.name().equals(name)) {
                return first;
            }
            first += stage.tasks();
        }
        throw new AssertionError("no stage " + name);
    }

    static GraphStage stageOf(List<GraphStage> stages, int task) {
        int first = 0;
        for (GraphStage stage : stages) {
            first += stage.tasks();
            if (task < first) {
                return stage;
            }
        }
        throw new AssertionError("no task " + task);
    }

    private GraphStage named(String name) {
        return stages.stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The end of every task. */
    Map<Integer, TaskEnd> ends() {
        int tasks = stages.stream().mapToInt(GraphStage::tasks).sum();
        for (int task = 0; task < tasks; task++) {
            end(task);
        }
        return ends;
    }

    private TaskEnd end(int task) {
        TaskEnd known = ends.get(task);
        if (known == null) {
            known = runs(task) ? lastOutcome(task) : TaskEnd.KILLED;
            ends.put(task, known);
        }
        return known;
    }

    private boolean runs(int task) {
        GraphStage stage = stageOf(stages, task);
        int number = task - first(stages, stage.name());
        long good = stage.after().stream()
                .filter(dependency -> hasSucceeded(dependency, number))
                .count();
        return switch (stage.when()) {
            case ALL -> good == stage.after().size();
            case ANY -> good > 0 || stage.after().isEmpty();
            case ENDED -> true;
        };
    }

    private boolean hasSucceeded(Dependency dependency, int number) {
        int first = first(stages, dependency.stage());
        if (dependency.each()) {
            return end(first + number) == TaskEnd.SUCCEEDED;
        }
        Boolean known = succeeded.get(dependency.stage());
        if (known == null) {
            known = true;
            for (int task = first; task < first + named(dependency.stage()).tasks(); task++) {
                known &= end(task) == TaskEnd.SUCCEEDED;
            }
            succeeded.put(dependency.stage(), known);
        }
        return known;
    }

    private TaskEnd lastOutcome(int task) {
        TaskEnd end = TaskEnd.FAILED;
        for (int attempt = 0;
                end == TaskEnd.FAILED && attempt < stageOf(stages, task).attempts();
                attempt++) {
            end = outcomes.of(task, attempt);
        }
        return end;
    }

    /** Returns whether a stage may fail without its job: something that waits for it does not need its success. */
    static boolean isExcused(List<GraphStage> stages, GraphStage stage) {
        return stages.stream()
                .filter(other -> other.when() != When.ALL)
                .flatMap(other -> other.after().stream())
                .anyMatch(dependency -> dependency.stage().equals(stage.name()));
    }

    /** Returns whether the job succeeds, but for its commit task. */
    boolean isGood() {
        return ends().entrySet().stream()
                .allMatch(entry ->
                        entry.getValue() == TaskEnd.SUCCEEDED || isExcused(stages, stageOf(stages, entry.getKey())));
    }
}
