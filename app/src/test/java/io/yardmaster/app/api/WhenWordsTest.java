package io.yardmaster.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.status.WhenText;
import io.yardmaster.core.placement.PoolLoad;
import io.yardmaster.core.values.HostDemand;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.OpenGraph;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.StageLoad;
import io.yardmaster.replay.forecast.PresentState;
import io.yardmaster.replay.forecast.ReservedStart;
import io.yardmaster.replay.forecast.StartEstimate;
import io.yardmaster.replay.forecast.TaskTimes;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WhenWordsTest {
    private static final StageLoad STAGE =
            new StageLoad(0, "a", 0, 1, 1, 0, 0, 0, Map.of(), "", List.of(), HostDemand.NONE, 0);

    @Test
    void aGraphOfWhichNotAllStagesWereLookedAtSaysSo() {
        assertThat(WhenWords.unseen(new OpenGraph("", true, false, 1_001, List.of(STAGE))))
                .hasValue("only the first 1 of 1,001 stages that have not ended were looked at:"
                        + " its end is not estimated");
        assertThat(WhenWords.unseen(new OpenGraph("", true, false, 1, List.of(STAGE))))
                .isEmpty();
        assertThat(WhenWords.unseen(new OpenGraph("", false, true, 7, List.of())))
                .isEmpty();
    }

    @Test
    void jobsOfAHigherPriorityAreCountedAsJobs() {
        assertThat(WhenWords.before(3, 31, 2))
                .isEqualTo("31 tasks of 3 other jobs start before it, 2 of these jobs with a higher priority");
    }

    private static ReservedStart gang(long job, int tasks, int before, long start, long behind, long other) {
        return new ReservedStart(
                "gpu",
                job,
                tasks,
                before,
                before == 0 ? OptionalLong.empty() : OptionalLong.of(start),
                before == 0 ? OptionalLong.empty() : OptionalLong.of(behind),
                before == 25 ? OptionalLong.empty() : OptionalLong.of(other));
    }

    @Test
    void P5_theStartIsToldForTheCaseThatAGangTakesItsReservation() {
        StartEstimate estimate = new StartEstimate(
                25,
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                0,
                0,
                0,
                List.of(),
                List.of(
                        gang(9, 8, 10, 360_000, 720_000, 40_000),
                        gang(10, 1, 25, 0, 5_000, 0),
                        gang(11, 2, 0, 0, 0, 5_000),
                        gang(7, 1, 25, 5_000, 5_000, 0)));
        assertThat(WhenWords.reserved(estimate, 7))
                .containsExactly(
                        "hosts of pool gpu are reserved for a gang of 8 tasks of job 9, which starts first in 10 of 25"
                                + " draws: then it starts in about 12 min, otherwise in about 40 s",
                        "hosts of pool gpu are reserved for a task of job 10, which starts first, in about 0 s",
                        "hosts of pool gpu are reserved for a gang of 2 tasks of job 11, which starts after it",
                        "hosts of pool gpu are reserved for it");
    }

    @Test
    void poolsWhoseHostsAreNotLookedAtAreNamed() {
        PresentState state = new PresentState(
                0,
                Policy.DEFAULT,
                LivePolicy.NONE,
                1,
                List.of(),
                List.of(),
                new TaskTimes(List.of()),
                List.of(load("a", true), load("b", false)),
                Map.of());
        assertThat(WhenWords.hosts(state))
                .containsExactly("0 tasks run now on the 0 hosts of pool a, and 0 wait for one");
        assertThat(WhenWords.notCounted(Set.of("a"), state)).isEmpty();
        assertThat(WhenWords.notCounted(Set.of("a", "b", "c"), state).orElseThrow())
                .startsWith(
                        "hosts of pools b, c are not counted, as there are more than 2,000 or more than 20,000 tasks");
    }

    private static PoolLoad load(String pool, boolean complete) {
        return new PoolLoad(pool, complete, 0, 0, List.of(), List.of(), List.of(), List.of());
    }

    @Test
    void slotsOfSilentShardsAreTakenOffOnce() {
        assertThat(WhenAnswers.slots(8, 4, 1, 2)).isEqualTo(8);
        assertThat(WhenAnswers.slots(0, 4, 1, 2)).isEqualTo(2);
        assertThat(WhenAnswers.slots(0, 1, 1, 4)).isEqualTo(1);
    }

    @Test
    void stagesThatAreNotShownAreCounted() {
        WhenAnswer.StageWhen stage = new WhenAnswer.StageWhen("a", Optional.empty(), List.of(), 0);
        WhenAnswer answer = new WhenAnswer(
                7,
                1,
                "It starts now.",
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                0,
                0,
                0,
                List.of(),
                Collections.nCopies(4, stage),
                1,
                1,
                List.of());
        assertThat(WhenText.of(answer, 3)).last().isEqualTo("and 1 more stage");
        assertThat(WhenText.of(answer, 2)).last().isEqualTo("and 2 more stages");
    }
}
