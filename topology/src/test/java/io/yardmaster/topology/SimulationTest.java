package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Checks the real scheduler, window and shares of whole deployments, in one thread and in virtual time, against the
 * rules of {@link io.yardmaster.core.NaiveScheduler} (S3 to S8, S10) and S7, S11, S12, S13 and S17.
 *
 * <p>{@code -Dyardmaster.simulation.seeds=N} runs N seeds, {@code -Dyardmaster.simulation.seed=S} runs one and prints its
 * history.
 */
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("yardmaster.simulation.seeds", 600);
    private static final Long ONLY = Long.getLong("yardmaster.simulation.seed");
    private static final int NO_CRASH = -1;
    private static final int LAST_EVENTS = 400;

    @Test
    void S7_S8_S11_S12_S17_holdWhateverHappens() {
        if (ONLY != null) {
            List<String> history = new ArrayList<>();
            try {
                Simulation.replay(ONLY, NO_CRASH, history);
            } finally {
                history.forEach(System.out::println);
            }
            return;
        }
        long first = new Random().nextLong();
        System.out.println("simulation: " + SEEDS + " seeds from " + first + " on");
        for (long seed = first; seed < first + SEEDS; seed++) {
            long failing = seed;
            check(failing, NO_CRASH, () -> Simulation.run(failing));
        }
    }

    @Test
    void S17_holdsWithACrashBeforeEachStep() {
        for (long seed = 1; seed <= 4; seed++) {
            long failing = seed;
            for (int crashAt = 0; crashAt < Simulation.STEPS; crashAt++) {
                int before = crashAt;
                check(failing, before, () -> Simulation.runWithCrashAt(failing, before));
            }
        }
    }

    private static void check(long seed, int crashAt, Runnable run) {
        try {
            run.run();
        } catch (AssertionError | RuntimeException e) {
            List<String> history = new ArrayList<>();
            try {
                Simulation.replay(seed, crashAt, history);
            } catch (AssertionError | RuntimeException again) {
                history.add(again.toString());
            }
            String told = String.join("\n", history.subList(Math.max(0, history.size() - LAST_EVENTS), history.size()));
            fail("seed " + seed + (crashAt < 0 ? "" : ", crash at step " + crashAt) + ":\n" + told, e);
        }
    }
}
