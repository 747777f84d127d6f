package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.GraphStage.Dependency;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.TaskEnd;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** No task is offered while one of its job's stages of a higher priority has a task that may run, by a naive look at the whole graph. */
class StagePriorityProperties {
    private final Set<Integer> offered = new HashSet<>();
    private final Set<Integer> ended = new HashSet<>();

    private static GraphStage random(Random random, int number, boolean limited) {
        List<Dependency> after = number > 0 && random.nextBoolean()
                ? List.of(new Dependency("s" + random.nextInt(number), false))
                : List.of();
        return new GraphStage(
                "s" + number,
                1 + random.nextInt(6),
                after,
                GraphStage.When.ALL,
                1,
                0,
                0,
                random.nextInt(5) - 2,
                limited ? Map.of("licence", 1L) : Map.of(),
                "",
                GraphStage.NO_PAYLOAD);
    }

    private static int first(List<GraphStage> stages, int number) {
        return stages.subList(0, number).stream().mapToInt(GraphStage::tasks).sum();
    }

    private boolean mayRun(List<GraphStage> stages, int number) {
        for (Dependency dependency : stages.get(number).after()) {
            int before = Integer.parseInt(dependency.stage().substring(1));
            int first = first(stages, before);
            for (int task = first; task < first + stages.get(before).tasks(); task++) {
                if (!ended.contains(task)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The highest priority of a stage with a task that may run and was not offered. */
    private int highest(List<GraphStage> stages) {
        int highest = Integer.MIN_VALUE;
        for (int number = 0; number < stages.size(); number++) {
            int first = first(stages, number);
            for (int task = first; task < first + stages.get(number).tasks(); task++) {
                if (!offered.contains(task) && mayRun(stages, number)) {
                    highest = Math.max(highest, stages.get(number).priority());
                }
            }
        }
        return highest;
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void L1_noTaskGoesBeforeOneOfAHigherPriority(@ForAll long seed, @ForAll boolean limited) {
        offered.clear();
        ended.clear();
        Random random = new Random(seed);
        GraphSketch graph = new GraphSketch();
        int count = 1 + random.nextInt(12);
        for (int number = 0; number < count; number++) {
            graph.stage(random(random, number, limited));
        }
        List<GraphStage> stages = graph.stages();
        CoreFixture core = CoreFixture.withActiveJobs(2);
        if (limited) {
            core.limit(Map.of(LimitKeys.named("licence"), 2L));
        }
        new GraphFixture(core).submit("A", graph);
        List<DispatchedTask> out = new ArrayList<>();
        int seen = 0;
        for (int tick = 0; ended.size() < graph.tasks(); tick++) {
            assertThat(tick).as("ticks, by seed %s", seed).isLessThan(10_000);
            core.tick(random.nextInt(4));
            List<DispatchedTask> made = core.log().assignments();
            for (; seen < made.size(); seen++) {
                DispatchedTask task = made.get(seen);
                assertThat(task.stage().priority())
                        .as("priority of task %s, by seed %s", task.taskIndex(), seed)
                        .isEqualTo(highest(stages));
                offered.add(task.taskIndex());
                out.add(task);
            }
            while (!out.isEmpty() && random.nextInt(3) > 0) {
                DispatchedTask task = out.remove(random.nextInt(out.size()));
                core.outcome(TaskEnd.SUCCEEDED, task);
                ended.add(task.taskIndex());
            }
            if (random.nextInt(5) == 0) {
                core.restart();
            }
        }
    }
}
