package io.yardmaster.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What comes with an event as its trace goes with its tasks, and costs nothing where there is none. */
class TraceRulesTest {
    private final Yard yard = Yard.withActiveJobs(4);

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

    @Test
    void whatIsStoredWithoutTracesIsWhatOlderVersionsStore() {
        byte[] without = stored(null);
        byte[] with = stored("trace");
        assertThat(with).hasSize(without.length + 1 + 1 + 1 + "trace".length()).startsWith(without);
    }

    @Test
    void tasksOfOneEventShareItsTraceHoweverManyTheyAre() {
        int[] disorder = IntStream.range(0, 100).map(i -> 2 * (7 * i % 100)).toArray();
        String longTrace = "x".repeat(500);
        byte[] without = record(new RecordWriter(), disorder, null);
        byte[] with = record(new RecordWriter(), disorder, longTrace);
        assertThat(with.length - without.length).isLessThan(longTrace.length() + 8);
    }

    private List<String> traces() {
        return yard.log().assignments().stream().map(Assignment::trace).collect(Collectors.toList());
    }

    private static byte[] stored(String trace) {
        return record(new RecordWriter(), new int[] {0, 1, 2, 3}, trace);
    }

    private static byte[] record(RecordWriter writer, int[] indices, String trace) {
        HeapStorage storage = new HeapStorage();
        Pages pages = new Pages(storage, new Keys(), new Garbage(storage, new Keys()), 1);
        Job job = new Job(1, 2, pages);
        for (int index : indices) {
            job.queue.append(index, 0, 5, trace);
        }
        job.seen.add(indices, 0);
        byte[] bytes = job.write(writer);
        Job read = Job.read(1, bytes, pages);
        assertThat(Objects.equals(read.queue.headTrace(), trace)).isTrue();
        assertThat(read.write(writer)).isEqualTo(bytes);
        return bytes;
    }
}
