package io.yardmaster.bench.core;

import io.yardmaster.core.placement.Amounts;
import io.yardmaster.core.placement.Host;
import io.yardmaster.core.placement.Offer;
import io.yardmaster.core.placement.PlacementSnapshot;
import io.yardmaster.core.placement.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Pools of hosts to be planned, without bookings. */
final class PlacementPools {
    static final int TASKS = 100_000;
    private static final String POOL = "bench";
    private static final int HOSTS = 10_000;
    private static final long NOW = 1_000_000;

    private PlacementPools() {}

    /** A host without labels. */
    static Host host(String name, Map<String, Long> total) {
        return new Host(POOL, name, 1, Amounts.of(total), Map.of(), 0, NOW);
    }

    /** Tasks of a job of their own, in one gang or each alone. */
    static Offer offer(long order, Requirement requirement, int tasks, boolean gang, long expectedMs) {
        return new Offer(order, order, 1, 0, 0, 0, tasks, 0, requirement, 0, gang ? tasks : 1, expectedMs, false);
    }

    /**
     * Ten thousand hosts of four kinds, and a hundred thousand tasks that go by turns, each in an offer of its own. All have room.
     *
     * @param shapes the number of different needs
     */
    static PlacementSnapshot mixed(int shapes, Random random) {
        List<Host> hosts = new ArrayList<>(HOSTS);
        for (int host = 0; host < HOSTS; host++) {
            long cores = 16L << (host & 3);
            hosts.add(host(
                    String.format(Locale.ROOT, "h%05d", host),
                    (host & 3) == 3
                            ? Map.of("cpu", cores * 1_000, "memory", cores * 4_096, "gpu", 8L)
                            : Map.of("cpu", cores * 1_000, "memory", cores * 4_096)));
        }
        List<Requirement> requirements = new ArrayList<>(shapes);
        for (int shape = 0; shape < shapes; shape++) {
            long cpu = 250L + random.nextInt(3_750);
            long memory = 256L + random.nextInt(12_000);
            requirements.add(Requirement.of(
                    shape % 10 == 0
                            ? Map.of("cpu", cpu, "memory", memory, "gpu", 1L)
                            : Map.of("cpu", cpu, "memory", memory)));
        }
        List<Offer> offers = new ArrayList<>(TASKS);
        for (int task = 0; task < TASKS; task++) {
            offers.add(offer(task, requirements.get(task % shapes), 1, false, -1));
        }
        return new PlacementSnapshot(NOW, hosts, List.of(), offers, List.of());
    }

    /** Hosts and offers of a trace. */
    static PlacementSnapshot of(List<Host> hosts, List<Offer> offers) {
        return new PlacementSnapshot(NOW, hosts, List.of(), offers, List.of());
    }
}
