package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Checks the real shards and the real placement of deployments with hosts, in one thread and in virtual time, against P1, P3, P4, P5 and P7
 * as {@link PlacementLedger} has them, who loses a place to whom, that no task runs twice at once, and that each that can run does.
 *
 * <p>{@code -Dyardmaster.simulation.placed.seeds=N} runs N seeds, {@code -Dyardmaster.simulation.placed.seed=S} runs one and prints its
 * history.
 */
class PlacedSimulationTest {
    private static final int SEEDS = Integer.getInteger("yardmaster.simulation.placed.seeds", 25);
    private static final Long ONLY = Long.getLong("yardmaster.simulation.placed.seed");
    private static final int LAST_EVENTS = 400;
    /** Silent, as the history of a seed that fails has all events of hosts and policies. */
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.yardmaster.topology");

    @BeforeAll
    static void silence() {
        LOG.setLevel(Level.ERROR);
    }

    @AfterAll
    static void speak() {
        LOG.setLevel(null);
    }

    @Test
    void P1_P3_P4_P5_P7_holdWhateverHappensToHostsPlansAndInstances() {
        if (ONLY != null) {
            List<String> history = new ArrayList<>();
            try {
                new PlacedSimulation(ONLY, history).run();
            } finally {
                history.forEach(System.out::println);
            }
            return;
        }
        long first = new Random().nextLong();
        System.out.println("simulation with hosts: " + SEEDS + " seeds from " + first + " on");
        for (long seed = first; seed < first + SEEDS; seed++) {
            check(seed);
        }
    }

    @Test
    void muchHappensInTheseRuns() {
        int[] sums = new int[4];
        for (long seed = 0; seed < 20; seed++) {
            int[] counts = new PlacedSimulation(seed, null).run().counts();
            for (int each = 0; each < sums.length; each++) {
                sums[each] += counts[each];
            }
        }
        assertThat(sums[0]).as("tasks that got a place").isGreaterThan(500);
        assertThat(sums[1]).as("tasks that lost it").isGreaterThan(20);
        assertThat(sums[2]).as("tasks of gangs").isGreaterThan(50);
        assertThat(sums[3]).as("tasks that lost it to others").isGreaterThan(20);
    }

    private static void check(long seed) {
        try {
            new PlacedSimulation(seed, null).run();
        } catch (AssertionError | RuntimeException e) {
            List<String> history = new ArrayList<>();
            try {
                new PlacedSimulation(seed, history).run();
            } catch (AssertionError | RuntimeException again) {
                history.add(again.toString());
            }
            String told = String.join("\n", history.subList(Math.max(0, history.size() - LAST_EVENTS), history.size()));
            fail("seed " + seed + ":\n" + told, e);
        }
    }
}
