package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.TaskEnd;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Pools that come, go, pause and change their windows at random offer the same tasks in the same order as the naive ones do. */
class PoolProperties {
    private static final List<String> POOLS = List.of("cpu", "gpu", "tape");

    private final Map<String, Integer> windows = new HashMap<>();

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void L9_eachPoolGoesOnByItselfInTheOrderOfPrioritiesAndTurns(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3) int activeJobs,
            @ForAll @IntRange(min = 0, max = 20) int ticksBetweenRestarts) {
        Random random = new Random(seed);
        CoreFixture core = CoreFixture.withActiveJobs(activeJobs);
        GraphFixture graphs = new GraphFixture(core);
        NaivePools naive = new NaivePools();
        List<String> out = new ArrayList<>();
        windows.clear();
        int jobs = 0;
        for (int step = 0; step < 150; step++) {
            if (random.nextInt(3) == 0) {
                submit(random, "J" + jobs++, graphs, naive);
            }
            if (random.nextInt(5) == 0) {
                change(random, core);
            }
            while (!out.isEmpty() && random.nextInt(4) > 0) {
                String ended = out.remove(random.nextInt(out.size()));
                naive.end(ended);
                core.outcome(TaskEnd.SUCCEEDED, ended);
            }
            if (ticksBetweenRestarts > 0 && step % ticksBetweenRestarts == 0) {
                graphs.restart();
            }
            Map<String, List<String>> made = tick(core, random.nextInt(3));
            assertThat(made).as("step %s of seed %s", step, seed).isEqualTo(naive.tick(windows));
            made.values().forEach(out::addAll);
        }
    }

    private static void submit(Random random, String job, GraphFixture graphs, NaivePools naive) {
        GraphSketch graph = GraphFixture.graph();
        int priority = random.nextInt(3) - 1;
        List<String> pools = new ArrayList<>(POOLS);
        pools.add("");
        Collections.shuffle(pools, random);
        int first = 0;
        for (String pool : pools.subList(0, 1 + random.nextInt(pools.size()))) {
            int tasks = 1 + random.nextInt(6);
            graph.pooled("of" + pool, tasks, "", pool, Map.of());
            if (!pool.isEmpty()) {
                naive.submit(job, priority, pool, first, tasks);
            }
            first += tasks;
        }
        graphs.submit(job, graph.priority(priority));
    }

    private void change(Random random, CoreFixture core) {
        String pool = POOLS.get(random.nextInt(POOLS.size()));
        if (random.nextInt(5) == 0) {
            windows.remove(pool);
        } else {
            windows.put(pool, random.nextInt(4));
        }
        Map<String, Long> limits = new TreeMap<>();
        windows.forEach((name, window) -> limits.put(LimitKeys.ofPool(name), (long) window));
        core.limit(limits);
    }

    /** The tasks that a tick offers, by pool, but for those of the default one. */
    private static Map<String, List<String>> tick(CoreFixture core, int budget) {
        int before = core.log().assignments().size();
        core.tick(budget);
        Map<String, List<String>> made = new TreeMap<>();
        for (DispatchedTask one : core.log()
                .assignments()
                .subList(before, core.log().assignments().size())) {
            if (!one.pool().isEmpty()) {
                made.computeIfAbsent(one.pool(), name -> new ArrayList<>()).add(core.text(one));
            }
        }
        return made;
    }
}
