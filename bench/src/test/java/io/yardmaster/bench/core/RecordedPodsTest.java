package io.yardmaster.bench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.replay.InvalidDayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pods of Alibaba's GPU trace as B26 and B30 take them. */
class RecordedPodsTest {
    private static final String HEADER =
            "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,deletion_time,scheduled_time\n";

    @TempDir
    Path temp;

    private Path pods;

    @BeforeEach
    void writeTheTrace() throws IOException {
        pods = Files.writeString(
                temp.resolve("openb-pods.csv"),
                HEADER
                        + "a,1000,100,2,1000,,LS,Running,0,60,1\n"
                        + "b,1000,100,1,500,,BE,Pending,5,60,\n"
                        + "c,1000,100,2,1000,,BE,Running,6,,7\n");
        Files.writeString(
                temp.resolve("openb-nodes.csv"),
                "sn,cpu_milli,memory_mib,gpu,model\nn,9000,9000,4,T4\nm,9000,9000,0,\n");
    }

    @Test
    void podsArePlacedOnNodesUntilOneHasNoPlace() {
        RecordedPods recorded = RecordedPods.read(pods);

        assertThat(recorded.pods()).isEqualTo(3);
        assertThat(recorded.nodes()).isEqualTo(2);
        assertThat(recorded.allocated()).isEqualTo(100.0 * 2_500 / 4_000);
    }

    @Test
    void theGroupsOfNeedsAreClassesOfServiceAndPodsThatHaveNotEndedAreNone() {
        RecordedNeeds needs = RecordedNeeds.read(pods);

        assertThat(needs.groups()).containsExactly("BE", "LS");
        assertThat(needs.of("BE"))
                .containsExactly(
                        new RecordedNeeds.Tasks(1, Map.of("cpu", 1_000L, "memory", 100L, "gpu", 500L), 55_000));
        assertThat(needs.of("LS"))
                .containsExactly(
                        new RecordedNeeds.Tasks(1, Map.of("cpu", 1_000L, "memory", 100L, "gpu", 2_000L), 60_000));
    }

    @Test
    void aMistakeIsNamedWithItsLine() throws Exception {
        Files.writeString(pods, HEADER + "a,1000,100,two,1000,,LS,Running,0,60,1\n");
        assertThatThrownBy(() -> RecordedPods.read(pods))
                .isInstanceOf(InvalidDayException.class)
                .hasMessage(pods + ":2: num_gpu is 'two', must be a whole number from 0 to 1000");
    }
}
