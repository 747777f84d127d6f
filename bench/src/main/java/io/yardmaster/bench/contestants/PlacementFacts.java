package io.yardmaster.bench.contestants;

import io.yardmaster.core.placement.PlanReport;
import io.yardmaster.core.placement.PoolHosts;
import io.yardmaster.topology.meters.Meters;
import io.yardmaster.topology.meters.PlacementMeters;
import io.yardmaster.topology.meters.ShardMeters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Remembers the latest plans of one instance, and describes its placement on hosts in words that go from JVM to JVM. */
public final class PlacementFacts implements Meters {
    /** The number of hosts that are known, without those that are silent. */
    public static final String HOSTS = "hosts";
    /** The number of tasks that wait for a host. */
    public static final String WAITING = "waiting";

    private static final String PLANS = "plans";
    private static final int MOST_PLANS = 1_000;

    private final Deque<MadePlan> latest = new ArrayDeque<>();

    /**
     * A plan that was applied.
     *
     * @param begun in ms since 1970
     * @param planningMs the time that the planner took
     */
    public record MadePlan(long begun, long planningMs) {
        /** True if the planner was at work at a time, in ms since 1970. */
        public boolean wasBeingMadeAt(long time) {
            return begun <= time && time <= begun + planningMs;
        }

        static MadePlan parse(String described) {
            int colon = described.indexOf(':');
            return new MadePlan(
                    Long.parseLong(described.substring(0, colon)), Long.parseLong(described.substring(colon + 1)));
        }

        @Override
        public String toString() {
            return begun + ":" + planningMs;
        }
    }

    @Override
    public ShardMeters open(int partition) {
        return ShardMeters.NONE;
    }

    @Override
    public PlacementMeters openPlacement(int partition) {
        return new PlacementMeters() {
            @Override
            public void planned(PlanReport report) {
                add(new MadePlan(System.currentTimeMillis() - report.ageMs(), report.planningMs()));
            }

            @Override
            public void failed(String pool) {}

            @Override
            public void released(String pool) {}

            @Override
            public void pools(List<PoolHosts> pools) {}

            @Override
            public void close() {}
        };
    }

    @Override
    public void deadLetter(String topic) {}

    private synchronized void add(MadePlan plan) {
        if (latest.size() == MOST_PLANS) {
            latest.removeFirst();
        }
        latest.add(plan);
    }

    synchronized Map<String, String> describe(List<PoolHosts> pools) {
        return Map.of(
                HOSTS,
                Integer.toString(pools.stream()
                        .mapToInt(pool -> pool.hosts() - pool.silentHosts())
                        .sum()),
                WAITING,
                Integer.toString(
                        pools.stream().mapToInt(PoolHosts::waitingTasks).sum()),
                PLANS,
                latest.stream().map(MadePlan::toString).collect(Collectors.joining(",")));
    }

    /** The latest plans in such a description, the oldest first. */
    public static List<MadePlan> plans(Map<String, String> description) {
        List<MadePlan> plans = new ArrayList<>();
        String all = description.get(PLANS);
        if (!all.isEmpty()) {
            for (String each : all.split(",", -1)) {
                plans.add(MadePlan.parse(each));
            }
        }
        return plans;
    }
}
