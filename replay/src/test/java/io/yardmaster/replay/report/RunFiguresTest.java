package io.yardmaster.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunFiguresTest {
    private final Random random = new Random();

    private void seed() {
        long seed = random.nextLong();
        System.out.println("seed " + seed);
        random.setSeed(seed);
    }

    @Test
    void quantilesOfWaitsAreAtMostTwoPercentTooHigh() {
        seed();
        WaitFigures waits = new WaitFigures();
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            long wait = (long) Math.exp(random.nextDouble() * 25);
            waits.add(wait, 1);
            all.add(wait);
        }
        waits.add(0, 100);
        all.addAll(Collections.nCopies(100, 0L));
        Collections.sort(all);
        for (double q : new double[] {0.001, 0.01, 0.3, 0.5, 0.9, 0.99, 1}) {
            long exact = all.get((int) Math.ceil(q * all.size()) - 1);
            assertThat(waits.quantile(q)).isBetween(exact, exact + exact / 50);
        }
        assertThat(waits.longest()).isEqualTo(all.get(all.size() - 1));
        assertThat(waits.count()).isEqualTo(5_100);
    }

    @Test
    void windowsThatWidenKeepTheirSums() {
        seed();
        Windows windows = new Windows();
        windows.begin(500);
        WindowSums sums = new WindowSums(windows);
        WindowSums late = new WindowSums(windows);
        long[] perSecond = new long[20_000];
        for (int i = 0; i < 1_000; i++) {
            int from = random.nextInt(10 * (i + 1));
            int to = from + random.nextInt(5_000);
            sums.addInterval(500 + from * 1_000L, 500 + to * 1_000L, 3);
            late.add(500 + from * 1_000L, 1);
            for (int second = from; second < to; second++) {
                perSecond[second] += 3_000;
            }
        }
        int seconds = Math.toIntExact(windows.width() / 1_000);
        assertThat(seconds).isGreaterThan(16);
        long events = 0;
        for (int window = 0; window < Windows.MOST; window++) {
            long expected = 0;
            for (int second = window * seconds; second < Math.min(20_000, (window + 1) * seconds); second++) {
                expected += perSecond[second];
            }
            assertThat(sums.get(window)).isEqualTo(expected);
            events += late.get(window);
        }
        assertThat(events).isEqualTo(1_000);
    }

    @Test
    void aGroupWaitedThroughAWindowIfATaskDid() {
        Windows windows = new Windows();
        windows.begin(0);
        GroupFigures group = new GroupFigures(1, windows, OptionalLong.empty());
        group.waited(500, 3_500, 1);
        assertThat(waitedThrough(group)).containsExactly(1, 2);
        group.waited(0, 1_000, 1);
        assertThat(waitedThrough(group)).containsExactly(0, 1, 2);
        group.waited(9_000, 9_999, 1);
        assertThat(waitedThrough(group)).containsExactly(0, 1, 2);
        windows.at(300_000);
        assertThat(waitedThrough(group)).containsExactly(0);
    }

    private static List<Integer> waitedThrough(GroupFigures group) {
        List<Integer> through = new ArrayList<>();
        for (int window = 0; window < Windows.MOST; window++) {
            if (group.waitedThrough(window, 1)) {
                through.add(window);
            }
        }
        return through;
    }

    @Test
    void sizesAreClassedByTheTasksOfTheJob() {
        assertThat(SizeClass.of(0)).isEqualTo(SizeClass.ONE);
        assertThat(SizeClass.of(1)).isEqualTo(SizeClass.ONE);
        assertThat(SizeClass.of(2)).isEqualTo(SizeClass.TENS);
        assertThat(SizeClass.of(1_000)).isEqualTo(SizeClass.THOUSANDS);
        assertThat(SizeClass.of(1_001)).isEqualTo(SizeClass.MORE);
    }

    @Test
    void timesHaveAtMostTwoUnits() {
        assertThat(TimeText.of(0)).isEqualTo("0 s");
        assertThat(TimeText.of(999)).isEqualTo("999 ms");
        assertThat(TimeText.of(4_290)).isEqualTo("4.2 s");
        assertThat(TimeText.of(59_999)).isEqualTo("59.9 s");
        assertThat(TimeText.of(60_000)).isEqualTo("1 min");
        assertThat(TimeText.of(7_500_000)).isEqualTo("2 h 5 min");
        assertThat(TimeText.of(90_000_000)).isEqualTo("1 d 1 h");
    }
}
