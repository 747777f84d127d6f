package io.yardmaster.core.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Plans of random pools, several in a row, equal those of the naive planner. jqwik prints the seed of a failure. */
class PlannerProperties {
    private static final List<PlacementStrategy> STRATEGIES =
            List.of(BestFit.DEFAULT, new Spread(), new OpportunityCost());

    private Random random;
    private PoolSketch pool;

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void P1_P5_aPlanIsThatOfTheNaivePlanner(@ForAll long seed) {
        random = new Random(seed);
        pool = new PoolSketch();
        PlacementStrategy strategy = STRATEGIES.get(random.nextInt(STRATEGIES.size()));
        PlacementPolicy policy = PlacementPolicy.DEFAULT.with(strategy);
        addHosts();
        for (int round = 0; round < 5; round++) {
            addOffers();
            PlacementSnapshot snapshot = pool.snapshot();
            Plan plan = Planner.plan(snapshot, policy);
            NaivePlanner expected = new NaivePlanner(snapshot, strategy, hosts(plan));

            String shown = PoolSketch.shown(plan);
            assertThat(shown).isEqualTo(String.join(" ", expected.placed()));
            assertThat(plan.reservations()).isEqualTo(expected.reservations());
            assertThat(plan.blocked().stream()
                            .map(each -> each.offer().order() + "." + each.firstTask()
                                    + (each.reason() == BlockedOffer.Reason.FITS_NOWHERE ? " nowhere" : "")))
                    .containsExactlyElementsOf(expected.blocked());
            assertThat(Planner.plan(snapshot, policy)).isEqualTo(plan);
            checkTotals(snapshot, plan);
            pool.apply(plan);
            pool.now += random.nextInt(40);
            pool.bookings.removeIf(booking -> booking.expectedEnd() <= pool.now || random.nextInt(5) == 0);
            if (random.nextInt(4) == 0) {
                changeHost();
            }
        }
    }

    private static Map<String, String> hosts(Plan plan) {
        Map<String, String> hosts = new HashMap<>();
        for (Placing placing : plan.placings()) {
            for (int task = placing.firstTask(); task < placing.firstTask() + placing.tasks(); task++) {
                hosts.put(placing.offer().order() + "." + task, placing.host());
            }
        }
        return hosts;
    }

    private static void checkTotals(PlacementSnapshot snapshot, Plan plan) {
        Map<String, Map<String, Long>> placed = new HashMap<>();
        Map<String, Map<String, Long>> booked = new HashMap<>();
        snapshot.bookings().forEach(booking -> add(booked, booking.host(), booking.needs(), 1));
        plan.placings()
                .forEach(placing -> add(
                        placed, placing.host(), placing.offer().requirement().needs(), placing.tasks()));
        for (Host host : snapshot.hosts()) {
            placed.getOrDefault(host.name(), Map.of()).forEach((resource, amount) -> assertThat(
                            amount + booked.getOrDefault(host.name(), Map.of()).getOrDefault(resource, 0L))
                    .as("%s of %s", resource, host.name())
                    .isLessThanOrEqualTo(host.total().of(resource)));
        }
    }

    private static void add(Map<String, Map<String, Long>> to, String host, Amounts needs, int tasks) {
        Map<String, Long> here = to.computeIfAbsent(host, name -> new HashMap<>());
        needs.names().forEach(name -> here.merge(name, needs.of(name) * tasks, Long::sum));
    }

    private void addHosts() {
        int hosts = 1 + random.nextInt(random.nextInt(8) == 0 ? 200 : 8);
        for (int host = 0; host < hosts; host++) {
            pool.hosts.add(randomHost("h%03d".formatted(host)));
        }
    }

    private Host randomHost(String name) {
        Map<String, Long> total =
                new TreeMap<>(Map.of("cpu", 1L + random.nextInt(12), "memory", 1L + random.nextInt(24)));
        if (random.nextInt(3) == 0) {
            total.put("gpu", 1L + random.nextInt(4));
        }
        Map<String, String> labels = random.nextBoolean() ? Map.of() : Map.of("zone", random.nextBoolean() ? "a" : "b");
        return new Host(PoolSketch.POOL, name, 1, Amounts.of(total), labels, 0, pool.now);
    }

    private void addOffers() {
        int offers = random.nextInt(12);
        for (int offer = 0; offer < offers; offer++) {
            Map<String, Long> needs = new TreeMap<>();
            needs.put("cpu", (long) random.nextInt(5));
            needs.put("memory", (long) random.nextInt(6));
            needs.put("gpu", random.nextInt(5) == 0 ? 1L + random.nextInt(2) : 0);
            needs.put("fpga", random.nextInt(30) == 0 ? 1L : 0);
            Map<String, String> labels = random.nextInt(4) == 0 ? Map.of("zone", "a") : Map.of();
            int gangSize = random.nextInt(3) == 0 ? 1 + random.nextInt(6) : 1;
            pool.offer(
                    new Requirement(Amounts.of(needs), labels),
                    gangSize * (1 + random.nextInt(4)),
                    gangSize,
                    random.nextInt(3),
                    random.nextInt(3) == 0 ? -1 : random.nextInt(60));
        }
    }

    private void changeHost() {
        int changed = random.nextInt(pool.hosts.size());
        Host before = pool.hosts.get(changed);
        if (random.nextBoolean()) {
            pool.hosts.set(changed, randomHost(before.name()));
        } else if (pool.hosts.size() > 1) {
            pool.hosts.remove(changed);
            pool.bookings.removeIf(booking -> booking.host().equals(before.name()));
        }
    }

    /** With room for none, a plan is the blocked offers; this keeps the generator from making only such pools. */
    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void randomPoolsPlaceAndBlockTasks(@ForAll long seed) {
        random = new Random(seed);
        List<Plan> plans = new ArrayList<>();
        for (int round = 0; round < 100; round++) {
            pool = new PoolSketch();
            addHosts();
            addOffers();
            plans.add(pool.plan());
        }
        assertThat(plans).anyMatch(plan -> !plan.placings().isEmpty());
        assertThat(plans).anyMatch(plan -> !plan.reservations().isEmpty());
        assertThat(plans).anyMatch(plan -> plan.placings().stream().anyMatch(placing -> placing.beside() >= 0));
    }
}
