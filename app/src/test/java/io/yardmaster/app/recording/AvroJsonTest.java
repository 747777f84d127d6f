package io.yardmaster.app.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.schemas.When;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AvroJsonTest {
    private static JobGraph graph() {
        ByteBuffer payload = ByteBuffer.wrap("run".getBytes(StandardCharsets.UTF_8));
        return JobGraph.newBuilder()
                .setResourceGroupId(1)
                .setJobId(7)
                .setSessionId(1)
                .setOnFailure(OnFailure.STOP)
                .setStages(List.of(new Stage(
                        "render",
                        3,
                        List.of(new StageDependency("split", true)),
                        When.ALL,
                        2,
                        20L,
                        0L,
                        payload,
                        new HashMap<>(Map.of("tape", 1L, "licence", 2L)),
                        "",
                        0,
                        Map.of(),
                        false)))
                .build();
    }

    @Test
    void eachFieldOfAGraphIsWrittenAndItsPayloadsOnlyIfAsked() {
        JsonNode stage = new AvroJson(false).of(graph()).path("stages").path(0);
        assertThat(stage.path("needs")).hasToString("{\"licence\":2,\"tape\":1}");
        assertThat(stage.path("after")).hasToString("[{\"stage\":\"split\",\"each\":true}]");
        assertThat(stage.has("payload")).isFalse();
        assertThat(new AvroJson(true).of(graph()).path("stages").path(0).path("payload"))
                .hasToString("\"cnVu\"");
    }
}
