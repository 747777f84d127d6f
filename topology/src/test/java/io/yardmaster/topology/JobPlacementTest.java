package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.schemas.JobPartition;
import io.yardmaster.topology.config.LanePartitioner;
import org.junit.jupiter.api.Test;

class JobPlacementTest {
    private static final long JOB = 42;
    private static final int HOME = JobPartition.of(JOB, 4);
    private static final int ELSEWHERE = (HOME + 1) % 4;

    @Test
    void anEventThatLiesElsewhereIsRefusedWithBothPartitionsAndTheLikelyCause() {
        JobPlacement placement = new JobPlacement(LanePartitioner.MURMUR2, 4);
        assertThatThrownBy(() -> placement.check(JOB, ELSEWHERE))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("job 42 belongs in partition " + HOME + " of 4")
                .hasMessageContaining("lies in partition " + ELSEWHERE)
                .hasMessageContaining("partitioner=murmur2_random");
        assertThatCode(() -> placement.check(JOB, HOME)).doesNotThrowAnyException();
    }

    @Test
    void withoutTheRuleAnEventMayLieAnywhere() {
        assertThatCode(() -> new JobPlacement(LanePartitioner.ANY, 4).check(JOB, ELSEWHERE))
                .doesNotThrowAnyException();
    }
}
