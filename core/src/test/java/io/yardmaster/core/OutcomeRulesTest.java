package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.HeapStorage;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.EndCounts;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutcomeRulesTest {
    private static final Duration BACKOFF = Duration.ofSeconds(3);

    private final CoreFixture core = CoreFixture.withActiveJobs(4);

    @Test
    void O1_anOutcomeCountsOnceAlsoAfterARestart() {
        core.ready("A", 0, 1, 2).tick(3);

        assertThat(core.outcome(TaskEnd.SUCCEEDED, "A.0")).isEqualTo("SUCCEEDED");
        assertThat(core.outcome(TaskEnd.FAILED, "A.0")).isEqualTo("REPEATED");
        assertThat(core.restart().outcome(TaskEnd.SUCCEEDED, "A.0")).isEqualTo("REPEATED");
        assertThat(core.outcome(TaskEnd.KILLED, "A.2")).isEqualTo("KILLED");
        assertThat(core.outcome(TaskEnd.FAILED, "A.1")).isEqualTo("FAILED");
        assertThat(core.restart().view("A").ended()).isEqualTo(new EndCounts(1, 1, 1, 0));
    }

    @Test
    void O1_outcomesOfOlderSessionsAreDropped() {
        core.session(1).ready("A", 0).tick(1);
        DispatchedTask old = core.log().assignments().get(0);
        core.session(2).ready("A", 0).tick(1);

        assertThat(core.outcome(TaskEnd.SUCCEEDED, old)).isEqualTo("OLD_SESSION");
        assertThat(core.restart().outcome(TaskEnd.SUCCEEDED, "A.0")).isEqualTo("SUCCEEDED");
        assertThat(core.scheduler().hasEnded(old.id())).isFalse();
        assertThat(core.view("A").ended()).isEqualTo(new EndCounts(1, 0, 0, 0));
    }

    @Test
    void O1_outcomesOfANewSessionCountOnceAlsoIfItsAssignmentsFollowOnThoseOfTheLast() {
        core.session(1).ready("A", 0, 1).tick(2);
        core.outcome(TaskEnd.SUCCEEDED, "A.0");
        core.session(2).ready("A", 0, 1).tick(2);

        assertThat(core.outcome(TaskEnd.SUCCEEDED, "A.0")).isEqualTo("SUCCEEDED");
        assertThat(core.restart().outcome(TaskEnd.SUCCEEDED, "A.0")).isEqualTo("REPEATED");
        assertThat(core.outcome(TaskEnd.SUCCEEDED, "A.1")).isEqualTo("SUCCEEDED");
    }

    @Test
    void O1_outcomesOfWhatIsNotOutAreDropped() {
        core.ready("A", 0).ready("B", 0).commit("C").tick(9);
        DispatchedTask made = core.log().assignments().stream()
                .filter(assignment -> core.text(assignment).equals("A.0"))
                .findFirst()
                .orElseThrow();

        assertThat(core.outcome(TaskEnd.SUCCEEDED, changed(made, made.id() + 9, 0, 0, 0)))
                .isEqualTo("NOT_OUT");
        assertThat(core.outcome(TaskEnd.SUCCEEDED, changed(made, 0, 0, 0, 0))).isEqualTo("NOT_OUT");
        assertThat(core.outcome(TaskEnd.SUCCEEDED, changed(made, -made.id(), 0, 0, 0)))
                .isEqualTo("NOT_OUT");
        assertThat(core.outcome(TaskEnd.SUCCEEDED, changed(made, made.id(), 1, 0, 0)))
                .isEqualTo("NOT_OUT");
        assertThat(core.outcome(TaskEnd.REFUSED, changed(made, made.id(), 0, 1, 0)))
                .isEqualTo("NOT_OUT");
        assertThat(core.outcome(TaskEnd.SUCCEEDED, changed(made, made.id(), 0, 0, 1)))
                .isEqualTo("NOT_OUT");
        assertThat(core.outcome(TaskEnd.SUCCEEDED, commitOf(made))).isEqualTo("NOT_OUT");
        // The true one counts after all of these.
        assertThat(core.outcome(TaskEnd.SUCCEEDED, made)).isEqualTo("SUCCEEDED");
    }

    private static DispatchedTask changed(DispatchedTask made, long id, int index, int attempt, int session) {
        return new DispatchedTask(
                id,
                made.group(),
                made.job(),
                made.kind(),
                made.taskIndex() + index,
                made.attempt() + attempt,
                made.session() + session,
                0,
                null,
                null);
    }

    private static DispatchedTask commitOf(DispatchedTask made) {
        return new DispatchedTask(
                made.id(), made.group(), made.job(), TaskKind.COMMIT, -1, 0, made.session(), 0, null, null);
    }

    @Test
    void O1_outcomesOfForgottenJobsAndOfOtherGroupsAreDropped() {
        core.ready("A", 0).ready("B", 0).tick(9);
        core.end("B").pass(Duration.ofHours(7));
        assertThat(core.outcome(TaskEnd.SUCCEEDED, "B.0")).isEqualTo("UNKNOWN_JOB");
        DispatchedTask a = core.log().assignments().get(0);
        assertThat(core.outcome(
                        TaskEnd.SUCCEEDED,
                        new DispatchedTask(a.id(), 5, a.job(), a.kind(), 0, 0, a.session(), 0, null, null)))
                .isEqualTo("WRONG_GROUP");
    }

    @Test
    void O1_eachAttemptHasItsOwnOutcome() {
        core.ready("A", 0).tick(1);
        core.retry("A", 1, 0).tick(1);
        assertThat(core.outcome(TaskEnd.FAILED, "A.0")).isEqualTo("FAILED");
        assertThat(core.restart().outcome(TaskEnd.SUCCEEDED, "A.0#1")).isEqualTo("SUCCEEDED");
        assertThat(core.outcome(TaskEnd.SUCCEEDED, "A.0")).isEqualTo("REPEATED");
    }

    @Test
    void O1_whatRunsWhenItsJobIsFinalizedStillHasAnOutcome() {
        core.ready("A", 0).tick(1);
        core.commit("A").tick(1);
        assertThat(core.restart().outcome(TaskEnd.SUCCEEDED, "A.0")).isEqualTo("SUCCEEDED");
        assertThat(core.outcome(TaskEnd.FAILED, "commit A")).isEqualTo("FAILED");
        assertThat(core.outcome(TaskEnd.FAILED, "commit A")).isEqualTo("REPEATED");
        assertThat(core.restart().view("A").ended()).isEqualTo(new EndCounts(1, 1, 0, 0));
    }

    @Test
    void O1_anOutcomeKeepsItsJobFromBeingForgotten() {
        core.ready("A", 0, 1).tick(2);
        core.pass(Duration.ofHours(20)).outcome(TaskEnd.SUCCEEDED, "A.0");
        core.pass(Duration.ofHours(20));
        assertThat(core.ready("A", 0).drain()).isEmpty();
        assertThat(core.dropped(EventDropReason.DUPLICATE)).isEqualTo(1);
    }

    @Test
    void O7_aRefusedTaskIsOfferedAgainAfterItsBackOffAsTheSameAttempt() {
        core.trace("t").ready("A", 0, 1).tick(2);
        long first = core.log().assignments().get(0).id();

        assertThat(core.outcome(TaskEnd.REFUSED, "A.0")).isEqualTo("REFUSED");
        assertThat(core.restart().drain()).isEmpty();
        assertThat(core.scheduler().view().refusedTasks()).isEqualTo(1);
        core.pass(BACKOFF);
        assertThat(core.restart().drain()).containsExactly("A.0");

        DispatchedTask again = core.log().assignments().get(2);
        assertThat(again.id()).isGreaterThan(first);
        assertThat(again.trace()).isEqualTo("t");
        assertThat(core.outcome(TaskEnd.SUCCEEDED, again)).isEqualTo("SUCCEEDED");
        assertThat(core.outcome(TaskEnd.REFUSED, core.log().assignments().get(0)))
                .isEqualTo("REPEATED");
        core.pass(BACKOFF);
        assertThat(core.drain()).isEmpty();
        assertThat(core.scheduler().view().refusedTasks()).isZero();
        assertThat(core.view("A").ended()).isEqualTo(new EndCounts(1, 0, 0, 1));
    }

    @Test
    void O7_refusedFinalizingTasksAreOfferedAgain() {
        core.commit("A").cleanup("B").tick(9);
        core.outcome(TaskEnd.REFUSED, "commit A");
        core.outcome(TaskEnd.REFUSED, "cleanup B");
        core.pass(BACKOFF);
        assertThat(core.restart().drain()).containsExactly("commit A", "cleanup B");
        core.pass(Duration.ofHours(7));
        assertThat(core.outcome(TaskEnd.SUCCEEDED, "commit A")).isEqualTo("UNKNOWN_JOB");
    }

    @Test
    void O7_aRefusedTaskOfACancelledJobIsDiscarded() {
        core.ready("A", 0).commit("B").tick(9);
        core.outcome(TaskEnd.REFUSED, "A.0");
        core.outcome(TaskEnd.REFUSED, "commit B");
        core.command(Command.CANCEL, "A");
        core.command(Command.CANCEL, "B");
        core.pass(BACKOFF);
        assertThat(core.restart().drain()).isEmpty();
        assertThat(core.dropped(EventDropReason.DISCARDED)).isEqualTo(2);
    }

    @Test
    void O7_aRefusedCommitTaskGivesWayToTheCleanupTask() {
        core.commit("A").tick(1);
        core.outcome(TaskEnd.REFUSED, "commit A");
        core.cleanup("A").pass(BACKOFF);
        assertThat(core.drain()).containsExactly("cleanup A");
        assertThat(core.dropped(EventDropReason.DISCARDED)).isEqualTo(1);
    }

    @Test
    void O7_aRefusedTaskOfAPausedJobWaitsForItsEnd() {
        core.ready("A", 0).tick(1);
        core.outcome(TaskEnd.REFUSED, "A.0");
        core.command(Command.PAUSE, "A");
        core.pass(BACKOFF);
        assertThat(core.restart().drain()).isEmpty();
        core.command(Command.RESUME, "A");
        assertThat(core.drain()).containsExactly("A.0");
    }

    @Test
    void S11_aNewSessionVoidsRefusedTasks() {
        core.session(1).ready("A", 0).tick(1);
        core.outcome(TaskEnd.REFUSED, "A.0");
        core.session(2).ready("B", 0).pass(BACKOFF);
        assertThat(core.restart().drain()).containsExactly("B.0");
        assertThat(core.scheduler().view().refusedTasks()).isZero();
    }

    @Test
    void O1_pagesOfAssignmentsThatHaveEndedAreDeleted() {
        Random random = new Random(7);
        HeapStorage storage = new HeapStorage();
        DecisionLog log = new DecisionLog();
        LoggedScheduler scheduler = new LoggedScheduler(CoreFixture.policy(4, Fairness.JOB), storage, 1_000_000, log);
        int tasks = 40_000;
        scheduler.ready(1, 1, 0, IntStream.range(0, tasks).toArray(), 0, core.now());
        scheduler.tick(core.now(), tasks);
        scheduler.flush();
        int before = storage.size();
        List<DispatchedTask> order = new ArrayList<>(log.assignments());
        Collections.shuffle(order, random);
        int largest = 0;
        for (int i = 0; i < tasks; i++) {
            DispatchedTask made = order.get(i);
            scheduler.apply(new Event.AssignmentEnded(
                    made.id(), 1, 1, made.kind(), made.taskIndex(), 0, 0, TaskEnd.SUCCEEDED, 0, "", null));
            assertThat(scheduler.hasEnded(made.id())).isTrue();
            if (i % 100 == 0) {
                scheduler.flush();
                largest = Math.max(largest, storage.size());
            }
            if (i % 5_000 == 0) {
                scheduler = new LoggedScheduler(CoreFixture.policy(4, Fairness.JOB), storage, 1_000_000, log);
            }
        }
        for (int tick = 0; tick < 3; tick++) {
            scheduler.tick(core.now(), 0);
            scheduler.flush();
        }
        assertThat(largest).isBetween(before + 5, before + 11);
        // The last page is not full.
        assertThat(storage.size()).isLessThanOrEqualTo(before + 1);
        assertThat(storage.longestPut()).isLessThanOrEqualTo(Storage.MOST_VALUE_BYTES);
        assertThat(scheduler.hasEnded(order.get(0).id())).isTrue();
        assertThat(scheduler.view().job(1, 1).orElseThrow().view().ended().succeeded())
                .isEqualTo(tasks);
    }

    @Test
    void O3_assignmentsWithoutOutcomesAreForgottenWhenTheyAreTooOld() {
        core.ready("A", IntStream.range(0, 10_000).toArray()).drain(1_000);
        DispatchedTask first = core.log().assignments().get(0);
        DispatchedTask latest = core.log().assignments().get(9_999);
        core.outcome(TaskEnd.SUCCEEDED, core.log().assignments().get(5_000));
        for (int day = 0; day < 3; day++) {
            core.pass(Duration.ofHours(12)).ready("A", 20_000 + day);
        }
        assertThat(core.restart().outcome(TaskEnd.SUCCEEDED, first)).isEqualTo("NOT_OUT");
        assertThat(core.scheduler().hasEnded(first.id())).isFalse();
        assertThat(core.outcome(TaskEnd.SUCCEEDED, core.log().assignments().get(5_000)))
                .isEqualTo("NOT_OUT");
        // Pages are whole: the last one lives with what came after it.
        assertThat(core.outcome(TaskEnd.SUCCEEDED, latest)).isEqualTo("SUCCEEDED");
        assertThat(core.storage().keys()).hasSizeLessThan(10);
    }

    @Test
    void O3_withoutOutcomesNothingIsStoredOfThem() {
        core.ready("A", IntStream.range(0, 5_000).toArray());
        core.tick(1);
        int before = core.storage().keys().size();
        core.drain(1_000);
        assertThat(core.storage().keys()).hasSizeLessThanOrEqualTo(before);
    }

    @Test
    void O7_manyRefusedTasksAreOfferedAgainInPortions() {
        core.ready("A", IntStream.range(0, 2_500).toArray()).drain(500);
        for (DispatchedTask made : List.copyOf(core.log().assignments())) {
            core.outcome(TaskEnd.REFUSED, made);
        }
        core.jump(BACKOFF);
        List<Integer> offered = new ArrayList<>();
        for (int tick = 0; tick < 4; tick++) {
            offered.add(core.tick(5_000).size());
        }
        assertThat(offered).containsExactly(1_000, 1_000, 500, 0);
    }
}
