package io.yardmaster.replay.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.placement.PoolLoad;
import io.yardmaster.core.placement.PoolPlacement;
import io.yardmaster.core.placement.Reservation;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.HostDemand;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.replay.Policies;
import io.yardmaster.replay.engine.VirtualPlacement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Estimates of starts in a pool that places tasks on hosts. A task takes ten seconds for each letter of the name of its stage. */
class HostForecastTest {
    private static final String POOL = "gpu";
    private static final long LETTER = 10_000;
    private static final long TIMEOUT = 40_000;

    private final ModelDeployment deployment = new ModelDeployment(
            Policies.limited(Map.of(LimitKeys.ofPool(POOL), 100_000L)), 1, task -> takes(task.stage()));

    private static long takes(GraphStage stage) {
        return LETTER * stage.name().length();
    }

    private void host(String name, long gpus) {
        deployment.host(POOL, name, gpus == 0 ? Map.of() : Map.of("gpu", gpus), Map.of("zone", name));
    }

    private static GraphStage stage(String name, int tasks, HostDemand demand, long timeout) {
        return new GraphStage(
                name,
                tasks,
                List.of(),
                GraphStage.When.ALL,
                1,
                0,
                timeout,
                0,
                Map.of(),
                POOL,
                demand,
                GraphStage.NO_PAYLOAD);
    }

    private static HostDemand gpus(long gpus) {
        return new HostDemand(Map.of("gpu", gpus), Map.of(), false);
    }

    private static HostDemand gang(long gpus) {
        return new HostDemand(Map.of("gpu", gpus), Map.of(), true);
    }

    private void submit(long job, GraphStage stage) {
        deployment.recorded(1, stage.name(), takes(stage), TaskTimes.ENOUGH);
        deployment.submit(1, job, 0, List.of(stage));
    }

    private static TimeSpread exactly(long millis) {
        return new TimeSpread(millis, millis, millis);
    }

    @Test
    void P1_aJobWaitsUntilAHostHasRoomForItsTasks() {
        host("a", 2);
        host("b", 4);
        submit(1, stage("x", 2, gpus(1), TIMEOUT));
        submit(2, stage("xx", 1, gpus(4), TIMEOUT));
        submit(3, stage("x", 1, gpus(4), TIMEOUT));
        deployment.runUntil(4_000);

        StartEstimate third = deployment.estimate(3);

        assertThat(third.start()).contains(exactly(16_000));
        assertThat(third.end()).contains(exactly(26_000));
        assertThat(third.jobsBefore()).isZero();
        deployment.runUntil(100_000);
        assertThat(deployment.start(3)).hasValue(20_000);
    }

    @Test
    void aHostThatTakesNoMoreTasksLetsThoseThatItHasEnd() {
        host("a", 1);
        host("b", 1);
        submit(1, stage("x", 1, gpus(1), TIMEOUT));
        submit(2, stage("xx", 1, gpus(1), TIMEOUT));
        host("a", 0);
        submit(3, stage("x", 1, gpus(1), TIMEOUT));
        deployment.runUntil(1_000);
        assertThat(deployment.estimate(3).start()).contains(exactly(19_000));
    }

    @Test
    void P5_aJobBehindAGangWithAReservationStartsAfterIt() {
        host("a", 2);
        submit(1, stage("x", 2, gpus(1), TIMEOUT));
        submit(2, stage("xx", 2, gang(1), TIMEOUT));
        submit(3, stage("x", 1, gpus(1), TIMEOUT));
        deployment.runUntil(1_000);

        StartEstimate third = deployment.estimate(3);

        assertThat(third.start()).contains(exactly(29_000));
        assertThat(third.jobsBefore()).isEqualTo(1);
        assertThat(third.tasksBefore()).isEqualTo(2);
        assertThat(third.reserved())
                .containsExactly(new ReservedStart(
                        POOL,
                        2,
                        2,
                        third.draws(),
                        OptionalLong.of(9_000),
                        OptionalLong.of(29_000),
                        OptionalLong.empty()));
        deployment.runUntil(100_000);
        assertThat(deployment.start(3)).hasValue(30_000);
    }

    /** A reservation that the estimate made anew would be one of its own time. */
    @Test
    void P7_anEstimateGoesOnWithTheReservationsThatThereAre() {
        host("a", 2);
        submit(1, stage("x", 2, gpus(1), TIMEOUT));
        submit(2, stage("xx", 2, gang(1), TIMEOUT));
        deployment.runUntil(1_000);
        PresentState state = deployment.present();
        List<Reservation> present = state.pools().get(0).reservations();
        assertThat(present).hasSize(1);

        PresentHosts hosts = new PresentHosts(state, RunningTasks.of(new PresentScheduler(state), state.running()));
        PoolPlacement goesOn = new PoolPlacement(
                hosts.state(),
                VirtualPlacement.POLICY,
                hosts.strategies(),
                Runnable::run,
                () -> 0,
                new DrawnHosts(hosts, state.now(), task -> {}),
                state.now());
        assertThat(goesOn.view()
                        .loads(Set.of(POOL), 2, 10, 10, state.now())
                        .get(0)
                        .reservations())
                .isEqualTo(present);
    }

    /** Its task may pass the gang if it ends before the turn of that, by its timeout: if one of two tasks ends soon enough. */
    @Test
    void P5_aJobThatMayPassAGangOrNotHasAnEstimateForEachCase() {
        host("a", 2);
        submit(1, stage("xx", 2, gpus(1), TIMEOUT));
        submit(2, stage("x", 2, gang(1), TIMEOUT));
        submit(3, stage("x", 1, gpus(1), LETTER));
        for (int seconds = 1; seconds <= 39; seconds++) {
            deployment.recorded(1, "xx", seconds * 1_000L, 1);
        }

        StartEstimate third = deployment.estimate(3);

        assertThat(third.reserved()).hasSize(1);
        ReservedStart gang = third.reserved().get(0);
        assertThat(gang.before()).isBetween(1, third.draws() - 1);
        assertThat(gang.startBefore().getAsLong()).isLessThan(TIMEOUT - LETTER);
        assertThat(gang.startBehind().getAsLong()).isEqualTo(gang.start().getAsLong() + LETTER);
    }

    @Test
    void aJobThatNoHostSuitsCannotStartAsThingsAre() {
        host("a", 2);
        submit(1, stage("x", 1, gpus(3), TIMEOUT));
        StartEstimate estimate = deployment.estimate(1);
        assertThat(estimate.start()).isEmpty();
        assertThat(estimate.notBefore()).isEmpty();
    }

    @Test
    void tasksThatPlacementHasNotSeenYetWaitBehindTheOthers() {
        host("a", 1);
        submit(1, stage("x", 1, gpus(1), TIMEOUT));
        submit(2, stage("x", 1, gpus(1), TIMEOUT));
        submit(3, stage("x", 1, gpus(1), TIMEOUT));
        PresentState state = deployment.present();
        PoolLoad pool = state.pools().get(0);
        PoolLoad without = new PoolLoad(
                POOL, true, 0, 0, pool.hosts(), pool.placed(), pool.waiting().subList(1, 2), List.of());
        PresentState unseen = new PresentState(
                state.now(),
                state.policy(),
                state.live(),
                state.slots(),
                state.jobs(),
                state.running(),
                state.times(),
                List.of(without),
                Map.of());
        assertThat(StartForecast.of(unseen, 3, 1, 1, () -> true).start()).contains(exactly(LETTER));
        assertThat(StartForecast.of(unseen, 2, 1, 1, () -> true).start()).contains(exactly(2 * LETTER));
    }

    @Test
    void plansForManyTasksGiveADrawUpSooner() {
        int tasks = 2_000;
        host("a", 1);
        submit(1, stage("x", tasks, gpus(1), TIMEOUT));
        submit(2, stage("x", 1, gpus(1), TIMEOUT));
        PresentState state = deployment.present();
        PresentScheduler scheduler = new PresentScheduler(state);
        PresentHosts hosts = new PresentHosts(state, RunningTasks.of(scheduler, state.running()));
        // Each task that ends and makes room for the next one costs a plan or two, which look at all others.
        StartCourse course = new StartDraw(state, scheduler, hosts, 2, new SplittableRandom(1)).run(8_200, 8_200);
        assertThat(course.start()).isEqualTo(StartCourse.NEVER);
        assertThat(course.stands()).isFalse();
        assertThat(course.now()).isBetween(40 * LETTER, 120 * LETTER);
    }

    /** All wait in one pool, and how long each takes is known, so that the estimate goes on just as the pool does. */
    @Test
    void P7_jobsThatWaitForHostsStartWhenTheEstimateSays() {
        int estimates = 0;
        for (int round = 0; round < 30; round++) {
            long seed = 1_000L + round;
            HostForecastTest test = new HostForecastTest();
            estimates += test.jobsStartWhenTheEstimateSays(new Random(seed), "seed " + seed);
        }
        assertThat(estimates).isGreaterThan(30);
    }

    private int jobsStartWhenTheEstimateSays(Random random, String seed) {
        for (int host = 0; host < 4; host++) {
            host("h" + host, 1 + random.nextInt(4));
        }
        int jobs = 30;
        for (int job = 1; job <= jobs; job++) {
            int tasks = 1 + random.nextInt(3);
            boolean isGang = random.nextBoolean();
            HostDemand demand = isGang ? gang(1) : gpus(1 + random.nextInt(2));
            String name = "x".repeat(1 + random.nextInt(4));
            submit(job, stage(name, tasks, demand, TIMEOUT + LETTER * random.nextInt(3)));
            deployment.runUntil(deployment.now() + random.nextInt(10_000));
        }
        long now = deployment.now();
        PresentState state = deployment.present();
        Map<Long, Optional<TimeSpread>> estimates = new TreeMap<>();
        LongStream.rangeClosed(1, jobs)
                .filter(job -> deployment.start(job).isEmpty())
                .forEach(job -> estimates.put(
                        job, StartForecast.of(state, job, 1, 1, () -> true).start()));
        deployment.runUntil(10_000_000);
        assertThat(estimates).as(seed).allSatisfy((job, start) -> {
            OptionalLong began = deployment.start(job);
            assertThat(start)
                    .isEqualTo(began.isPresent() ? Optional.of(exactly(began.getAsLong() - now)) : Optional.empty());
        });
        return estimates.size();
    }
}
