package io.yardmaster.app.jobs;

import io.yardmaster.app.workflow.Workflow;
import io.yardmaster.app.workflow.WorkflowTask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;

/** Workflows for tests. */
public final class Workflows {
    private Workflows() {}

    /** Task i has the parents {@code parents[i]}; every task runs for a second. */
    public static Workflow of(int[]... parents) {
        List<List<Integer>> children = IntStream.range(0, parents.length)
                .<List<Integer>>mapToObj(i -> new ArrayList<>())
                .toList();
        for (int child = 0; child < parents.length; child++) {
            for (int parent : parents[child]) {
                children.get(parent).add(child);
            }
        }
        List<WorkflowTask> tasks = IntStream.range(0, parents.length)
                .mapToObj(i -> new WorkflowTask(
                        i, "t" + i, "t" + i, IntStream.of(parents[i]).boxed().toList(), children.get(i), 1))
                .toList();
        return new Workflow("test", tasks, OptionalDouble.of(parents.length));
    }

    /** Task 0, then 1 and 2, then 3. */
    public static Workflow diamond() {
        return of(new int[] {}, new int[] {0}, new int[] {0}, new int[] {1, 2});
    }

    /** The job of a workflow, in group 1; a task is tried once. */
    public static PlannedJob planned(long id, Workflow workflow) {
        return new PlannedJob(id, 1, WorkflowPlan.of("w.json", workflow, 1));
    }

    /** Tasks without dependencies. */
    public static Workflow flat(int tasks) {
        return of(new int[tasks][0]);
    }

    /** A graph whose tasks are numbered in no particular order. */
    public static Workflow random(Random random) {
        int size = 1 + random.nextInt(30);
        List<Integer> order = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        Collections.shuffle(order, random);
        double density = random.nextDouble() / 2;
        int[][] parents = new int[size][];
        for (int place = 0; place < size; place++) {
            parents[order.get(place)] = order.subList(0, place).stream()
                    .filter(earlier -> random.nextDouble() < density)
                    .mapToInt(Integer::intValue)
                    .sorted()
                    .toArray();
        }
        return of(parents);
    }
}
