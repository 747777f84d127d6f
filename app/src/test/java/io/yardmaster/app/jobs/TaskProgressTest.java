package io.yardmaster.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.workflow.Workflow;
import io.yardmaster.app.workflow.WorkflowTask;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskProgressTest {
    @Test
    void tasksBecomeReadyWhenAllBeforeThemAreDone() {
        TaskProgress progress = new TaskProgress(Workflows.diamond());
        assertThat(progress.open()).isEqualTo(1);

        assertThat(progress.succeeded(0)).isEqualTo(2);
        assertThat(progress.succeeded(0)).as("told again").isZero();
        assertThat(progress.succeeded(1)).isZero();
        assertThat(progress.open()).isEqualTo(1);
        assertThat(progress.succeeded(2)).isEqualTo(1);
        assertThat(progress.done()).isEqualTo(3);
        progress.allSucceeded();

        assertThat(progress.done()).isEqualTo(4);
        assertThat(progress.open()).isZero();
    }

    @Test
    void aTaskThatHasBegunSaysThatAllBeforeItAreDone() {
        TaskProgress progress = new TaskProgress(Workflows.diamond());

        assertThat(progress.failed(3, 0)).isTrue();

        assertThat(progress.done()).isEqualTo(3);
        assertThat(progress.open()).isEqualTo(1);
    }

    @Test
    void anAttemptFailsOnceAndNotAfterItsTaskIsDone() {
        TaskProgress progress = new TaskProgress(Workflows.flat(2));

        assertThat(progress.failed(0, 0)).isTrue();
        assertThat(progress.failed(0, 0)).isFalse();
        assertThat(progress.failed(0, 1)).isTrue();
        progress.succeeded(0);
        assertThat(progress.failed(0, 2)).isFalse();
        assertThat(progress.failed(9, 0)).as("of no task").isFalse();
        assertThat(progress.succeeded(9) + progress.begun(-1)).isZero();

        assertThat(progress.failedAttempts()).isEqualTo(2);
        assertThat(progress.open()).isEqualTo(1);
    }

    @Test
    void inWhateverOrderReportsComeTheCountsAreThoseOfTheGraph() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Workflow workflow = Workflows.random(random);
            TaskProgress progress = new TaskProgress(workflow);
            BitSet done = new BitSet();
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, progress.tasks()).boxed().toList());
            Collections.shuffle(order, random);
            for (int task : order) {
                progress.succeeded(task);
                close(workflow, task, done);
                assertThat(progress.done()).as("seed %s", seed).isEqualTo(done.cardinality());
                assertThat(progress.open()).as("seed %s", seed).isEqualTo(open(workflow, done));
            }
            assertThat(progress.open()).as("seed %s", seed).isZero();
        }
    }

    private static void close(Workflow workflow, int task, BitSet done) {
        done.set(task);
        workflow.tasks().get(task).parents().forEach(parent -> close(workflow, parent, done));
    }

    private static long open(Workflow workflow, BitSet done) {
        return workflow.tasks().stream()
                .filter(task ->
                        !done.get(task.index()) && task.parents().stream().allMatch(done::get))
                .count();
    }

    @Test
    void kindsAreCountedByNameTheSmallOnesTogether() {
        List<WorkflowTask> tasks = new ArrayList<>();
        for (int kind = 0; kind < 10; kind++) {
            for (int i = 0; i < 2 + kind / 2; i++) {
                tasks.add(new WorkflowTask(tasks.size(), "t" + tasks.size(), "kind" + kind, List.of(), List.of(), 1));
            }
        }
        TaskProgress progress = new TaskProgress(new Workflow("w", tasks, OptionalDouble.empty()));
        progress.succeeded(tasks.size() - 1);
        progress.failed(tasks.size() - 2, 0);
        progress.failed(tasks.size() - 2, 1);
        progress.succeeded(0);

        assertThat(KindProgress.line(List.of(progress)))
                .contains("kind2 0/3, kind3 0/3, kind4 0/4, kind5 0/4, kind6 0/5, kind7 0/5, kind8 0/6,"
                        + " kind9 1/6 (2 failed), 2 more 1/4");
        assertThat(KindProgress.line(List.of(new TaskProgress(Workflows.diamond()))))
                .as("each task has a name of its own")
                .isEmpty();
    }
}
