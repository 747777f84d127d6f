package io.yardmaster.core.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A pool in virtual time: hosts that die, hang, come back, grow and shrink, jobs that are cancelled and paused, and plans that arrive
 * late, twice or never. It keeps its own books and compares.
 */
final class PlacementWorld {
    private static final PlacementPolicy POLICY = PlacementPolicy.DEFAULT;

    private static final class Machine {
        private long incarnation = 1;
        private boolean beating = true;
        private long lastBeat;
        private long cpu;
        private final Map<String, String> labels;

        Machine(long cpu, Map<String, String> labels) {
            this.cpu = cpu;
            this.labels = labels;
        }
    }

    private final Random random;
    private final HostTable table = new HostTable(PoolSketch.POOL);
    private final JobsSketch jobs = new JobsSketch();
    private final JobsNow present = new JobsNow() {
        @Override
        public long session() {
            return jobs.session;
        }

        @Override
        public Standing standing(long job) {
            return jobs.standing(job);
        }

        @Override
        public boolean isQueued(Offer offer, TaskRef task) {
            return queued.containsKey(task);
        }

        @Override
        public int priority(Offer offer) {
            return offer.priority();
        }
    };
    private final TreeMap<String, Machine> machines = new TreeMap<>();
    private final TreeMap<TaskRef, Offer> queued = new TreeMap<>();
    private final Map<TaskRef, Booking> running = new TreeMap<>();
    private final List<Plan> underWay = new ArrayList<>();
    private List<Reservation> reservations = List.of();
    private long now = PoolSketch.NOW;
    private long nextOrder = 1;
    int booked;
    int dropped;
    int lost;
    int preempted;
    /** The most tasks of lower priorities that a plan may preempt. */
    private final int preemption;

    PlacementWorld(long seed) {
        random = new Random(seed);
        preemption = 3 * random.nextInt(3);
        int count = 2 + random.nextInt(5);
        for (int machine = 0; machine < count; machine++) {
            machines.put(
                    "h" + machine,
                    new Machine(2L + random.nextInt(7), random.nextBoolean() ? Map.of() : Map.of("zone", "a")));
        }
        machines.keySet().forEach(this::beat);
    }

    void step() {
        now += random.nextInt(4_000);
        for (String name : machines.keySet()) {
            if (machines.get(name).beating && random.nextInt(4) > 0) {
                beat(name);
            }
        }
        switch (random.nextInt(8)) {
            case 0 -> disturb();
            case 1 -> judgeJob();
            case 2, 3 -> offer();
            case 4 -> endTasks(2);
            case 5 -> underWay.add(plan());
            default -> {
                if (!underWay.isEmpty()) {
                    deliver();
                }
            }
        }
        release();
        check();
    }

    private void beat(String name) {
        Machine machine = machines.get(name);
        Host host = new Host(
                PoolSketch.POOL,
                name,
                machine.incarnation,
                Amounts.of(Map.of("cpu", machine.cpu)),
                machine.labels,
                0,
                now);
        HeartbeatAnswer answer = table.heartbeat(host, POLICY, now);
        if (answer.kind() == HeartbeatAnswer.Kind.REFUSED) {
            machine.incarnation++;
        } else {
            machine.lastBeat = now;
        }
        assertThat(answer.released()).allMatch(booking -> booking.incarnation() < machine.incarnation);
        answer.released().forEach(this::lose);
    }

    private void disturb() {
        Machine machine = List.copyOf(machines.values()).get(random.nextInt(machines.size()));
        switch (random.nextInt(4)) {
            case 0 -> machine.beating = false;
            case 1 -> machine.beating = true;
            case 2 -> {
                machine.beating = true;
                machine.incarnation++;
            }
            // A host without amounts takes no tasks, not even those that need nothing.
            default -> machine.cpu = random.nextInt(3) == 0 ? 0 : 1L + random.nextInt(8);
        }
    }

    private void judgeJob() {
        JobsNow.Standing[] standings = JobsNow.Standing.values();
        if (nextOrder == 1) {
            return;
        }
        long job = 1L + random.nextInt((int) nextOrder - 1);
        JobsNow.Standing standing = standings[random.nextInt(standings.length)];
        jobs.standings.put(job, standing);
        if (standing == JobsNow.Standing.CANCELLED || standing == JobsNow.Standing.FINALIZED) {
            queued.keySet().removeIf(task -> task.job() == job);
        }
        if (random.nextInt(20) == 0) {
            jobs.session++;
            queued.clear();
            List.copyOf(running.values()).forEach(booking -> end(booking.task()));
        }
    }

    private void offer() {
        int gangSize = random.nextInt(3) == 0 ? 2 + random.nextInt(3) : 1;
        Requirement requirement = new Requirement(
                Amounts.of(Map.of("cpu", (long) random.nextInt(4))),
                random.nextInt(4) == 0 ? Map.of("zone", "a") : Map.of());
        add(new Offer(
                nextOrder,
                nextOrder,
                1,
                jobs.session,
                0,
                0,
                gangSize * (1 + random.nextInt(3)),
                0,
                requirement,
                random.nextInt(3),
                gangSize,
                random.nextBoolean() ? -1 : random.nextInt(20_000),
                random.nextInt(4) > 0));
    }

    private void add(Offer offer) {
        nextOrder++;
        for (int task = offer.firstTask(); task < offer.firstTask() + offer.tasks(); task++) {
            queued.put(offer.task(task), offer);
        }
    }

    private void endTasks(int most) {
        for (int ended = 0; ended < most && !running.isEmpty(); ended++) {
            end(List.copyOf(running.keySet()).get(random.nextInt(running.size())));
        }
    }

    private void end(TaskRef task) {
        assertThat(table.end(task)).contains(running.remove(task));
    }

    /** The whole gangs, and the single tasks, that wait. */
    private List<Offer> offers() {
        TreeMap<Long, TreeSet<Integer>> left = new TreeMap<>();
        Map<Long, Offer> byOrder = new HashMap<>();
        queued.forEach((task, offer) -> {
            if (jobs.standing(task.job()) == JobsNow.Standing.OPEN) {
                byOrder.put(offer.order(), offer);
                left.computeIfAbsent(offer.order(), order -> new TreeSet<>()).add(task.task());
            }
        });
        List<Offer> offers = new ArrayList<>();
        left.forEach((order, tasks) -> {
            int first = tasks.first();
            int behind = first;
            while (tasks.contains(behind)) {
                behind++;
            }
            Offer whole = byOrder.get(order);
            offers.add(new Offer(
                    order,
                    whole.job(),
                    whole.group(),
                    whole.session(),
                    whole.stage(),
                    first,
                    behind - first,
                    whole.attempt(),
                    whole.requirement(),
                    whole.priority(),
                    whole.gangSize(),
                    whole.expectedMs(),
                    whole.preemptible()));
        });
        return offers;
    }

    private Plan plan() {
        return Planner.plan(table.snapshot(offers(), reservations, POLICY, now), POLICY.withPreemption(preemption));
    }

    private void deliver() {
        Plan plan = underWay.remove(random.nextInt(underWay.size()));
        switch (random.nextInt(8)) {
            case 0 -> {}
            case 1 -> {
                apply(plan);
                underWay.add(plan);
            }
            default -> apply(plan);
        }
    }

    private void apply(Plan plan) {
        Reconciled result = Reconciler.reconcile(plan, table, present, POLICY.withPreemption(preemption), now);
        reservations = plan.reservations();
        dropped +=
                result.dropped().values().stream().mapToInt(Integer::intValue).sum();
        preempt(result);
        Set<String> hosts = new HashSet<>();
        Map<TaskRef, Integer> members = new HashMap<>();
        for (Booking booking : result.kept()) {
            Machine machine = machines.get(booking.host());
            Offer offer = queued.remove(booking.task());
            assertThat(offer).as("%s waits", booking.task()).isNotNull();
            assertThat(jobs.standing(booking.task().job())).isEqualTo(JobsNow.Standing.OPEN);
            assertThat(booking.task().session()).isEqualTo(jobs.session);
            assertThat(now - machine.lastBeat).isLessThanOrEqualTo(POLICY.silentAfterMs());
            assertThat(offer.requirement().suits(machine.labels)).isTrue();
            assertThat(total(booking.host()))
                    .as("amounts of %s", booking.host())
                    .isPositive();
            assertThat(running.put(booking.task(), booking)).as("booked twice").isNull();
            table.book(booking);
            if (booking.needs().of("cpu") > 0) {
                // A task that needs nothing may go to a host that has shrunk below what is booked.
                hosts.add(booking.host());
            }
            members.merge(offer.task(booking.firstOfGang()), 1, Integer::sum);
            booked++;
        }
        result.kept().forEach(booking -> assertThat(members.get(new TaskRef(
                        booking.task().job(),
                        booking.task().session(),
                        booking.firstOfGang(),
                        booking.task().attempt())))
                .as("members of the gang of %s", booking)
                .isEqualTo(booking.gangSize()));
        for (String host : hosts) {
            assertThat(used(host)).as("P1 on %s", host).isLessThanOrEqualTo(total(host));
        }
    }

    private void preempt(Reconciled result) {
        assertThat(result.preempted()).hasSizeLessThanOrEqualTo(preemption);
        for (Preempted each : result.preempted()) {
            Booking victim = each.victim();
            assertThat(victim.preemptible()).isTrue();
            assertThat(victim.priority()).isLessThan(each.by().priority());
            assertThat(result.kept()).contains(each.by());
            assertThat(running).containsEntry(victim.task(), victim);
            assertThat(table.end(victim.task())).contains(victim);
            lose(victim);
            preempted++;
        }
        for (Preempted each : result.preempted()) {
            TaskRef task = each.victim().task();
            assertThat(running.values())
                    .as("gangs go whole")
                    .noneMatch(booking -> booking.task().job() == task.job()
                            && booking.task().session() == task.session()
                            && booking.task().attempt() == task.attempt()
                            && booking.firstOfGang() == each.victim().firstOfGang());
        }
    }

    private long total(String host) {
        return table.host(host).orElseThrow().total().of("cpu");
    }

    private long used(String host) {
        return running.values().stream()
                .filter(booking -> booking.host().equals(host))
                .mapToLong(booking -> booking.needs().of("cpu"))
                .sum();
    }

    private void release() {
        for (Booking booking : table.release(POLICY, now)) {
            assertThat(now - machines.get(booking.host()).lastBeat)
                    .as("P4: silence of %s", booking.host())
                    .isGreaterThan(POLICY.silentAfterMs() + POLICY.safetyMs());
            lose(booking);
        }
    }

    /** A lost task is ready again, alone and with the next attempt. */
    private void lose(Booking booking) {
        TaskRef task = booking.task();
        assertThat(running.remove(task)).isEqualTo(booking);
        lost++;
        if (task.session() == jobs.session
                && jobs.standing(task.job()) != JobsNow.Standing.CANCELLED
                && jobs.standing(task.job()) != JobsNow.Standing.FINALIZED) {
            add(new Offer(
                    nextOrder,
                    task.job(),
                    1,
                    task.session(),
                    0,
                    task.task(),
                    1,
                    task.attempt() + 1,
                    new Requirement(booking.needs(), Map.of()),
                    booking.priority(),
                    1,
                    -1,
                    booking.preemptible()));
        }
    }

    private void check() {
        assertThat(table.bookings()).containsExactlyInAnyOrderElementsOf(running.values());
        for (Host host : table.hosts()) {
            assertThat(table.free(host.name(), "cpu")).isEqualTo(total(host.name()) - used(host.name()));
        }
    }

    /** All disturbances end; every task of a job that is open gets a place in bounded time. */
    void settle() {
        jobs.standings.replaceAll(
                (job, standing) -> standing == JobsNow.Standing.PAUSED ? JobsNow.Standing.OPEN : standing);
        for (Machine machine : machines.values()) {
            machine.beating = true;
            machine.cpu = 12;
        }
        machines.put("last", new Machine(12, Map.of("zone", "a")));
        underWay.clear();
        for (int round = 0; !queued.isEmpty(); round++) {
            assertThat(round).as("rounds with %s", queued).isLessThan(500);
            now += 3_000;
            machines.keySet().forEach(this::beat);
            apply(plan());
            endTasks(5);
            release();
            check();
        }
    }
}
