package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.Keys;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryRulesTest {
    private static final Duration EXPIRY = Duration.ofHours(6);
    private static final Duration SOON = Duration.ofSeconds(3);

    private final CoreFixture core = CoreFixture.withActiveJobs(2);

    @Test
    void S9_gateHoldsForTheExpiryFromTheDispatchOnAndNoLonger() {
        core.ready("A", 0).drain();
        core.commit("A").pass(EXPIRY.multipliedBy(2)).ready("A", 1);
        assertThat(core.drain()).containsExactly("commit A");

        core.pass(EXPIRY).ready("A", 1);
        assertThat(core.drain()).isEmpty();

        core.pass(SOON).ready("A", 0);
        assertThat(core.drain()).containsExactly("A.0");
    }

    @Test
    void S9_gateOfAnEndedJobHoldsFromItsEventOn() {
        core.end("A").pass(EXPIRY).restart().ready("A", 0);
        assertThat(core.drain()).isEmpty();

        core.pass(SOON).commit("A");
        assertThat(core.drain()).containsExactly("commit A");
    }

    @Test
    void S9_cleanupAfterACommitStartsTheExpiryAnew() {
        core.commit("A").drain();
        core.pass(EXPIRY.minusHours(1)).cleanup("A").drain();

        core.pass(EXPIRY).ready("A", 0);
        assertThat(core.drain()).isEmpty();

        core.pass(SOON).ready("A", 0);
        assertThat(core.drain()).containsExactly("A.0");
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 5_000, 60_000, 3_600_000})
    void S9_expiryIsMetHoweverShort(long expiryMillis) {
        Duration expiry = Duration.ofMillis(expiryMillis);
        CoreFixture brief = new CoreFixture(new Policy(2, 1, 1, expiry, Duration.ofDays(1), Fairness.JOB));
        brief.end("A");
        long steps = expiryMillis / 5;
        for (int i = 0; i < steps; i++) {
            brief.jump(Duration.ofMillis(5)).tick(0);
        }
        brief.ready("A", 0);
        assertThat(brief.drain()).isEmpty();

        for (int i = 0; i < steps / 2; i++) {
            brief.jump(Duration.ofMillis(5)).tick(0);
        }
        brief.ready("A", 0);
        assertThat(brief.drain()).containsExactly("A.0");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1_000, -7, 7, 1_000, 1_000_000})
    void S9_clockJumpsOfHoursNeitherLiftNorProlongGates(long hours) {
        for (int i = 0; i < 50; i++) {
            core.end("J" + i).pass(Duration.ofMinutes(1));
        }
        core.jump(Duration.ofHours(hours)).tick(0);
        core.pass(Duration.ofMinutes(1))
                .restart()
                .jump(Duration.ofHours(-hours / 2))
                .tick(0);
        for (int i = 0; i < 50; i++) {
            core.ready("J" + i, 0);
        }
        assertThat(core.drain()).isEmpty();

        core.pass(EXPIRY.minusMinutes(50 + 1 + 2 + 1));
        core.ready("J0", 0);
        assertThat(core.drain()).isEmpty();

        core.pass(Duration.ofMinutes(3 + 1)).ready("J0", 0).ready("J49", 0);
        assertThat(core.drain()).containsExactly("J0.0");

        core.pass(Duration.ofMinutes(50)).ready("J49", 0);
        assertThat(core.drain()).containsExactly("J49.0");
    }

    @ParameterizedTest
    @ValueSource(longs = {30_000, 600_000})
    void S9_oneJumpLiftsNoGateHoweverShortTheExpiry(long expiryMillis) {
        CoreFixture brief =
                new CoreFixture(new Policy(2, 1, 1, Duration.ofMillis(expiryMillis), Duration.ofDays(1), Fairness.JOB));
        brief.tick(0);
        brief.end("A").jump(Duration.ofDays(400)).tick(0);

        brief.ready("A", 0);

        assertThat(brief.drain()).isEmpty();
    }

    /** Ticks longer than a quarter of the shortest expiry once counted for less, so that expiries took twice as long. */
    @ParameterizedTest
    @ValueSource(longs = {1_000, 5_000, 60_000})
    void S7_S9_aShortExpiryAndLongTicksProlongNoOther(long tickMillis) {
        Duration day = Duration.ofDays(1);
        Duration tick = Duration.ofMillis(tickMillis);
        CoreFixture slow = new CoreFixture(new Policy(2, 1, 1, Duration.ofSeconds(2), day, Fairness.JOB, tick, tick));
        slow.ready("A", 0).drain();
        slow.end("B");
        for (long millis = 0; millis < day.toMillis() + 2 * tickMillis + 5_000; millis += tickMillis) {
            slow.jump(tick).tick(0);
            if (millis == 3 * tickMillis) {
                assertThat(slow.scheduler().finalizingJobs()).isZero();
            }
        }
        slow.ready("A", 0);
        assertThat(slow.drain()).containsExactly("A.0");
    }

    @Test
    void S9_schedulingGoesOnThroughClockJumps() {
        core.ready("A", 0, 1, 2, 3).commit("C");
        assertThat(core.tick(2)).containsExactly("commit C", "A.0");
        core.jump(Duration.ofHours(-30));
        assertThat(core.tick(1)).containsExactly("A.1");
        core.jump(Duration.ofHours(300)).ready("B", 0);
        assertThat(core.drain()).containsExactly("A.2", "B.0", "A.3");
    }

    @Test
    void S9_thousandsOfGatesAreLiftedInPortions() {
        for (int i = 0; i < 2_500; i++) {
            core.end("J" + i);
        }
        core.pass(EXPIRY);
        List<Long> lifted = new ArrayList<>();
        for (int tick = 0; tick < 6; tick++) {
            long before = core.scheduler().finalizingJobs();
            core.pass(Duration.ofSeconds(1));
            lifted.add(before - core.scheduler().finalizingJobs());
        }

        assertThat(lifted).containsSequence(1_000L, 1_000L, 500L);
        assertThat(core.storage().keys()).containsExactly(Keys.ledger());
    }
}
