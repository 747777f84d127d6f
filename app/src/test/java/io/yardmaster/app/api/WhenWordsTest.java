package io.yardmaster.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.status.WhenText;
import io.yardmaster.core.values.OpenGraph;
import io.yardmaster.core.values.StageLoad;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WhenWordsTest {
    private static final StageLoad STAGE = new StageLoad(0, "a", 0, 1, 1, 0, 0, 0, Map.of(), "", List.of());

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
