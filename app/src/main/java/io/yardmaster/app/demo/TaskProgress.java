package io.yardmaster.app.demo;

import io.yardmaster.app.workflow.Workflow;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/**
 * The progress of the tasks of a job. A task that has begun says that all tasks before it are done: so this is right also if
 * reports are missing or come late.
 */
final class TaskProgress {
    private final Workflow workflow;
    private final int[] parentsLeft;
    private final BitSet done = new BitSet();
    /** By task: the number of its attempts that are known to be over without success. */
    private final int[] failures;

    private int ready;
    private int failedAttempts;

    TaskProgress(Workflow workflow) {
        this.workflow = workflow;
        this.parentsLeft = workflow.tasks().stream()
                .mapToInt(task -> task.parents().size())
                .toArray();
        this.failures = new int[parentsLeft.length];
        for (int parents : parentsLeft) {
            ready += parents == 0 ? 1 : 0;
        }
    }

    /** Takes note that a task has begun. Returns the number of tasks that are therefore known to be ready, or to have been. */
    int begun(int task) {
        int before = ready;
        if (isTask(task)) {
            workflow.tasks().get(task).parents().forEach(this::finish);
        }
        return ready - before;
    }

    /** Takes note that a task is done; returns the same number. */
    int succeeded(int task) {
        int before = ready;
        if (isTask(task)) {
            finish(task);
        }
        return ready - before;
    }

    /** Takes note that all tasks are done; returns the same number. */
    int allSucceeded() {
        int before = ready;
        for (int task = 0; task < parentsLeft.length; task++) {
            finish(task);
        }
        return ready - before;
    }

    /** Takes note that an attempt of a task has failed; returns whether that is new. */
    boolean failed(int task, int attempt) {
        begun(task);
        if (!isTask(task) || done.get(task) || attempt < failures[task]) {
            return false;
        }
        failures[task] = attempt + 1;
        failedAttempts++;
        return true;
    }

    private void finish(int last) {
        Deque<Integer> found = new ArrayDeque<>();
        found.push(last);
        while (!found.isEmpty()) {
            int task = found.pop();
            if (!done.get(task)) {
                done.set(task);
                workflow.tasks().get(task).parents().forEach(found::push);
                for (int child : workflow.tasks().get(task).children()) {
                    ready += --parentsLeft[child] == 0 ? 1 : 0;
                }
            }
        }
    }

    private boolean isTask(int task) {
        return task >= 0 && task < parentsLeft.length;
    }

    /** Number of tasks. */
    int tasks() {
        return parentsLeft.length;
    }

    /** Number of tasks that are done. */
    int done() {
        return done.cardinality();
    }

    /** Number of tasks that are not done, but all tasks before them are. */
    int open() {
        return ready - done.cardinality();
    }

    /** Number of attempts that failed. */
    int failedAttempts() {
        return failedAttempts;
    }
}
