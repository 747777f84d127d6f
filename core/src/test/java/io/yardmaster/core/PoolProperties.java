package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.DispatchRate;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.TaskEnd;
import java.time.Duration;
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

/**
 * Pools that come, go, pause and change their windows and rates at random, and a limit that does so, let the same tasks go in the same order as the naive ones do.
 */
class PoolProperties {
    private static final List<String> POOLS = List.of("cpu", "gpu", "tape");
    private static final String LIMIT = "licence";

    private final Map<String, Integer> windows = new HashMap<>();
    private final Map<String, DispatchRate> rates = new HashMap<>();
    private long capacity;

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void L6_L7_L9_whatCanRunGoesInTheOrderOfPrioritiesAndTurnsWhateverElseWaits(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3) int activeJobs,
            @ForAll @IntRange(min = 0, max = 20) int ticksBetweenRestarts) {
        Random random = new Random(seed);
        CoreFixture core = CoreFixture.withActiveJobs(activeJobs);
        GraphFixture graphs = new GraphFixture(core);
        NaivePools naive = new NaivePools();
        List<String> out = new ArrayList<>();
        windows.clear();
        rates.clear();
        capacity = 0;
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
            long passed = random.nextInt(4) == 0 ? random.nextInt(5_000) : random.nextInt(200);
            core.jump(Duration.ofMillis(passed));
            naive.pass(passed, rates);
            List<String> made = tick(core, random.nextInt(3));
            assertThat(made).as("step %s of seed %s", step, seed).isEqualTo(naive.tick(windows, capacity));
            out.addAll(made);
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
            // Tasks of the default pool go by its window, which the naive pools do not have.
            long units = pool.isEmpty() ? 0 : random.nextInt(4);
            graph.pooled("of" + pool, tasks, "", pool, units == 0 ? Map.of() : Map.of(LIMIT, units));
            if (!pool.isEmpty()) {
                naive.submit(job, priority, pool, units, first, tasks);
            }
            first += tasks;
        }
        graphs.submit(job, graph.priority(priority));
    }

    private void change(Random random, CoreFixture core) {
        String pool = POOLS.get(random.nextInt(POOLS.size()));
        if (random.nextInt(3) == 0) {
            capacity = random.nextInt(8);
        } else if (random.nextInt(5) == 0) {
            windows.remove(pool);
        } else {
            windows.put(pool, random.nextInt(4));
        }
        if (random.nextInt(3) == 0) {
            rates.remove(pool);
        } else if (random.nextInt(3) == 0) {
            rates.put(pool, new DispatchRate(0.2 + random.nextInt(20), 1 + random.nextInt(4)));
        }
        Map<String, Long> limits = new TreeMap<>();
        windows.forEach((name, window) -> limits.put(LimitKeys.ofPool(name), (long) window));
        if (capacity > 0) {
            limits.put(LimitKeys.named(LIMIT), capacity);
        }
        core.limit(limits).follow(LivePolicy.NONE.withPoolRates(rates));
    }

    /** The tasks that a tick offers, in order, but for those of the default pool. */
    private static List<String> tick(CoreFixture core, int budget) {
        int before = core.log().assignments().size();
        core.tick(budget);
        return core.log().assignments().stream()
                .skip(before)
                .filter(one -> !one.pool().isEmpty())
                .map(core::text)
                .toList();
    }
}
