package io.yardmaster.app.workflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Finds tasks that wait for each other. */
final class DependencyCycle {
    private DependencyCycle() {}

    /** One cycle, each task followed by one of its children and the last by the first; empty when there is none. */
    static List<WorkflowTask> in(List<WorkflowTask> tasks) {
        int[] waitsFor = new int[tasks.size()];
        ArrayDeque<Integer> ready = new ArrayDeque<>();
        for (WorkflowTask task : tasks) {
            waitsFor[task.index()] = task.parents().size();
            if (task.parents().isEmpty()) {
                ready.add(task.index());
            }
        }
        int reached = 0;
        while (!ready.isEmpty()) {
            reached++;
            for (int child : tasks.get(ready.remove()).children()) {
                if (--waitsFor[child] == 0) {
                    ready.add(child);
                }
            }
        }
        return reached == tasks.size() ? List.of() : walkBack(tasks, waitsFor);
    }

    // A task that was not reached has a parent that was not reached: following those must come round.
    private static List<WorkflowTask> walkBack(List<WorkflowTask> tasks, int[] waitsFor) {
        int at = 0;
        while (waitsFor[at] == 0) {
            at++;
        }
        LinkedHashSet<Integer> path = new LinkedHashSet<>();
        while (path.add(at)) {
            at = tasks.get(at).parents().stream()
                    .filter(parent -> waitsFor[parent] > 0)
                    .findFirst()
                    .orElseThrow();
        }
        List<Integer> backwards = new ArrayList<>(path);
        List<WorkflowTask> cycle = new ArrayList<>();
        for (int i = backwards.size() - 1; i >= backwards.indexOf(at); i--) {
            cycle.add(tasks.get(backwards.get(i)));
        }
        return cycle;
    }
}
