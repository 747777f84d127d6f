package io.yardmaster.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.TaskReady;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScatteredEventsTest {
    private static final int JOBS = 50;

    private static List<TaskReady> events(long seed) {
        ScatteredEvents scattered = new ScatteredEvents(JOBS, 3, 2, seed);
        var inOrder = scattered.inOrder();
        return LongStream.range(0, scattered.events()).mapToObj(inOrder).toList();
    }

    @Test
    void eachTaskOfEachJobComesOnce() {
        List<String> tasks = events(7).stream()
                .flatMap(event -> event.getTaskIndices().stream().map(index -> event.getJobId() + "." + index))
                .toList();
        assertThat(tasks).hasSize(JOBS * 6).doesNotHaveDuplicates();
        assertThat(events(7)).allMatch(event -> event.getJobId() >= 1 && event.getJobId() <= JOBS);
        assertThat(events(7).stream().flatMap(event -> event.getTaskIndices().stream()))
                .allMatch(index -> index >= 0 && index < 6);
    }

    @Test
    void theOrderIsTheSeeds() {
        assertThat(events(7)).isEqualTo(events(7)).isNotEqualTo(events(8));
    }

    @Test
    void jobsComeNeitherInTurnNorOneAfterTheOther() {
        List<Long> jobs = events(7).stream().map(TaskReady::getJobId).toList();
        long steps = LongStream.range(1, jobs.size())
                .filter(place -> Math.abs(jobs.get((int) place) - jobs.get((int) place - 1)) <= 1)
                .count();
        assertThat(steps).isLessThan(jobs.size() / 4);
    }
}
