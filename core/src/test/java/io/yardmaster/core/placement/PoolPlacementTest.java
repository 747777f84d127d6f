package io.yardmaster.core.placement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.HeapStorage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PoolPlacementTest {
    private static final String POOL = "gpu";
    private static final long GROUP = 7;
    private static final long SILENCE = 40_001;

    private final HeapStorage storage = new HeapStorage();
    private final List<String> output = new ArrayList<>();
    private final List<String> released = new ArrayList<>();
    private final Deque<Runnable> requested = new ArrayDeque<>();
    private final PlacementPolicy policy = PlacementPolicy.DEFAULT;
    private long now = 1_000_000;
    private int preemptions;
    private Optional<PlacementStrategy> strategy = Optional.empty();
    private PoolPlacement placement = restarted(true);

    /** Another one on the state of this one, whose transaction has ended. */
    private PoolPlacement restarted(boolean atOnce) {
        if (placement != null) {
            placement.flush();
        }
        return new PoolPlacement(
                storage,
                policy,
                new PoolChoices() {
                    @Override
                    public int preemptions(String pool) {
                        return preemptions;
                    }

                    @Override
                    public Optional<PlacementStrategy> strategy(String pool) {
                        return strategy;
                    }
                },
                atOnce ? Runnable::run : requested::add,
                () -> now,
                new PlacementOutput() {
                    @Override
                    public void assigned(OfferedUnit unit, TaskRef task, Host host) {
                        output.add("%s.%s on %s as %s %s"
                                .formatted(
                                        task.job(),
                                        task.task(),
                                        host.name(),
                                        unit.assignment(task),
                                        new String(unit.envelope(), UTF_8)));
                    }

                    @Override
                    public void returned(
                            String pool, TaskRef task, long group, long assignment, boolean killed, String reason) {
                        String what = killed ? "killed" : "back";
                        output.add("%s.%s %s: %s".formatted(task.job(), task.task(), what, reason));
                    }

                    @Override
                    public void lost(String pool, PlacedTask task, String reason) {
                        TaskRef ref = task.booking().task();
                        output.add("%s.%s lost as %s: %s".formatted(ref.job(), ref.task(), task.assignment(), reason));
                    }

                    @Override
                    public void preempted(String pool, PlacedTask task, String reason) {
                        lost(pool, task, reason);
                    }

                    @Override
                    public void released(String pool, String host) {
                        released.add(host);
                    }

                    @Override
                    public void planned(PlanReport report) {}

                    @Override
                    public void failed(String pool, Throwable error) {
                        output.add("failed " + error.getMessage());
                    }
                },
                now);
    }

    private HeartbeatAnswer beat(String name, long incarnation, long cpu) {
        return placement.heartbeat(
                new Host(POOL, name, incarnation, Amounts.of(Map.of("cpu", cpu)), Map.of(), 3, now), now);
    }

    private void offer(long job, int first, int tasks, long cpu, long session) {
        offer(job, first, tasks, cpu, session, 0);
    }

    private void offer(long job, int first, int tasks, long cpu, long session, int priority) {
        Requirement needs = Requirement.of(Map.of("cpu", cpu));
        Offer offer = new Offer(0, job, GROUP, session, 0, first, tasks, 0, needs, priority, tasks, -1, priority == 0);
        List<Long> ids = LongStream.range(0, tasks)
                .mapToObj(each -> 100 * job + first + each)
                .toList();
        placement.offer(POOL, new OfferedUnit(offer, ids, "e".getBytes(UTF_8)));
    }

    private List<String> tick() {
        now += 100;
        placement.tick(now);
        List<String> made = List.copyOf(output);
        output.clear();
        return made;
    }

    private void ended(TaskRef task, long assignment) {
        placement.ended(POOL, task, assignment, false, now);
    }

    private static TaskRef task(long job, int task) {
        return new TaskRef(job, 0, task, 0);
    }

    @Test
    void P1_tasksGetPlacesInTheirOrderAsLongAsThereIsRoom() {
        beat("h1", 1, 2);
        offer(1, 0, 1, 1, 0);
        offer(1, 1, 1, 1, 0);
        offer(2, 0, 1, 1, 0);
        assertThat(tick()).containsExactly("1.0 on h1 as 100 e", "1.1 on h1 as 101 e");
        assertThat(tick()).isEmpty();
        assertThat(placement.view().explain(POOL, task(2, 0), now))
                .contains("needs cpu=1; the largest free is 0 on host h1; 1 host would fit when empty");

        ended(task(1, 0), 100);
        assertThat(tick()).containsExactly("2.0 on h1 as 200 e");
        assertThat(placement.view().bookings(POOL)).hasSize(2);
        assertThat(placement.view().waiting(POOL)).isZero();
    }

    @Test
    void P3_tasksThatAreWithdrawnWhileAPlanIsMadeAreNotPlaced() {
        placement = restarted(false);
        beat("h1", 1, 9);
        offer(1, 0, 1, 1, 0);
        offer(2, 0, 1, 1, 0);
        offer(3, 0, 1, 1, 0);
        offer(4, 0, 1, 1, 0);
        assertThat(tick()).isEmpty();
        placement.withdraw(POOL, 1, -1, 0, true, "job 1 was cancelled");
        placement.withdraw(POOL, 2, -1, 0, false, "job 2 is paused");
        ended(task(3, 0), 300);
        assertThat(output).containsExactly("1.0 killed: job 1 was cancelled", "2.0 back: job 2 is paused");
        output.clear();
        requested.remove().run();
        assertThat(tick()).containsExactly("4.0 on h1 as 400 e");
    }

    @Test
    void P3_aTaskThatIsOfferedAnewWithItsGangWhileAPlanIsMadeIsNotPlacedAlone() {
        placement = restarted(false);
        beat("h1", 1, 9);
        offer(1, 0, 1, 1, 0);
        tick();
        placement.withdraw(POOL, 1, -1, 0, false, "job 1 is paused");
        offer(1, 0, 2, 1, 0);
        output.clear();
        requested.remove().run();
        assertThat(tick()).as("the plan is of the first offer").isEmpty();
        requested.remove().run();
        assertThat(tick()).containsExactly("1.0 on h1 as 100 e", "1.1 on h1 as 101 e");
    }

    @Test
    void P3_aRangeOfTasksIsWithdrawnWithTheGangsThatItMeets() {
        offer(1, 0, 1, 1, 0);
        offer(1, 1, 3, 1, 0);
        offer(1, 4, 1, 1, 0);
        offer(2, 2, 1, 1, 0);
        placement.withdraw(POOL, 1, 2, 2, true, "it failed");
        assertThat(output).containsExactly("1.1 killed: it failed", "1.2 killed: it failed", "1.3 killed: it failed");
        assertThat(placement.view().waiting(POOL)).isEqualTo(3);
        output.clear();
        placement.recall(POOL, "the pool is paused");
        assertThat(output).hasSize(3).allMatch(line -> line.endsWith("back: the pool is paused"));
        assertThat(placement.waitingPools()).isEmpty();
    }

    @Test
    void P3_aNewPriorityHoldsForTasksThatWait() {
        offer(1, 0, 1, 1, 0);
        offer(2, 0, 1, 1, 0);
        offer(2, 1, 1, 1, 0);
        placement.prioritize(POOL, 2, 5);
        placement = restarted(true);
        beat("h1", 1, 3);
        assertThat(tick()).containsExactly("2.0 on h1 as 200 e", "2.1 on h1 as 201 e", "1.0 on h1 as 100 e");
    }

    @Test
    void P1_theEndOfAnEarlierAssignmentOfATaskEndsNoOther() {
        beat("h1", 1, 1);
        offer(1, 0, 1, 1, 0);
        tick();
        ended(task(1, 0), 99);
        assertThat(placement.view().bookings(POOL)).hasSize(1);
        ended(task(1, 0), 100);
        assertThat(placement.view().bookings(POOL)).isEmpty();
    }

    @Test
    void P4_aHostThatIsSilentLosesItsTasksAndMustStartAnew() {
        beat("h1", 1, 9);
        offer(1, 0, 1, 1, 0);
        assertThat(tick()).containsExactly("1.0 on h1 as 100 e");
        now += SILENCE;
        assertThat(tick()).containsExactly("1.0 lost as 100: host h1 was silent for 40 s");
        assertThat(released).containsExactly("h1");
        assertThat(beat("h1", 1, 9).kind()).isEqualTo(HeartbeatAnswer.Kind.RELEASED);
        assertThat(beat("h1", 2, 9).kind()).isEqualTo(HeartbeatAnswer.Kind.JOINED);
        offer(1, 0, 1, 1, 0);
        assertThat(tick()).containsExactly("1.0 on h1 as 100 e");
        assertThat(beat("h1", 3, 9).kind()).isEqualTo(HeartbeatAnswer.Kind.RESTARTED);
        assertThat(tick()).containsExactly("1.0 lost as 100: host h1 has started anew");
        assertThat(beat("h1", 2, 9).kind()).isEqualTo(HeartbeatAnswer.Kind.REPLACED);
    }

    @Test
    void P5_aGangStartsAsAWholeAndItsRoomIsKept() {
        beat("h1", 1, 2);
        beat("h2", 1, 2);
        offer(1, 0, 1, 2, 0);
        assertThat(tick()).hasSize(1);
        offer(2, 0, 4, 1, 0);
        offer(3, 0, 1, 1, 0);
        assertThat(tick())
                .as("the gang waits for room, which job 3 must not take")
                .isEmpty();
        placement = restarted(true);
        assertThat(tick()).as("nor after a failover").isEmpty();
        ended(task(1, 0), 100);
        assertThat(tick()).hasSize(4).allMatch(made -> made.startsWith("2."));
        assertThat(placement.view().waiting(POOL)).isEqualTo(1);
    }

    @Test
    void P7_bookingsOffersAndHostsSurviveAFailover() {
        beat("h1", 1, 2);
        offer(1, 0, 1, 1, 0);
        offer(1, 1, 1, 1, 0);
        offer(2, 0, 2, 1, 0);
        assertThat(tick()).hasSize(2);
        beat("gone", 5, 0);
        now += SILENCE / 2;
        beat("h1", 1, 2);
        now += SILENCE / 2 + 1;
        assertThat(tick()).isEmpty();

        placement = restarted(true);
        now += SILENCE / 2;
        assertThat(tick())
                .as("nobody is taken for silent who was not listened to")
                .isEmpty();
        assertThat(placement.view().bookings(POOL)).hasSize(2);
        assertThat(placement.view().waiting(POOL)).isEqualTo(2);
        assertThat(beat("gone", 5, 1).kind()).isEqualTo(HeartbeatAnswer.Kind.RELEASED);
        ended(task(1, 0), 100);
        assertThat(tick()).isEmpty();
        ended(task(1, 1), 101);
        beat("h1", 1, 2);
        assertThat(tick()).containsExactly("2.0 on h1 as 200 e", "2.1 on h1 as 201 e");
    }

    @Test
    void P7_reservationsSurviveAFailover() {
        Reservation kept = new Reservation(-3, 17, 4, 1_000, 2_000, Map.of("h1", 2, "h2", 1));
        Reservation other = new Reservation(5, 18, 0, 1_000, 1_000, Map.of("h3", 1));
        PoolState state = new PoolState(storage);
        state.put(POOL, List.of(), List.of(kept, other));
        state.put(POOL, List.of(kept, other), List.of(kept));
        PoolBook book = new PoolBook(POOL, () -> 0);
        new PoolState(storage).restore(pool -> book, now);
        assertThat(book.reservations()).containsExactly(kept);
    }

    @Test
    void P7_offersThatCameAfterTheLatestTickAreNeitherLostNorOverwrittenByOthers() {
        beat("h1", 1, 3);
        offer(1, 0, 1, 1, 4);
        placement = restarted(true);
        assertThat(placement.session()).isEqualTo(4);
        offer(2, 0, 1, 1, 4);
        placement = restarted(true);
        assertThat(tick()).containsExactly("1.0 on h1 as 100 e", "2.0 on h1 as 200 e");
    }

    @Test
    void P7_aPlanThatIsLostInAFailoverIsMadeAgain() {
        placement = restarted(false);
        beat("h1", 1, 2);
        offer(1, 0, 1, 1, 0);
        tick();
        placement = restarted(true);
        assertThat(tick()).containsExactly("1.0 on h1 as 100 e");
    }

    @Test
    void P6_aPoolInWhichNothingFittedIsNotPlannedAgainBeforeItsBackOffEnds() {
        placement = restarted(false);
        beat("h1", 1, 1);
        offer(1, 0, 1, 2, 0);
        tick();
        requested.remove().run();
        for (int ticks = 0; ticks < 29; ticks++) {
            tick();
        }
        assertThat(requested).isEmpty();
        tick();
        tick();
        assertThat(requested).hasSize(1);
        requested.remove().run();
        tick();
        beat("h2", 1, 2);
        tick();
        assertThat(requested).as("a host has come").hasSize(1);
    }

    @Test
    void P6_theHeartbeatsOfAnOverbookedHostCauseNoPlan() {
        placement = restarted(false);
        beat("h1", 1, 2);
        offer(1, 0, 1, 2, 0);
        tick();
        requested.remove().run();
        assertThat(tick()).hasSize(1);
        beat("h1", 1, 1);
        offer(2, 0, 1, 1, 0);
        tick();
        requested.remove().run();
        tick();
        beat("h1", 1, 1);
        tick();
        assertThat(requested).isEmpty();
    }

    @Test
    void P4_aHostThatStopsInOrderIsNoLostOne() {
        beat("h1", 1, 2);
        offer(1, 0, 1, 1, 0);
        assertThat(tick()).hasSize(1);
        assertThat(beat("h1", 2, 0).kind()).isEqualTo(HeartbeatAnswer.Kind.RESTARTED);
        assertThat(tick()).containsExactly("1.0 lost as 100: host h1 has started anew");
        beat("h2", 1, 2);
        now += SILENCE / 2;
        beat("h2", 1, 2);
        assertThat(placement.view().pools(now)).singleElement().satisfies(pool -> {
            assertThat(pool.hosts()).isEqualTo(1);
            assertThat(pool.silentHosts()).isZero();
        });
        assertThat(placement.view().hosts(POOL, "", 9, now).orElseThrow().page())
                .extracting(HostLine::name)
                .containsExactly("h2");
        now += SILENCE / 2;
        beat("h2", 1, 2);
        assertThat(tick()).isEmpty();
        assertThat(released).isEmpty();
        assertThat(beat("h1", 2, 2).kind()).isEqualTo(HeartbeatAnswer.Kind.RELEASED);
    }

    @Test
    void aHostWithoutAmountsAndTasksIsForgottenWhenSomebodyKnowsThatItIsGone() {
        beat("h1", 1, 2);
        beat("h2", 1, 2);
        placement.forget(POOL, "h1");
        assertThat(placement.view().host(POOL, "h1")).as("it has amounts").isPresent();
        beat("h1", 2, 0);
        placement.forget(POOL, "h1");
        placement.forget(POOL, "h3");
        assertThat(placement.view().host(POOL, "h1")).isEmpty();
        placement = restarted(true);
        assertThat(placement.view().host(POOL, "h1")).isEmpty();
        assertThat(placement.view().host(POOL, "h2")).isPresent();
        assertThat(beat("h1", 2, 2).kind()).isEqualTo(HeartbeatAnswer.Kind.JOINED);
    }

    @Test
    void aPoolThatIsTooLargeForAnEstimateTellsOfTheJobAlone() {
        beat("h1", 1, 2);
        beat("h2", 1, 0);
        offer(1, 0, 1, 1, 0);
        tick();
        offer(1, 1, 2, 4, 0);
        offer(2, 0, 1, 4, 0);
        PoolLoad load = loads(1, 2, 4).get(0);
        assertThat(load.complete()).isTrue();
        assertThat(load.hosts())
                .containsExactly(
                        new PoolLoad.OfHost("h1", Map.of("cpu", 2L), Map.of()),
                        new PoolLoad.OfHost("h2", Map.of(), Map.of()));
        assertThat(load.placed()).extracting(PoolLoad.Placed::host).containsExactly("h1");
        assertThat(load.waiting()).extracting(PoolLoad.Waiting::tasks).containsExactly(2, 1);
        now += SILENCE / 2;
        assertThat(loads(1, 2, 4).get(0).hosts().get(0).total())
                .as("a silent host gets no new tasks")
                .isEmpty();
        PoolLoad incomplete = new PoolLoad(POOL, false, 1, 2, List.of(), List.of(), List.of(), List.of());
        assertThat(loads(1, 1, 4)).containsExactly(incomplete);
        assertThat(loads(1, 2, 3)).containsExactly(incomplete);
        assertThat(placement.view().loads(Set.of("other"), 1, 2, 4, now)).isEmpty();
    }

    private List<PoolLoad> loads(long job, int mostHosts, int mostTasks) {
        return placement.view().loads(Set.of(POOL), job, mostHosts, mostTasks, now);
    }

    @Test
    void P5_aGangThatIsWithdrawnLeavesNothingReserved() {
        beat("h1", 1, 2);
        offer(1, 0, 1, 2, 0);
        tick();
        offer(2, 0, 2, 1, 0);
        tick();
        now += 60_000;
        assertThat(placement.view().pools(now).get(0).blockedMs()).isGreaterThanOrEqualTo(60_000);
        placement.withdraw(POOL, 2, -1, 0, true, "job 2 was cancelled");
        assertThat(placement.view().pools(now).get(0).blockedMs()).isZero();
        placement = restarted(true);
        assertThat(placement.view().pools(now).get(0).blockedMs()).isZero();
    }

    @Test
    void P5_aGangThatIsWithdrawnWhileItIsPlannedHasNothingReservedByThatPlan() {
        placement = restarted(false);
        beat("h1", 1, 2);
        offer(1, 0, 1, 1, 0);
        tick();
        requested.remove().run();
        tick();
        offer(2, 0, 2, 1, 0);
        offer(3, 0, 1, 1, 0);
        tick();
        placement.withdraw(POOL, 2, -1, 0, true, "job 2 was cancelled");
        output.clear();
        requested.remove().run();
        assertThat(tick()).as("job 3 was planned beside the gang").isEmpty();
        now += 10;
        assertThat(placement.view().pools(now).get(0).blockedMs()).isZero();
        requested.remove().run();
        assertThat(tick()).containsExactly("3.0 on h1 as 300 e");
    }

    @Test
    void P3_aPriorityThatIsSetWhileAPlanIsMadeIsThatOfTheBooking() {
        placement = restarted(false);
        beat("h1", 1, 2);
        offer(1, 0, 1, 1, 0);
        tick();
        placement.prioritize(POOL, 1, 5);
        requested.remove().run();
        assertThat(tick()).hasSize(1);
        assertThat(placement.view().bookings(POOL))
                .extracting(Booking::priority)
                .containsExactly(5);
    }

    @Test
    void S11_aNewSessionVoidsWhatCameUnderOlderOnes() {
        beat("h1", 1, 1);
        offer(1, 0, 1, 1, 0);
        offer(1, 1, 1, 1, 0);
        assertThat(tick()).hasSize(1);
        offer(2, 0, 1, 1, 1);
        offer(1, 2, 1, 1, 0);
        assertThat(tick()).containsExactly("2.0 on h1 as 200 e");
        assertThat(placement.view().waiting(POOL)).isZero();
    }

    @Test
    void O7_aTaskThatAHostRefusedGoesToAnotherOneIfThereIsOne() {
        beat("h1", 1, 1);
        beat("h2", 1, 1);
        offer(1, 0, 1, 1, 0);
        assertThat(tick()).containsExactly("1.0 on h1 as 100 e");
        placement.ended(POOL, task(1, 0), 100, true, now);
        offer(1, 0, 1, 1, 0);
        offer(2, 0, 1, 1, 0);
        assertThat(tick()).containsExactly("1.0 on h2 as 100 e", "2.0 on h1 as 200 e");

        placement.ended(POOL, task(1, 0), 100, true, now);
        offer(1, 0, 1, 1, 0);
        assertThat(tick()).as("h1 is full, and h2 has refused it").isEmpty();
        assertThat(placement.view().explain(POOL, task(1, 0), now))
                .contains("needs cpu=1; the largest free is 0 on host h1; 1 host would fit when empty");
        now += Refusals.LASTING_MS;
        beat("h1", 1, 1);
        beat("h2", 1, 1);
        tick();
        assertThat(placement.view().waiting(POOL)).as("long enough").isZero();
    }

    @Test
    void O7_aTaskThatTheOnlyHostRefusedGoesThereAgain() {
        beat("h1", 1, 1);
        beat("small", 1, 0);
        offer(1, 0, 1, 1, 0);
        tick();
        placement.ended(POOL, task(1, 0), 100, true, now);
        offer(1, 0, 1, 1, 0);
        assertThat(tick()).containsExactly("1.0 on h1 as 100 e");
    }

    @Test
    void aHostThatSaysLessThanItHasBookedKeepsItsTasksAndGetsNoMore() {
        beat("h1", 1, 2);
        offer(1, 0, 1, 1, 0);
        offer(1, 1, 1, 1, 0);
        assertThat(tick()).hasSize(2);
        HeartbeatAnswer answer = beat("h1", 1, 1);
        assertThat(answer.reason())
                .isEqualTo(
                        "host h1 has cpu=1, but cpu=2 is booked: it gets no new tasks there until enough have ended");
        offer(2, 0, 1, 1, 0);
        ended(task(1, 0), 100);
        assertThat(tick()).isEmpty();
        ended(task(1, 1), 101);
        assertThat(tick()).containsExactly("2.0 on h1 as 200 e");
    }

    @Test
    void L10_theViewSaysWhatHostsHaveWhatIsBookedAndWhyTasksWait() {
        beat("h1", 1, 4);
        beat("h2", 7, 2);
        offer(1, 0, 1, 3, 0);
        offer(2, 0, 1, 4, 0);
        offer(2, 1, 1, 4, 0);
        offer(3, 0, 3, 2, 0);
        tick();
        now += 11_000;
        beat("h1", 1, 4);
        PlacementView view = placement.view();
        assertThat(view.pools(now)).singleElement().satisfies(pool -> {
            assertThat(pool.hosts()).isEqualTo(2);
            assertThat(pool.silentHosts()).isEqualTo(1);
            assertThat(pool.placedTasks()).isEqualTo(1);
            assertThat(pool.waitingTasks()).isEqualTo(5);
            assertThat(pool.blockedMs()).isGreaterThanOrEqualTo(11_000);
            assertThat(pool.resources())
                    .containsExactly(new ResourceUse("cpu", 6, 3, 1, "h1", List.of(1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0)));
        });
        HostPage page = view.hosts(POOL, "", 1, now).orElseThrow();
        assertThat(page.next()).contains("h1");
        assertThat(page.page()).singleElement().satisfies(host -> {
            assertThat(host.booked()).isEqualTo(Map.of("cpu", 3L));
            assertThat(host.first()).extracting(HostLine.HostTask::job).containsExactly(1L);
        });
        assertThat(view.hosts(POOL, "h1", 1, now).orElseThrow().page())
                .singleElement()
                .satisfies(host -> assertThat(host.silent()).isTrue());
        assertThat(view.hosts("other", "", 1, now)).isEmpty();
        assertThat(view.waits(2, now))
                .containsExactly(new HostWait(
                        POOL,
                        0,
                        1,
                        2,
                        1,
                        "needs cpu=4; the largest free is 1 on host h1; 1 host would fit when empty"));
        assertThat(view.waits(3, now)).singleElement().satisfies(wait -> assertThat(wait.why())
                .startsWith("needs cpu=2 at once for each of 3 tasks"));
        assertThat(view.waits(1, now)).isEmpty();
    }

    @Test
    void tasksBeyondTheMostThatMayWaitAreGivenBack() {
        offer(1, 0, PoolPlacement.MOST_WAITING, 1, 0);
        offer(2, 0, 1, 1, 0);
        assertThat(output).containsExactly("2.0 back: 100000 tasks wait in the pool, and no more may");
    }

    @Test
    void aPlanGoesByTheStrategyThatItsPoolHasWhenItBegins() {
        beat("h1", 1, 9);
        beat("h2", 1, 9);
        offer(1, 0, 1, 1, 0);
        offer(1, 1, 1, 1, 0);
        assertThat(tick()).containsExactly("1.0 on h1 as 100 e", "1.1 on h1 as 101 e");
        strategy = Optional.of(new Spread());
        offer(1, 2, 1, 1, 0);
        offer(1, 3, 1, 1, 0);
        assertThat(tick()).containsExactly("1.2 on h2 as 102 e", "1.3 on h2 as 103 e");
        preemptions = 1;
        offer(1, 4, 1, 1, 0);
        offer(1, 5, 1, 1, 0);
        assertThat(tick()).containsExactly("1.4 on h1 as 104 e", "1.5 on h2 as 105 e");
        strategy = Optional.of(new OpportunityCost());
        offer(1, 6, 1, 6, 0);
        assertThat(tick()).containsExactly("1.6 on h1 as 106 e");
        strategy = Optional.empty();
        offer(1, 7, 1, 1, 0);
        assertThat(tick()).containsExactly("1.7 on h2 as 107 e");
    }

    @Test
    void aTaskOfHigherPriorityTakesAPlaceAndTheVictimWaitsUntilItIsOfferedAgain() {
        preemptions = 1;
        beat("h1", 1, 1);
        offer(1, 0, 1, 1, 0);
        assertThat(tick()).containsExactly("1.0 on h1 as 100 e");
        offer(2, 0, 1, 1, 0, 5);
        assertThat(tick())
                .containsExactly("1.0 lost as 100: preempted for task 0 of job 2, of priority 5", "2.0 on h1 as 200 e");
        ended(task(1, 0), 100);
        offer(1, 0, 1, 1, 0);
        assertThat(tick()).as("nobody of lower priority").isEmpty();
        placement = restarted(true);
        ended(task(2, 0), 200);
        assertThat(tick()).containsExactly("1.0 on h1 as 100 e");
        assertThat(placement.view().bookings(POOL)).hasSize(1);
    }

    @Test
    void P7_noMoreTasksLoseTheirPlacesInAMinuteThanThePolicyAllowsAlsoAfterAFailover() {
        preemptions = 2;
        beat("h1", 1, 9);
        for (int task = 0; task < 9; task++) {
            offer(1, task, 1, 1, 0);
        }
        assertThat(tick()).hasSize(9);
        for (int task = 0; task < 9; task++) {
            offer(2, task, 1, 1, 0, 5);
        }
        int lost = lost(tick());
        assertThat(lost).isEqualTo(2);
        placement = restarted(true);
        long begun = now;
        while (lost < 9) {
            beat("h1", 1, 9);
            now += 900;
            lost += lost(tick());
            assertThat(lost).isLessThanOrEqualTo(2 + (int) ((now - begun + 100) * 2 / 60_000));
        }
        assertThat(now - begun).isBetween(209_000L, 225_000L);
    }

    private static int lost(List<String> output) {
        return (int) output.stream().filter(line -> line.contains(" lost ")).count();
    }

    @Test
    void aClockThatWasPutBackNeitherAllowsMoreNorStopsPreemption() {
        preemptions = 1;
        beat("h1", 1, 2);
        offer(1, 0, 1, 1, 0);
        offer(1, 1, 1, 1, 0);
        assertThat(tick()).hasSize(2);
        offer(2, 0, 1, 1, 0, 5);
        offer(2, 1, 1, 1, 0, 5);
        assertThat(lost(tick())).isEqualTo(1);
        now -= 500_000;
        placement = restarted(true);
        int lost = 0;
        long begun = now;
        while (lost == 0) {
            beat("h1", 1, 2);
            now += 900;
            lost += lost(tick());
            assertThat(now - begun).isLessThan(70_000);
        }
        assertThat(now - begun).isGreaterThan(55_000);
    }
}
