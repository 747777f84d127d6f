package io.yardmaster.topology.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class IdlePacerTest {
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration FOR_EVER = Duration.ofHours(1);

    private final AtomicLong nanos = new AtomicLong(-5);
    private final IdlePacer pacer = new IdlePacer(QUIET, FOR_EVER, nanos::get);

    @Test
    void itIsQuietWhenNothingHasHappenedForAWhile() {
        assertThat(pacer.isQuiet()).isFalse();
        nanos.addAndGet(QUIET.toNanos());
        assertThat(pacer.isQuiet()).isTrue();
        pacer.active();
        assertThat(pacer.isQuiet()).isFalse();
    }

    @Test
    void activityWakesAThreadThatRests() {
        AtomicInteger woken = new AtomicInteger();
        pacer.onWake(woken::incrementAndGet);
        nanos.addAndGet(QUIET.toNanos());
        pacer.active();
        assertThat(woken).hasValue(1);
    }

    @Test
    void whileThereIsWorkNobodyIsWokenForIt() {
        AtomicInteger woken = new AtomicInteger();
        pacer.onWake(woken::incrementAndGet);
        for (int tick = 0; tick < 1_000; tick++) {
            nanos.addAndGet(Duration.ofMillis(5).toNanos());
            pacer.active();
        }
        assertThat(woken).hasValue(0);
    }

    @Test
    void aQueryWakesWithoutMakingItLessQuiet() {
        nanos.addAndGet(QUIET.toNanos());
        long before = pacer.wakes();
        pacer.wake();
        assertThat(pacer.wakes()).isEqualTo(before + 1);
        assertThat(pacer.isQuiet()).isTrue();
    }

    /** Without a wake the rest would last an hour. */
    @Test
    @Timeout(60)
    void noWakeBetweenALookAndTheRestIsMissed() throws InterruptedException {
        nanos.addAndGet(QUIET.toNanos());
        long seen = pacer.wakes();
        pacer.wake();
        pacer.rest(seen);
    }

    @Test
    @Timeout(60)
    void nobodyRestsWhileThereIsWorkOrWhenItIsToStop() throws InterruptedException {
        pacer.rest(pacer.wakes());
        nanos.addAndGet(QUIET.toNanos());
        pacer.stop();
        assertThat(pacer.isQuiet()).isFalse();
        pacer.rest(pacer.wakes());
    }
}
