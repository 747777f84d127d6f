package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedGroupsTest {
    private static final int TASKS = 5_000;

    /** The assignments of one tick, of which there are 400 at most, to the group 1; the others are to group 2. */
    private static long ofGroup1(SchedulerDriver scheduler) {
        scheduler.available = 400;
        List<TaskAssignment> made = scheduler.tick();
        assertThat(made).hasSize(400);
        return made.stream()
                .filter(assignment -> assignment.getResourceGroupId() == 1)
                .count();
    }

    private static SchedulerDriver twoGroups(String fairness) {
        SchedulerDriver scheduler =
                new SchedulerDriver("fairness", fairness, "lane.partitioner", "any", "dispatch.capacity", "400");
        for (long group = 1; group <= 2; group++) {
            scheduler.send(
                    Topic.READY,
                    group,
                    new TaskReady(
                            group, group, 0L, IntStream.range(0, TASKS).boxed().toList(), 0));
        }
        return scheduler;
    }

    @Test
    void L2_aChangedWeightHoldsFromTheNextTickOn() {
        try (SchedulerDriver scheduler = twoGroups("weighted")) {
            assertThat(ofGroup1(scheduler)).isEqualTo(200);
            scheduler.weigh(1, 3.0);
            assertThat(ofGroup1(scheduler)).isCloseTo(300, within(1L));
            scheduler.weigh(2, 9.0);
            assertThat(ofGroup1(scheduler)).isCloseTo(100, within(1L));
            scheduler.weigh(1, null);
            assertThat(ofGroup1(scheduler)).isCloseTo(40, within(1L));
            scheduler.weigh(2, null);
            assertThat(ofGroup1(scheduler)).isCloseTo(200, within(1L));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"resource-group", "job"})
    void L2_withAnotherFairnessWeightsChangeNothing(String fairness) {
        try (SchedulerDriver scheduler = twoGroups(fairness)) {
            scheduler.weigh(1, 100.0);
            assertThat(ofGroup1(scheduler)).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grup/1", "group/x", "group", "", "group/1/2"})
    void anEntryThatIsNotUnderstoodStopsNothing(String key) {
        try (SchedulerDriver scheduler = twoGroups("weighted")) {
            scheduler.weigh(2, 3.0);
            scheduler.policy(key, PolicyEntry.newBuilder().setWeight(2.0).build());
            scheduler.policy(
                    "group/1",
                    PolicyEntry.newBuilder()
                            .setFields(List.of("colour"))
                            .setWeight(-2.0)
                            .build());
            scheduler.sendRaw(Topic.POLICY, "group/3".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3});
            scheduler.sendRaw(Topic.POLICY, new byte[] {-1, -2}, new byte[0]);
            assertThat(ofGroup1(scheduler)).isEqualTo(100);
        }
    }
}
