package io.yardmaster.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.avro.util.ClassSecurityValidator;
import org.junit.jupiter.api.Test;

class ContractRecordTest {
    @Test
    void buildersFillInTheDefaultsOfAGraph() {
        Stage stage = Stage.newBuilder().setName("only").build();
        JobGraph graph = JobGraph.newBuilder()
                .setResourceGroupId(1)
                .setJobId(2)
                .setStages(List.of(stage))
                .build();

        assertThat(graph.getOnFailure()).isEqualTo(OnFailure.STOP);
        assertThat(graph.getSessionId()).isEqualTo(-1);
        assertThat(graph.getParts()).isOne();
        assertThat(stage.getWhen()).isEqualTo(When.ALL);
        assertThat(stage.getAfter()).isEmpty();
        assertThat(stage.getTasks()).isOne();
    }

    @Test
    void classesOutsideOfTheContractAreTrustedAsLittleAsBefore() {
        JobGraph.newBuilder();

        assertThatThrownBy(() -> ClassSecurityValidator.validate(ProcessBuilder.class))
                .isInstanceOf(SecurityException.class);
    }
}
