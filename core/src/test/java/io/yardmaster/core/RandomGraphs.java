package io.yardmaster.core;

import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.GraphStage.Dependency;
import io.yardmaster.core.values.GraphStage.When;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small graphs of every kind. */
public final class RandomGraphs {
    private static final List<When> RULES = List.of(When.ALL, When.ALL, When.ANY, When.ENDED);

    private RandomGraphs() {}

    /** A graph whose tasks need no limits. */
    public static GraphSketch of(Random random) {
        return of(random, List.of(Map.of()));
    }

    /** @param needs of which each stage has some */
    static GraphSketch of(Random random, List<Map<String, Long>> needs) {
        GraphSketch graph = new GraphSketch();
        List<GraphStage> stages = new ArrayList<>();
        int stretch = 1 + random.nextInt(random.nextInt(8) == 0 ? 40 : 4);
        boolean mild = random.nextBoolean();
        int count = 1 + random.nextInt(random.nextInt(12) == 0 ? 80 : 9);
        for (int number = 0; number < count; number++) {
            int tasks = random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(stretch);
            stages.add(stage(random, number, tasks, mild, stages, needs));
        }
        Collections.shuffle(stages, random);
        stages.forEach(graph::stage);
        if (random.nextBoolean()) {
            graph.goesOn();
        }
        if (random.nextBoolean()) {
            graph.commit();
        }
        if (random.nextBoolean()) {
            graph.cleanup();
        }
        return graph.group(random.nextInt(3)).priority(random.nextInt(4) == 0 ? random.nextInt(5) - 2 : 0);
    }

    private static GraphStage stage(
            Random random,
            int number,
            int tasks,
            boolean mild,
            List<GraphStage> before,
            List<Map<String, Long>> needs) {
        List<GraphStage> others = new ArrayList<>(before);
        Collections.shuffle(others, random);
        List<Dependency> after = new ArrayList<>();
        int width = tasks;
        for (GraphStage other : others.subList(0, Math.min(others.size(), random.nextInt(4)))) {
            boolean each = random.nextBoolean();
            if (each && after.isEmpty()) {
                width = other.tasks();
            }
            after.add(new Dependency(other.name(), each && other.tasks() == width));
        }
        byte[] payload = new byte[random.nextInt(6) == 0 ? random.nextInt(40) : 0];
        return new GraphStage(
                "s" + number,
                width,
                after,
                mild ? When.ALL : RULES.get(random.nextInt(RULES.size())),
                random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1,
                random.nextInt(3) == 0 ? random.nextInt(8_000) : 0,
                0,
                random.nextInt(4) == 0 ? random.nextInt(5) - 2 : 0,
                needs.size() == 1 ? needs.get(0) : needs.get(random.nextInt(needs.size())),
                needs.size() == 1 ? "" : LimitModel.pool(random),
                payload);
    }
}
