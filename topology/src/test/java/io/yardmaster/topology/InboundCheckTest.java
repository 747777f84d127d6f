package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.JobGraph;
import io.yardmaster.topology.config.SchedulerConfig;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class InboundCheckTest {
    private static final long JOB = 42;

    private final InboundCheck check = new InboundCheck(SchedulerConfig.from(Map.of()), 1);

    @Test
    void aGraphIsNotRefusedForLimitsAndPoolsWhichThePolicyMayHave() {
        JobGraph graph = SubmittedGraph.of(
                JOB, SubmittedGraph.needing("cut", 2, Map.of("licence", 3L)), SubmittedGraph.pooled("train", 1, "gpu"));
        assertThat(check.refusal(0, JOB, graph, 1, new RecordHeaders())).isEmpty();
    }

    @Test
    void aGraphWithAnotherJobsKeyIsRefusedWithTheReason() {
        JobGraph graph = SubmittedGraph.of(JOB, SubmittedGraph.stage("a", 1));
        assertThat(check.refusal(0, JOB + 1, graph, 1, new RecordHeaders()).orElseThrow())
                .contains("43", "42");
    }
}
