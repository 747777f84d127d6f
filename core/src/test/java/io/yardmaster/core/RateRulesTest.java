package io.yardmaster.core;

import static io.yardmaster.core.GraphFixture.graph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.core.values.DispatchRate;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LimitUse;
import io.yardmaster.core.values.LimitWait;
import io.yardmaster.core.values.LivePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rates of groups (L7); those of pools have {@link PoolRateRulesTest}. */
class RateRulesTest {
    private final CoreFixture core =
            CoreFixture.withActiveJobs(16).group(7, "A", "B").group(8, "C");

    /** Returns the offers of two ticks, since a job's queue is limited from its next turn on. */
    private List<String> offered() {
        List<String> all = new ArrayList<>(core.tick(100));
        all.addAll(core.tick(100));
        return all;
    }

    private List<String> after(long millis) {
        core.pass(Duration.ofMillis(millis));
        return offered();
    }

    @Test
    void L7_aBurstGoesAtOnceAndThenOneTaskForEachInterval() {
        core.rate(Map.of(7L, new DispatchRate(2, 3))).ready("A", 0, 1, 2, 3, 4, 5, 6);
        assertThat(offered()).containsExactly("A.0", "A.1", "A.2");
        assertThat(after(499)).isEmpty();
        assertThat(after(1)).containsExactly("A.3");
        core.restart();
        assertThat(after(499)).isEmpty();
        assertThat(after(501)).containsExactly("A.4", "A.5");
    }

    @Test
    void L7_anIdleGroupSavesUpNoMoreThanItsBurst() {
        core.rate(Map.of(7L, new DispatchRate(10, 2))).ready("A", 0, 1, 2, 3);
        assertThat(after(50_000)).containsExactly("A.0", "A.1");
    }

    @Test
    void L7_theRateIsThatOfAllJobsOfTheGroupAndOfNoOther() {
        core.rate(Map.of(7L, new DispatchRate(1, 1)))
                .ready("A", 0, 1)
                .ready("B", 0, 1)
                .ready("C", 0, 1);
        assertThat(offered()).containsExactlyInAnyOrder("A.0", "C.0", "C.1");
        assertThat(after(1_000)).containsExactly("B.0");
        assertThat(after(1_000)).containsExactly("A.1");
    }

    @Test
    void L7_aFasterRateHoldsAtOnceForWhatWaits() {
        core.rate(Map.of(7L, new DispatchRate(0.001, 1))).ready("A", 0, 1, 2, 3);
        assertThat(offered()).containsExactly("A.0");
        core.rate(Map.of(7L, new DispatchRate(10, 1)));
        assertThat(offered()).isEmpty();
        core.restart();
        assertThat(after(100)).containsExactly("A.1");
        core.follow(LivePolicy.NONE);
        assertThat(after(0)).containsExactly("A.2", "A.3");
    }

    @Test
    void L10_tasksThatWaitForARateSaySo() {
        core.rate(Map.of(7L, new DispatchRate(2, 3))).ready("A", 0, 1, 2, 3, 4);
        offered();
        assertThat(core.scheduler().view().limits()).containsExactly(new LimitUse("rate/7", 3, 3, 0, 2, List.of()));
        assertThat(core.scheduler().view().job(core.id("A"), 0).orElseThrow().limit())
                .contains(new LimitWait("rate/7", 1, 3, 3));
        assertThat(core.scheduler().untilRate()).isEqualTo(500);
        assertThat(after(2_000)).containsExactly("A.3", "A.4");
        assertThat(core.scheduler().view().limits()).isEmpty();
        assertThat(core.scheduler().untilRate()).isEqualTo(-1);
    }

    @Test
    void L7_aNewSessionBeginsNoNewBurst() {
        core.rate(Map.of(7L, new DispatchRate(1, 2))).ready("A", 0, 1);
        assertThat(offered()).containsExactly("A.0", "A.1");
        core.session(1).ready("A", 5, 6);
        assertThat(offered()).isEmpty();
        assertThat(after(1_000)).containsExactly("A.5");
    }

    @Test
    void L7_tasksThatNeedALimitCountToo() {
        GraphFixture graphs = new GraphFixture(core);
        core.rate(Map.of(9L, new DispatchRate(1, 2))).limit(Map.of(LimitKeys.named("licence"), 9L));
        graphs.submit(
                "G",
                graph().needing("a", 2, "", Map.of("licence", 1L)).stage("b", 2).group(9));
        assertThat(offered()).hasSize(2);
        assertThat(after(1_000)).hasSize(1);
        assertThat(after(1_000)).hasSize(1);
    }

    @Test
    void L6_groupsThatWaitForTheirRateCostNothingAndHideNothing() {
        int parked = 10_000;
        Map<Long, DispatchRate> rates = new HashMap<>();
        for (int i = 0; i < parked; i++) {
            core.group(1_000L + i, "P" + i);
            rates.put(1_000L + i, new DispatchRate(0.001, 1));
        }
        core.rate(rates);
        IntStream.range(0, parked).forEach(i -> core.ready("P" + i, 0, 1));
        int made = 0;
        for (int tick = 0; made < parked; tick++) {
            assertThat(tick).isLessThan(100);
            made += core.tick(20_000).size();
        }
        for (int tick = 0; tick < 5; tick++) {
            assertThat(core.tick(20_000)).isEmpty();
        }
        core.ready("C", 0);
        assertThat(core.tick(20_000)).containsExactly("C.0");
        assertThat(core.pass(Duration.ofSeconds(60)).tick(20_000)).isEmpty();
    }

    @Test
    void aRateThatMeansNothingIsRefused() {
        assertThatThrownBy(() -> new DispatchRate(0, 1))
                .hasMessage("a rate must be above 0 and up to 1000000.0, not 0.0");
        assertThatThrownBy(() -> new DispatchRate(1, 0)).hasMessage("a burst must be from 1 to 1000000, not 0");
        assertThat(new DispatchRate(8, 6).part(4)).isEqualTo(new DispatchRate(2, 1));
    }
}
