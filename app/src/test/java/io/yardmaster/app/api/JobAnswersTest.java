package io.yardmaster.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A job that several shards know. */
class JobAnswersTest {
    private static final int HOME = 2;
    private static final int ELSEWHERE = 5;

    private static JobFacts facts(int lane, String state, long buffered, String finalizing, boolean ended) {
        return new JobFacts(
                Json.object().put("lane", lane).put("state", state).put("buffered_tasks", buffered),
                true,
                finalizing,
                null,
                null,
                ended,
                16,
                16);
    }

    private static JobFacts waiting(int lane) {
        return facts(lane, "pending", 3, null, false);
    }

    private static JobFacts idle(int lane) {
        return facts(lane, "idle", 0, null, false);
    }

    private static JobFacts cancelled(int lane) {
        return facts(lane, "finalizing", 0, null, true);
    }

    private static JobFacts committing(int lane) {
        return facts(lane, "finalizing", 0, "commit", false);
    }

    private static void assertChosen(JobFacts expected, JobFacts other) {
        List<JobFacts> found = new ArrayList<>(List.of(expected, other));
        assertThat(JobAnswers.choose(found, HOME)).contains(expected);
        Collections.reverse(found);
        assertThat(JobAnswers.choose(found, HOME)).contains(expected);
    }

    @Test
    void whereItBelongsCountsUnlessItWaitsElsewhereAlone() {
        assertChosen(waiting(HOME), waiting(ELSEWHERE));
        assertChosen(waiting(HOME), committing(ELSEWHERE));
        assertChosen(cancelled(HOME), idle(ELSEWHERE));
        assertChosen(waiting(ELSEWHERE), cancelled(HOME));
        assertChosen(committing(ELSEWHERE), idle(HOME));
    }

    /** As of a job whose tasks were all dispatched, and that was cancelled by somebody with another partitioner. */
    @Test
    void aLaneThatKnowsOnlyTheCancelDoesNotAnswerForIt() {
        assertChosen(waiting(HOME), cancelled(ELSEWHERE));
        assertChosen(idle(HOME), cancelled(ELSEWHERE));
    }

    @Test
    void whatNobodyKnowsIsNotFound() {
        assertThat(JobAnswers.choose(List.of(), HOME)).isEmpty();
    }
}
