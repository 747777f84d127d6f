package io.yardmaster.app.jobs;

import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.TaskKind;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** A job before it has an id: a graph that makes sense, and the names by which people know its parts. */
public final class JobPlan {
    private final String name;
    private final Terms terms;
    private final List<Stage> stages;
    private final List<String> kinds;
    private final double[] runtimes;
    private final int[] firsts;
    private final int tasks;

    /**
     * All of a job but its stages.
     *
     * @param group the resource group that the file names; empty if it names none
     */
    public record Terms(OptionalLong group, int priority, boolean commit, boolean cleanup, OnFailure onFailure) {}

    /** A job whose stages people know by their names; an empty name if the job's is not known. */
    public JobPlan(String name, Terms terms, List<Stage> stages) {
        this(name, terms, stages, List.of(), new double[0]);
    }

    /**
     * A job whose stages are single tasks of some kinds.
     *
     * @param kinds of the stages, several of which may be of one kind
     * @param runtimes of the stages in seconds; 0 where none is known
     */
    JobPlan(String name, Terms terms, List<Stage> stages, List<String> kinds, double[] runtimes) {
        this.name = name;
        this.terms = terms;
        this.stages = List.copyOf(stages);
        this.kinds = List.copyOf(kinds);
        this.runtimes = runtimes.clone();
        this.firsts = new int[stages.size()];
        int first = 0;
        for (int stage = 0; stage < firsts.length; stage++) {
            firsts[stage] = first;
            first = Math.addExact(first, stages.get(stage).getTasks());
        }
        this.tasks = first;
    }

    public String name() {
        return name;
    }

    public Terms terms() {
        return terms;
    }

    public List<Stage> stages() {
        return stages;
    }

    /** Number of tasks of all stages. */
    public int tasks() {
        return tasks;
    }

    /** The name of the kind of a stage's tasks, which is the stage's own if nothing else was given. */
    public String kind(int stage) {
        return kinds.isEmpty() ? stages.get(stage).getName() : kinds.get(stage);
    }

    /** Returns whether the stages are single tasks of some kinds. */
    public boolean hasKinds() {
        return !kinds.isEmpty();
    }

    /** The runtime of a task of a stage in seconds; 0 if none is known. */
    public double runtime(int stage) {
        return runtimes.length == 0 ? 0 : runtimes[stage];
    }

    /** The index in the job of the stage's first task. */
    public int first(int stage) {
        return firsts[stage];
    }

    /** The number of a task's stage; -1 if the job has no such task. */
    public int stageOf(int task) {
        if (task < 0 || task >= tasks) {
            return -1;
        }
        int found = Arrays.binarySearch(firsts, task);
        return found >= 0 ? found : -found - 2;
    }

    /** A task of this job as people know it. */
    public String nameOf(TaskKind kind, int task) {
        return switch (kind) {
            case TASK -> nameOf(task);
            case COMMIT -> "its commit task";
            case CLEANUP -> "its cleanup task";
        };
    }

    private String nameOf(int task) {
        int stage = stageOf(task);
        if (stage < 0) {
            return "task " + task;
        }
        String of = "stage " + stages.get(stage).getName();
        return stages.get(stage).getTasks() == 1 ? of : "task " + (task - firsts[stage]) + " of " + of;
    }
}
