package io.yardmaster.topology.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TickPacerTest {
    private static final Duration LONGEST = Duration.ofMillis(5);

    private long now;
    private final CommitPacer thread = new CommitPacer(Duration.ofMillis(20), () -> now);
    private final TickPacer ticks = new TickPacer(thread, () -> now);

    private void tick(int assignments, long nanos) {
        assertThat(ticks.begin()).isTrue();
        int made = ticks.within(assignments);
        now += nanos;
        ticks.ended(made);
    }

    @Test
    void aTickThatMakesLessThanItMightIsFollowedByTheNextInItsTime() {
        tick(TickPacer.MOST - 1, 10);
        assertThat(ticks.goesOn()).isFalse();
        assertThat(thread.wait(LONGEST)).isEqualTo(LONGEST);
        tick(1, 10);
    }

    @Test
    void aTickThatIsCutGoesOnWhenTheThreadHasPolled() {
        assertThat(ticks.within(1_000_000)).isEqualTo(TickPacer.MOST);
        tick(1_000_000, 10);
        assertThat(ticks.goesOn()).isFalse();
        assertThat(ticks.begin()).isFalse();
        assertThat(thread.wait(LONGEST)).isZero();
        thread.polled();
        assertThat(thread.wait(LONGEST)).isEqualTo(LONGEST);
        assertThat(ticks.goesOn()).isTrue();
        tick(1, 10);
        assertThat(ticks.goesOn()).isFalse();
    }

    @Test
    void aTickThatIsCutGoesOnWhenTheThreadHasSpentAsMuchTimeOnEvents() {
        tick(TickPacer.MOST, 10);
        now += 9;
        assertThat(ticks.goesOn()).isFalse();
        now++;
        assertThat(ticks.goesOn()).isTrue();
        assertThat(ticks.begin()).isTrue();
    }

    @Test
    void theShardsOfAThreadDivideWhatOneMayMake() {
        try (TickPacer other = new TickPacer(thread, () -> now)) {
            assertThat(other.within(1_000_000)).isEqualTo(TickPacer.MOST / 2);
            assertThat(ticks.within(1_000_000)).isEqualTo(TickPacer.MOST / 2);
        }
        assertThat(ticks.within(1_000_000)).isEqualTo(TickPacer.MOST);
    }

    @Test
    void aThreadThatCommitsWithoutBeingAskedHasNoBound() {
        assertThat(new TickPacer(CommitPacer.unused(), () -> now).within(1_000_000))
                .isEqualTo(1_000_000);
    }
}
