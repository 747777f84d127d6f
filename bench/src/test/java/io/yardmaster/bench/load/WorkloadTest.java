package io.yardmaster.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.TaskReady;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    private static Map<Long, Set<Integer>> tasksByJob(Workload workload, LongFunction<TaskReady> events) {
        Map<Long, Set<Integer>> tasks = new TreeMap<>();
        for (long event = 0; event < workload.events(); event++) {
            TaskReady ready = events.apply(event);
            tasks.computeIfAbsent(ready.getJobId(), none -> new TreeSet<>()).addAll(ready.getTaskIndices());
        }
        return tasks;
    }

    @Test
    void jobsComeInTurnAndEachHasEveryTaskOnce() {
        Workload workload = new Workload(60, 5, 3, 7);
        assertThat(workload.events()).isEqualTo(12);
        assertThat(tasksByJob(workload, workload::event)).hasSize(3).allSatisfy((job, tasks) -> assertThat(tasks)
                .containsExactlyElementsOf(IntStream.range(7, 27).boxed().toList()));
    }

    @Test
    void shuffledEventsHaveTheSameTasks() {
        Workload workload = new Workload(6_000, 10, 3, 7);
        LongFunction<TaskReady> shuffled = workload.shuffled(42);
        assertThat(tasksByJob(workload, shuffled)).isEqualTo(tasksByJob(workload, workload::event));
        assertThat(shuffled.apply(0).getTaskIndices())
                .isNotEqualTo(workload.event(0).getTaskIndices());
    }

    @Test
    void eventIsFoundAgainByJobAndTask() {
        Workload workload = new Workload(60, 1, 3, 7);
        for (long event = 0; event < workload.events(); event++) {
            TaskReady ready = workload.event(event);
            assertThat(workload.event(ready.getJobId(), ready.getTaskIndices().get(0)))
                    .isEqualTo(event);
        }
    }
}
