package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.DispatchedTask;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What comes with an event as its trace goes with its tasks, and costs nothing where there is none. */
class TraceRulesTest {
    private final CoreFixture yard = CoreFixture.withActiveJobs(4);

    @Test
    void tasksHaveTheTraceOfTheEventThatMadeThemReady() {
        yard.trace("a").ready("J", 0, 1).trace("b").ready("J", 1, 2).trace(null).ready("J", 3);
        yard.drain();
        assertThat(traces()).containsExactly("a", "a", "b", null);
    }

    @Test
    void aRetryHasItsOwnTrace() {
        yard.trace("a").ready("J", 0).trace("b").retry("J", 1, 0);
        yard.drain();
        assertThat(traces()).containsExactly("a", "b");
    }

    @Test
    void finalizingTasksHaveTheTraceOfTheirEvent() {
        yard.trace("c").commit("J").restart();
        yard.drain();
        yard.trace("k").cleanup("J").restart();
        yard.drain();
        yard.trace(null).cleanup("K");
        yard.drain();
        assertThat(traces()).containsExactly("c", "k", null);
    }

    @Test
    void aCleanupThatReplacesACommitReplacesItsTrace() {
        yard.trace("c").commit("J").trace(null).cleanup("J").restart();
        assertThat(yard.drain()).containsExactly("cleanup J");
        assertThat(traces()).containsExactly((String) null);
    }

    @Test
    void tracesSurviveRestartsInPagesToo() {
        int[] disorder = IntStream.range(0, 1_000).map(i -> 7 * i % 1_000).toArray();
        for (int first = 0; first < 1_000; first += 50) {
            yard.trace(first % 100 == 0 ? "trace " + first : null)
                    .ready("J", Arrays.copyOfRange(disorder, first, first + 50));
        }
        for (int tick = 0; tick < 20; tick++) {
            yard.restart().tick(50);
        }
        List<String> expected = IntStream.range(0, 1_000)
                .mapToObj(i -> i / 50 % 2 == 0 ? "trace " + i / 100 * 100 : null)
                .toList();
        assertThat(traces()).isEqualTo(expected);
    }

    private List<String> traces() {
        return yard.log().assignments().stream().map(DispatchedTask::trace).collect(Collectors.toList());
    }
}
