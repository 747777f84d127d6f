package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.DispatchedTask;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The trace of an event goes with its tasks into their assignments. */
class TraceRulesTest {
    private final CoreFixture core = CoreFixture.withActiveJobs(4);

    @Test
    void tasksHaveTheTraceOfTheEventThatMadeThemReady() {
        core.trace("a").ready("J", 0, 1).trace("b").ready("J", 1, 2).trace(null).ready("J", 3);
        core.drain();
        assertThat(traces()).containsExactly("a", "a", "b", null);
    }

    @Test
    void aRetryHasItsOwnTrace() {
        core.trace("a").ready("J", 0).trace("b").retry("J", 1, 0);
        core.drain();
        assertThat(traces()).containsExactly("a", "b");
    }

    @Test
    void finalizingTasksHaveTheTraceOfTheirEvent() {
        core.trace("c").commit("J").restart();
        core.drain();
        core.trace("k").cleanup("J").restart();
        core.drain();
        core.trace(null).cleanup("K");
        core.drain();
        assertThat(traces()).containsExactly("c", "k", null);
    }

    @Test
    void aCleanupThatReplacesACommitReplacesItsTrace() {
        core.trace("c").commit("J").trace(null).cleanup("J").restart();
        assertThat(core.drain()).containsExactly("cleanup J");
        assertThat(traces()).containsExactly((String) null);
    }

    @Test
    void tracesSurviveRestartsInPagesToo() {
        int[] disorder = IntStream.range(0, 1_000).map(i -> 7 * i % 1_000).toArray();
        for (int first = 0; first < 1_000; first += 50) {
            core.trace(first % 100 == 0 ? "trace " + first : null)
                    .ready("J", Arrays.copyOfRange(disorder, first, first + 50));
        }
        for (int tick = 0; tick < 20; tick++) {
            core.restart().tick(50);
        }
        List<String> expected = IntStream.range(0, 1_000)
                .mapToObj(i -> i / 50 % 2 == 0 ? "trace " + i / 100 * 100 : null)
                .toList();
        assertThat(traces()).isEqualTo(expected);
    }

    private List<String> traces() {
        return core.log().assignments().stream().map(DispatchedTask::trace).collect(Collectors.toList());
    }
}
