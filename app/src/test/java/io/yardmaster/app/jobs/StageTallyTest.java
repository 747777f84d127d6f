package io.yardmaster.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.yardmaster.app.workflow.Workflow;
import io.yardmaster.app.workflow.WorkflowTask;
import io.yardmaster.schemas.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StageTallyTest {
    @Test
    void tasksAreOpenWhenAllThatTheyWaitForHasSucceeded() {
        StageTally tally = new StageTally(Stages.nightly());
        assertThat(tally.open()).isEqualTo(1);
        tally.succeeded(0);
        assertThat(tally.open()).isEqualTo(200);
        tally.succeeded(1);
        tally.succeeded(2);
        assertThat(tally.open()).as("two of check take their places").isEqualTo(200);
        IntStream.rangeClosed(1, 400).forEach(tally::succeeded);
        assertThat(tally.open()).isEqualTo(1);
        assertThat(tally.done()).isEqualTo(401);
    }

    @Test
    void aTaskThatHasBegunSaysThatEverythingBeforeItHasSucceeded() {
        StageTally tally = new StageTally(Stages.nightly());
        tally.begun(201 + 17);
        assertThat(tally.done()).as("split and task 17 of render").isEqualTo(2);
        tally.begun(401);
        assertThat(tally.done()).isEqualTo(401);
        tally.begun(-1);
        tally.succeeded(402);
        assertThat(tally.done()).as("no tasks of this job").isEqualTo(401);
    }

    @Test
    void aTaskThatRunsAlsoBehindFailuresSaysNothingAboutOthers() {
        StageTally tally = new StageTally(Stages.plan(
                Stages.stage("a", 3),
                Stages.stage("any", 1, When.ANY, 1, "a"),
                Stages.stage("end", 1, When.ENDED, 1, "a")));
        tally.begun(3);
        tally.succeeded(4);
        assertThat(tally.done()).isEqualTo(1);

        tally.allSucceeded();
        assertThat(tally.done()).as("those of a may have failed").isEqualTo(2);
    }

    @Test
    void aTaskHasFailedWhenItsLastAttemptHas() {
        StageTally tally = new StageTally(Stages.nightly());
        tally.failed(8, 0, "disk full");
        tally.failed(8, 0, "told again");
        tally.failed(8, 1, "disk full");
        assertThat(tally.failedAttempts()).isEqualTo(2);
        assertThat(tally.ended()).as("split").isEqualTo(1);
        tally.failed(8, 2, "disk still full");
        tally.failed(9, 2, "later");
        assertThat(tally.ended()).isEqualTo(3);
        assertThat(tally.counts())
                .extracting(
                        StageCounts::name,
                        StageCounts::tasks,
                        StageCounts::succeeded,
                        StageCounts::failed,
                        StageCounts::reason)
                .containsExactly(
                        tuple("split", 1, 1, 0, ""),
                        tuple("render", 200, 0, 2, "task 7: disk still full"),
                        tuple("check", 200, 0, 0, ""),
                        tuple("publish", 1, 0, 0, ""));
        tally.succeeded(10);
        tally.failed(10, 2, "a late copy");
        assertThat(tally.ended()).isEqualTo(4);
        assertThat(tally.failedAttempts()).isEqualTo(4);
    }

    /** The end of a job is read from another topic than the outcomes before it. */
    @Test
    void attemptsThatFailedBeforeASuccessCountAlsoIfTheyAreReadBehindIt() {
        StageTally tally = new StageTally(Stages.nightly());
        tally.allSucceeded();
        tally.failed(5, 0, "disk full");
        tally.failed(5, 1, "disk full");
        assertThat(tally.failedAttempts()).isEqualTo(2);
        assertThat(tally.done()).isEqualTo(402);
        assertThat(tally.ended()).isEqualTo(402);
    }

    /** A follower may not know with how many attempts a workflow was submitted. */
    @Test
    void aTaskThatSucceedsAfterItSeemedToHaveFailedHasSucceeded() {
        StageTally tally = new StageTally(Stages.plan(Stages.stage("a", 3), Stages.stage("b", 1, "a")));
        tally.failed(0, 0, "x");
        tally.failed(1, 0, "x");
        tally.succeeded(0);
        assertThat(tally.ended()).isEqualTo(2);
        tally.begun(3);
        assertThat(tally.ended()).isEqualTo(3);
        assertThat(tally.counts())
                .extracting(StageCounts::succeeded, StageCounts::failed, StageCounts::reason)
                .containsExactly(tuple(3, 0, ""), tuple(0, 0, ""));
    }

    @Test
    void theTimeOfAStageIsFromItsFirstBeginToItsLastEnd() {
        StageTally tally = new StageTally(Stages.nightly());
        tally.ran(1, 5_000, 6_000);
        tally.ran(3, 4_000, 4_500);
        assertThat(tally.counts())
                .extracting(StageCounts::time)
                .containsExactly(
                        Optional.empty(), Optional.of(Duration.ofSeconds(2)), Optional.empty(), Optional.empty());
    }

    /** Compared with another way to count, for workflows of single tasks. */
    @Test
    void itIsRightInWhateverOrderReportsCome() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            Workflow workflow = Workflows.random(random);
            StageTally tally = new StageTally(WorkflowPlan.of("w", workflow, 1));
            BitSet done = new BitSet();
            List<Integer> order = new ArrayList<>(
                    workflow.tasks().stream().map(WorkflowTask::index).toList());
            Collections.shuffle(order, random);
            for (int task : order) {
                tally.succeeded(task);
                close(workflow, task, done);
                assertThat(tally.done()).as("seed %s", seed).isEqualTo(done.cardinality());
                assertThat(tally.open()).as("seed %s", seed).isEqualTo((int) workflow.tasks().stream()
                        .filter(each -> !done.get(each.index())
                                && each.parents().stream().allMatch(done::get))
                        .count());
            }
            assertThat(tally.ended()).as("seed %s", seed).isEqualTo(order.size());
        }
    }

    private static void close(Workflow workflow, int task, BitSet done) {
        done.set(task);
        workflow.tasks().get(task).parents().forEach(parent -> close(workflow, parent, done));
    }

    @Test
    void kindsAreCountedByNameTheSmallOnesTogether() {
        List<WorkflowTask> tasks = new ArrayList<>();
        for (int kind = 0; kind < 10; kind++) {
            for (int i = 0; i < 2 + kind / 2; i++) {
                tasks.add(new WorkflowTask(tasks.size(), "t" + tasks.size(), "kind" + kind, List.of(), List.of(), 1));
            }
        }
        StageTally tally = new StageTally(WorkflowPlan.of("w", new Workflow("w", tasks, OptionalDouble.empty()), 3));
        tally.succeeded(tasks.size() - 1);
        tally.failed(tasks.size() - 2, 0, "");
        tally.failed(tasks.size() - 2, 1, "");
        tally.succeeded(0);

        assertThat(KindProgress.line(List.of(tally)))
                .as("kind0 is small, but under way")
                .contains("kind0 1/2, kind2 0/3, kind4 0/4, kind5 0/4, kind6 0/5, kind7 0/5, kind8 0/6,"
                        + " kind9 1/6 (2 failed), 2 more 0/5");
        assertThat(KindProgress.line(List.of(new StageTally(WorkflowPlan.of("w", Workflows.diamond(), 1)))))
                .as("each task has a name of its own")
                .isEmpty();
    }

    @Test
    void stagesOfAUserAreShownAlsoIfEachHasOneTask() {
        StageTally tally = new StageTally(Stages.plan(Stages.stage("a", 1), Stages.stage("b", 1, "a")));
        assertThat(KindProgress.line(List.of(tally))).contains("a 0/1, b 0/1");
    }
}
