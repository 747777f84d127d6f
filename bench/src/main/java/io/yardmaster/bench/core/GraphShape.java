package io.yardmaster.bench.core;

import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.GraphStage.Dependency;
import io.yardmaster.core.values.GraphStage.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The kinds of graphs that are measured, each of 200 to 2,000 tasks. */
public enum GraphShape {
    /** Two stages of a thousand tasks, of which the second waits for the whole first. */
    ARRAYS(2_000),
    /** The same, but each task of the second waits for one of the first. */
    PAIRS(2_000),
    /** Two hundred stages of one task, of which each waits for up to two of the twenty before it. */
    SINGLES(200);

    private static final int REACH = 20;

    private final int tasks;

    GraphShape(int tasks) {
        this.tasks = tasks;
    }

    int tasks() {
        return tasks;
    }

    List<GraphStage> stages(Random random) {
        if (this == SINGLES) {
            return singles(tasks, random);
        }
        return List.of(
                stage("first", tasks / 2, List.of()),
                stage("second", tasks / 2, List.of(new Dependency("first", this == PAIRS))));
    }

    static List<GraphStage> singles(int count, Random random) {
        List<GraphStage> stages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int reach = Math.min(i, REACH);
            List<Dependency> after = random.ints(random.nextInt(3), 1, reach + 2)
                    .filter(back -> back <= reach)
                    .distinct()
                    .mapToObj(back -> new Dependency("task" + (stages.size() - back), false))
                    .toList();
            stages.add(stage("task" + i, 1, after));
        }
        return stages;
    }

    static GraphStage stage(String name, int tasks, List<Dependency> after) {
        return new GraphStage(name, tasks, after, When.ALL, 1, 0, 0, GraphStage.NO_PAYLOAD);
    }
}
