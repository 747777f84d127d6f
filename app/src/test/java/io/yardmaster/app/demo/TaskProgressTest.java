package io.yardmaster.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.jobs.Workflows;
import io.yardmaster.app.workflow.Workflow;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
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
}
