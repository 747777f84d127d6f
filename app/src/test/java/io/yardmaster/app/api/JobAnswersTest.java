package io.yardmaster.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.EndCounts;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.core.view.JobDetail;
import io.yardmaster.core.view.JobLocation;
import io.yardmaster.core.view.JobView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A job that several shards know. */
class JobAnswersTest {
    private static final int HOME = 2;
    private static final int ELSEWHERE = 5;

    private static JobLocation job(
            int lane, JobView.State state, long buffered, Optional<TaskKind> finalizing, boolean ended) {
        JobView view = new JobView(
                1,
                OptionalLong.of(2),
                OptionalInt.of(lane),
                state,
                OptionalLong.empty(),
                true,
                buffered,
                OptionalLong.empty(),
                EndCounts.NONE,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                0);
        return new JobLocation(
                new JobDetail(view, List.of(), 0, Optional.empty(), List.of()),
                true,
                finalizing,
                OptionalLong.empty(),
                OptionalLong.empty(),
                ended,
                false,
                OptionalLong.empty(),
                16,
                16,
                0,
                Optional.empty(),
                0);
    }

    private static JobLocation waiting(int lane) {
        return job(lane, JobView.State.PENDING, 3, Optional.empty(), false);
    }

    private static JobLocation idle(int lane) {
        return job(lane, JobView.State.IDLE, 0, Optional.empty(), false);
    }

    private static JobLocation cancelled(int lane) {
        return job(lane, JobView.State.FINALIZING, 0, Optional.empty(), true);
    }

    private static JobLocation committing(int lane) {
        return job(lane, JobView.State.FINALIZING, 0, Optional.of(TaskKind.COMMIT), false);
    }

    private static void assertChosen(JobLocation expected, JobLocation other) {
        List<JobLocation> found = new ArrayList<>(List.of(expected, other));
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
