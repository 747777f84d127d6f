package io.yardmaster.core.placement;

import static io.yardmaster.core.placement.PoolSketch.NOW;
import static io.yardmaster.core.placement.PoolSketch.POLICY;
import static io.yardmaster.core.placement.PoolSketch.POOL;
import static io.yardmaster.core.placement.PoolSketch.amounts;
import static io.yardmaster.core.placement.PoolSketch.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.placement.JobsNow.Standing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconcilerTest {
    private final HostTable hosts = new HostTable(POOL);
    private final JobsSketch jobs = new JobsSketch();
    private final PoolSketch pool = new PoolSketch();

    @BeforeEach
    void twoHosts() {
        hosts.heartbeat(host("a", "cpu=2"), POLICY, NOW);
        hosts.heartbeat(host("b", "cpu=3"), POLICY, NOW);
    }

    private Plan plan() {
        return Planner.plan(hosts.snapshot(pool.offers, List.of(), POLICY, NOW), POLICY);
    }

    private Reconciled reconcile(Plan plan) {
        return Reconciler.reconcile(plan, hosts, jobs, POLICY, NOW + 1_000);
    }

    private static Map<PlacementDropReason, Integer> dropped(PlacementDropReason reason, int tasks) {
        return Map.of(reason, tasks);
    }

    private static Booking other(String host, String needs) {
        return new Booking(
                new TaskRef(99, 0, 0, 0),
                host,
                1,
                Amounts.of(amounts(needs)),
                0,
                false,
                0,
                1,
                NOW,
                Booking.NEVER,
                Booking.NO_RESERVATION);
    }

    @Test
    void P3_aDecisionThatHoldsBecomesABooking() {
        Offer offer = pool.offer("cpu=1", 4);

        Reconciled result = reconcile(plan());

        assertThat(result.kept()).extracting(Booking::host).containsExactly("a", "a", "b", "b");
        assertThat(result.kept())
                .extracting(Booking::task)
                .containsExactly(offer.task(0), offer.task(1), offer.task(2), offer.task(3));
        assertThat(result.dropped()).isEmpty();
        result.kept().forEach(hosts::book);
        assertThat(hosts.bookings()).hasSize(4);
    }

    @Test
    void P3_tasksThatNeedNothingAreDroppedIfTheirHostTakesNoTasksAnyMore() {
        pool.offer("cpu=0", 2);
        Plan plan = plan();
        assertThat(plan.placings()).extracting(Placing::host).containsOnly("a");
        hosts.heartbeat(host("a", "cpu=0"), POLICY, NOW);

        Reconciled result = reconcile(plan);

        assertThat(result.kept()).isEmpty();
        assertThat(result.dropped()).isEqualTo(dropped(PlacementDropReason.HOST_GONE, 2));
    }

    @Test
    void P3_tasksOfJobsThatMayNotRunAreDropped() {
        Map.of(
                        Standing.CANCELLED, PlacementDropReason.JOB_CANCELLED,
                        Standing.PAUSED, PlacementDropReason.JOB_PAUSED,
                        Standing.FINALIZED, PlacementDropReason.JOB_FINALIZED)
                .forEach((standing, reason) -> {
                    pool.offers.clear();
                    Offer offer = pool.offer("cpu=1", 3);
                    Plan plan = plan();
                    jobs.standings.put(offer.job(), standing);

                    Reconciled result = reconcile(plan);

                    assertThat(result.kept()).isEmpty();
                    assertThat(result.dropped()).isEqualTo(dropped(reason, 3));
                });
    }

    @Test
    void P3_aTaskThatDoesNotWaitAnyMoreIsDroppedAlone() {
        Offer offer = pool.offer("cpu=1", 3);
        Plan plan = plan();
        jobs.notQueued.add(offer.task(1));

        Reconciled result = reconcile(plan);

        assertThat(result.kept()).extracting(Booking::task).containsExactly(offer.task(0), offer.task(2));
        assertThat(result.dropped()).isEqualTo(dropped(PlacementDropReason.NOT_QUEUED, 1));
    }

    @Test
    void P3_tasksOfAnOlderSessionAreDropped() {
        pool.offer("cpu=1", 3);
        Plan plan = plan();
        jobs.session = 1;

        assertThat(reconcile(plan).dropped()).isEqualTo(dropped(PlacementDropReason.OLD_SESSION, 3));
    }

    @Test
    void P3_hostsThatAreGoneOrSilentOrOtherIncarnationsGetNothing() {
        pool.offer("cpu=1", 5);
        Plan plan = plan();
        Host b = host("b", "cpu=3");
        hosts.heartbeat(new Host(POOL, "b", 2, b.total(), Map.of(), 0, NOW), POLICY, NOW);

        assertThat(Reconciler.reconcile(plan, hosts, jobs, POLICY, NOW + POLICY.silentAfterMs() + 1)
                        .dropped())
                .isEqualTo(Map.of(PlacementDropReason.HOST_SILENT, 2, PlacementDropReason.HOST_RESTARTED, 3));
        long late = NOW + POLICY.silentAfterMs() + POLICY.safetyMs() + 1;
        hosts.release(POLICY, late);
        assertThat(Reconciler.reconcile(plan, hosts, jobs, POLICY, late).dropped())
                .isEqualTo(dropped(PlacementDropReason.HOST_GONE, 5));
    }

    @Test
    void P3_aHostThatHasLessRoomNowGetsAsMuchAsFits() {
        pool.offer("cpu=1", 5);
        Plan plan = plan();
        hosts.book(other("b", "cpu=2"));

        Reconciled result = reconcile(plan);

        assertThat(result.kept()).extracting(Booking::host).containsExactly("a", "a", "b");
        assertThat(result.dropped()).isEqualTo(dropped(PlacementDropReason.NO_ROOM, 2));
        result.kept().forEach(hosts::book);
    }

    @Test
    void P3_aHostWhoseLabelsChangedGetsNothing() {
        HostTable labelled = new HostTable(POOL);
        labelled.heartbeat(host("a", "cpu=2", Map.of("zone", "a")), POLICY, NOW);
        pool.offer(new Requirement(Amounts.of(amounts("cpu=1")), Map.of("zone", "a")), 1, 1, 0, -1);
        Plan plan = Planner.plan(labelled.snapshot(pool.offers, List.of(), POLICY, NOW), POLICY);
        labelled.heartbeat(host("a", "cpu=2", Map.of("zone", "b")), POLICY, NOW);

        assertThat(Reconciler.reconcile(plan, labelled, jobs, POLICY, NOW).dropped())
                .isEqualTo(dropped(PlacementDropReason.LABELS_CHANGED, 1));
    }

    @Test
    void P3_aGangIsKeptAsAWholeOrNotAtAll() {
        Offer gang = pool.gang("cpu=1", 4);
        Offer single = pool.offer("cpu=1", 1);
        Plan plan = plan();
        jobs.notQueued.add(gang.task(2));

        Reconciled result = reconcile(plan);

        assertThat(result.kept()).extracting(Booking::task).containsExactly(single.task(0));
        assertThat(result.dropped())
                .isEqualTo(Map.of(PlacementDropReason.NOT_QUEUED, 1, PlacementDropReason.GANG_BROKEN, 3));
    }

    @Test
    void P3_theRoomOfABrokenGangIsFreeForTheNext() {
        Offer gang = pool.gang("cpu=1", 2);
        Offer single = pool.offer("cpu=1", 2);
        jobs.notQueued.add(gang.task(1));
        List<Placing> placings = List.of(
                new Placing(gang, 0, 2, "a", 1, Booking.NO_RESERVATION),
                new Placing(single, 0, 2, "a", 1, Booking.NO_RESERVATION));

        Reconciled result = reconcile(new Plan(NOW, placings, List.of(), List.of(), new PlanCounters(4, 0, 0, 0)));

        assertThat(result.kept()).extracting(Booking::task).containsExactly(single.task(0), single.task(1));
    }

    @Test
    void P3_whatIsKeptHasThePriorityOfNow() {
        Offer offer = pool.offer("cpu=1", 1);
        Plan plan = plan();
        jobs.priorities.put(offer.job(), 9);

        assertThat(reconcile(plan).kept()).extracting(Booking::priority).containsExactly(9);
    }

    @Test
    void P1_aPlanThatIsAppliedTwiceBooksOnce() {
        pool.offer("cpu=1", 3);
        Plan plan = plan();
        reconcile(plan).kept().forEach(hosts::book);

        assertThat(reconcile(plan).dropped()).isEqualTo(dropped(PlacementDropReason.BOOKED, 3));
    }

    private static final PlacementPolicy PREEMPTING = POLICY.withPreemption(2);

    private Booking book(long job, String host, long incarnation, String needs) {
        Booking booking = new Booking(
                new TaskRef(job, 0, 0, 0),
                host,
                incarnation,
                Amounts.of(amounts(needs)),
                0,
                true,
                0,
                1,
                job,
                Booking.NEVER,
                Booking.NO_RESERVATION);
        hosts.book(booking);
        return booking;
    }

    private Plan preempting() {
        return Planner.plan(hosts.snapshot(pool.offers, List.of(), POLICY, NOW), PREEMPTING);
    }

    private Reconciled reconcile(Plan plan, PlacementPolicy policy) {
        return Reconciler.reconcile(plan, hosts, jobs, policy, NOW + 1_000);
    }

    @Test
    void P3_aTaskGetsThePlaceOfItsVictim() {
        Booking victim = book(50, "b", 1, "cpu=3");
        Offer head = pool.offer(PoolSketch.needs("cpu=3"), 1, 1, 1, -1);

        Reconciled result = reconcile(preempting(), PREEMPTING);

        assertThat(result.kept()).extracting(Booking::task).containsExactly(head.task(0));
        assertThat(result.preempted())
                .containsExactly(new Preempted(victim, result.kept().get(0)));
        assertThat(result.dropped()).isEmpty();
    }

    @Test
    void P3_aVictimThatHasEndedOrRunsElsewhereMakesTheDecisionVoid() {
        Booking victim = book(50, "b", 1, "cpu=3");
        pool.offer(PoolSketch.needs("cpu=3"), 1, 1, 1, -1);
        Plan plan = preempting();
        hosts.end(victim.task());
        assertThat(reconcile(plan, PREEMPTING).dropped()).isEqualTo(dropped(PlacementDropReason.VICTIM_GONE, 1));
        assertThat(reconcile(plan, PREEMPTING).preempted()).isEmpty();

        hosts.heartbeat(new Host(POOL, "b", 2, Amounts.of(amounts("cpu=3")), Map.of(), 0, NOW), POLICY, NOW);
        book(50, "b", 2, "cpu=3");
        assertThat(reconcile(plan, PREEMPTING).dropped())
                .as("of another incarnation")
                .isEqualTo(dropped(PlacementDropReason.VICTIM_GONE, 1));
    }

    @Test
    void P3_aTaskWhosePriorityIsNotHigherAnyMoreTakesNoPlace() {
        book(50, "b", 1, "cpu=3");
        Offer head = pool.offer(PoolSketch.needs("cpu=3"), 1, 1, 1, -1);
        Plan plan = preempting();
        jobs.priorities.put(head.job(), 0);

        assertThat(reconcile(plan, PREEMPTING).dropped()).isEqualTo(dropped(PlacementDropReason.VICTIM_GONE, 1));
    }

    @Test
    void P3_noMoreTasksLoseTheirPlacesThanThePolicyAllowsNow() {
        book(50, "a", 1, "cpu=2");
        book(51, "b", 1, "cpu=3");
        pool.offer(PoolSketch.needs("cpu=2"), 2, 1, 1, -1);
        Plan plan = preempting();
        assertThat(reconcile(plan, PREEMPTING).preempted()).hasSize(2);

        Reconciled result = reconcile(plan, POLICY.withPreemption(1));

        assertThat(result.preempted()).hasSize(1);
        assertThat(result.kept()).hasSize(1);
        assertThat(result.dropped()).isEqualTo(dropped(PlacementDropReason.PREEMPTION_LIMIT, 1));
        assertThat(reconcile(plan, POLICY).preempted()).isEmpty();
    }

    @Test
    void P3_nobodyLosesAPlaceForATaskThatDoesNotWaitAnyMore() {
        Booking victim = book(50, "b", 1, "cpu=3");
        Offer head = pool.offer(PoolSketch.needs("cpu=3"), 1, 1, 1, -1);
        Plan plan = preempting();
        jobs.notQueued.add(head.task(0));

        Reconciled result = reconcile(plan, PREEMPTING);

        assertThat(result.preempted()).isEmpty();
        assertThat(result.dropped()).isEqualTo(dropped(PlacementDropReason.NOT_QUEUED, 1));
        assertThat(hosts.booking(victim.task())).contains(victim);
    }
}
