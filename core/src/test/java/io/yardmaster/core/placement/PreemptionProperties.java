package io.yardmaster.core.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** The victims of plans for random pools of busy hosts. jqwik prints the seed of a failure. */
class PreemptionProperties {
    private static final List<PlacementStrategy> STRATEGIES =
            List.of(BestFit.DEFAULT, new Spread(), new OpportunityCost());

    private final Map<String, Long> free = new HashMap<>();
    private Random random;
    private PoolSketch pool;
    private PlacementPolicy policy;

    private void begin(long seed) {
        random = new Random(seed);
        pool = new PoolSketch();
        free.clear();
        int hosts = 1 + random.nextInt(6);
        for (int host = 0; host < hosts; host++) {
            long cpu = 1L + random.nextInt(8);
            pool.add("h" + host, "cpu=" + cpu);
            free.put("h" + host, cpu);
        }
        for (long job = 1; job <= 20; job++) {
            run(job);
        }
        int offers = 1 + random.nextInt(6);
        for (int offer = 0; offer < offers; offer++) {
            int size = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1;
            int tasks = size * (1 + random.nextInt(3));
            pool.offer(PoolSketch.needs("cpu=" + (1 + random.nextInt(6))), tasks, size, random.nextInt(4), -1);
        }
        PlacementStrategy strategy = STRATEGIES.get(random.nextInt(STRATEGIES.size()));
        policy = PlacementPolicy.DEFAULT.with(strategy).withPreemption(1 + random.nextInt(12));
    }

    /** Tries to start a gang, or a single task, at a time. */
    private void run(long job) {
        int size = random.nextInt(3) == 0 ? 2 + random.nextInt(3) : 1;
        long cpu = 1L + random.nextInt(3);
        List<String> places = new ArrayList<>();
        free.keySet().stream().sorted().forEach(host -> {
            for (long room = free.get(host); room >= cpu && places.size() < size; room -= cpu) {
                places.add(host);
            }
        });
        if (places.size() < size) {
            return;
        }
        int priority = random.nextInt(4);
        boolean preemptible = random.nextInt(4) > 0;
        long at = random.nextInt(10);
        for (int task = 0; task < size; task++) {
            free.merge(places.get(task), -cpu, Long::sum);
            pool.bookings.add(new Booking(
                    new TaskRef(job, 0, task, 0),
                    places.get(task),
                    1,
                    Amounts.of(Map.of("cpu", cpu)),
                    priority,
                    preemptible,
                    0,
                    size,
                    at,
                    Booking.NEVER,
                    Booking.NO_RESERVATION));
        }
    }

    private boolean isWhole(long job, List<Booking> victims) {
        return pool.bookings.stream()
                .filter(booking -> booking.task().job() == job)
                .allMatch(victims::contains);
    }

    /** True if there would have been room if only these had ended, beside all that the plan starts before and the hosts that it reserves. */
    private boolean wouldFit(Plan plan, int placing, List<Booking> ended) {
        Map<String, Long> room = new HashMap<>(free);
        for (Placing before : plan.placings().subList(0, placing)) {
            long cpu = before.offer().requirement().needs().of("cpu");
            room.merge(before.host(), -cpu * before.tasks(), Long::sum);
            before.victims()
                    .forEach(victim -> room.merge(victim.host(), victim.needs().of("cpu"), Long::sum));
        }
        ended.forEach(victim -> room.merge(victim.host(), victim.needs().of("cpu"), Long::sum));
        Offer head = plan.placings().get(placing).offer();
        long cpu = head.requirement().needs().of("cpu");
        plan.reservations().stream()
                .filter(reservation -> reservation.priority() > head.priority())
                .forEach(reservation ->
                        room.keySet().removeAll(reservation.tasks().keySet()));
        return room.values().stream().mapToLong(each -> each / cpu).sum() >= head.gangSize();
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void victimsArePreemptibleAndOfLowerPriorityAndGangsAreWholeAndTheNewestGoFirst(@ForAll long seed) {
        begin(seed);
        check();
    }

    private void check() {
        Plan plan = Planner.plan(pool.snapshot(), policy);
        List<Booking> all = new ArrayList<>();
        Map<String, Long> room = new HashMap<>(free);
        for (int place = 0; place < plan.placings().size(); place++) {
            Placing placing = plan.placings().get(place);
            List<Booking> victims = placing.victims();
            all.addAll(victims);
            victims.forEach(victim -> room.merge(victim.host(), victim.needs().of("cpu"), Long::sum));
            if (!victims.isEmpty()) {
                checkVictims(plan, place, victims);
            }
        }
        plan.placings()
                .forEach(placing -> room.merge(
                        placing.host(),
                        -placing.tasks() * placing.offer().requirement().needs().of("cpu"),
                        Long::sum));
        assertThat(room.values()).as("room in the end").allMatch(left -> left >= 0);
        assertThat(new HashSet<>(all)).as("nobody twice").hasSameSizeAs(all);
        assertThat(all).hasSizeLessThanOrEqualTo(policy.preemption());
    }

    private void checkVictims(Plan plan, int place, List<Booking> victims) {
        Offer head = plan.placings().get(place).offer();
        assertThat(victims).allMatch(victim -> pool.bookings.contains(victim) && victim.preemptible());
        assertThat(victims).allMatch(victim -> victim.priority() < head.priority());
        Set<Long> jobs = new HashSet<>();
        victims.forEach(victim -> jobs.add(victim.task().job()));
        assertThat(jobs).allMatch(job -> isWhole(job, victims));
        assertThat(wouldFit(plan, place, victims)).isTrue();
        for (long job : jobs) {
            List<Booking> others = victims.stream()
                    .filter(victim -> victim.task().job() != job)
                    .toList();
            assertThat(wouldFit(plan, place, others))
                    .as("the end of job %s is needed", job)
                    .isFalse();
        }
        List<Booking> before = plan.placings().subList(0, place).stream()
                .flatMap(each -> each.victims().stream())
                .toList();
        Booking oldest = victims.stream()
                .min(Comparator.comparingLong(Booking::at).thenComparing(Booking::task))
                .orElseThrow();
        List<Booking> newer = pool.bookings.stream()
                .filter(booking -> booking.preemptible() && booking.priority() < head.priority())
                .filter(booking -> !before.contains(booking))
                .filter(booking -> booking.at() > oldest.at()
                        || (booking.at() == oldest.at()
                                && booking.task().job() > oldest.task().job()))
                .toList();
        assertThat(wouldFit(plan, place, newer))
                .as("%s of newer tasks would have been enough instead of %s", newer, oldest)
                .isFalse();
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void aPlanIsAsWithoutPreemptionIfThePolicyAllowsNoneOrNoTaskIsPreemptible(@ForAll long seed) {
        begin(seed);
        Plan plan = Planner.plan(pool.snapshot(), policy.withPreemption(0));
        assertThat(plan.placings()).allMatch(placing -> placing.victims().isEmpty());
        List<Booking> kept = pool.bookings.stream()
                .map(each -> new Booking(
                        each.task(),
                        each.host(),
                        1,
                        each.needs(),
                        each.priority(),
                        false,
                        each.firstOfGang(),
                        each.gangSize(),
                        each.at(),
                        each.expectedEnd(),
                        each.beside()))
                .toList();
        pool.bookings.clear();
        pool.bookings.addAll(kept);
        Plan allowed = Planner.plan(pool.snapshot(), policy);
        assertThat(allowed.placings()).isEqualTo(plan.placings());
        assertThat(allowed.reservations()).isEqualTo(plan.reservations());
        assertThat(allowed.blocked()).isEqualTo(plan.blocked());
    }

    /** This keeps the generator from making only pools in which nobody loses a place. */
    @Example
    void manyRandomPoolsHaveVictims() {
        int single = 0;
        int gangs = 0;
        for (long seed = 0; seed < 200; seed++) {
            begin(seed);
            Plan plan = Planner.plan(pool.snapshot(), policy);
            for (Placing placing : plan.placings()) {
                single += placing.victims().stream().anyMatch(victim -> victim.gangSize() == 1) ? 1 : 0;
                gangs += placing.victims().stream().anyMatch(victim -> victim.gangSize() > 1) ? 1 : 0;
            }
        }
        assertThat(single).isGreaterThan(30);
        assertThat(gangs).isGreaterThan(30);
    }
}
