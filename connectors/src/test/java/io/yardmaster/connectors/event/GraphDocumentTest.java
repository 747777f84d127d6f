package io.yardmaster.connectors.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.connectors.convert.ContractSchemas;
import io.yardmaster.connectors.convert.EventConverter;
import io.yardmaster.connectors.convert.Records;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.schemas.When;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JSON of a graph in a row of the outbox. */
class GraphDocumentTest {
    private static JobGraph read(String text) throws BadRowException {
        return GraphDocument.read(text.replace('\'', '"'), 7, 5);
    }

    private static String payload(Stage stage) {
        return StandardCharsets.UTF_8.decode(stage.getPayload().duplicate()).toString();
    }

    @Test
    void whatIsNotSaidIsAsInTheContract() throws Exception {
        JobGraph graph = read("{'stages': [{'name': 'only'}]}");
        assertThat(graph)
                .isEqualTo(JobGraph.newBuilder()
                        .setResourceGroupId(7)
                        .setJobId(5)
                        .setOnFailure(OnFailure.STOP)
                        .setStages(List.of(new Stage(
                                "only",
                                1,
                                List.of(),
                                When.ALL,
                                1,
                                0L,
                                0L,
                                Payload.NONE,
                                Map.of(),
                                "",
                                0,
                                Map.of(),
                                false)))
                        .build());
        assertThat(graph.getSessionId()).isEqualTo(-1);
    }

    @Test
    void everyFieldIsRead() throws Exception {
        JobGraph graph = read(
                "{'name': 'nightly', 'priority': -5, 'commit': true, 'cleanup': true, 'on_failure': 'continue', 'stages': ["
                        + "{'name': 'a', 'tasks': 3, 'attempts': 4, 'backoff_ms': 5000000000, 'timeout_ms': 6, 'payload': 'ä', 'needs': {'licence': 2}, 'pool': 'gpu'},"
                        + "{'name': 'b', 'tasks': 3, 'after': ['a', {'stage': 'a', 'each': true}], 'when': 'ENDED', 'payload': {'x': [1]}},"
                        + "{'name': 'c', 'after': 'b', 'run': './c.sh'},"
                        + "{'name': 'd', 'after': {'stage': 'c'}}]}");
        assertThat(graph.getStages()).extracting(Stage::getPool).containsExactly("gpu", "", "", "");
        assertThat(graph.getName()).isEqualTo("nightly");
        assertThat(graph.getPriority()).isEqualTo(-5);
        assertThat(graph.getCommit()).isTrue();
        assertThat(graph.getCleanup()).isTrue();
        assertThat(graph.getOnFailure()).isEqualTo(OnFailure.CONTINUE);
        List<Stage> stages = graph.getStages();
        assertThat(stages.get(0))
                .isEqualTo(new Stage(
                        "a",
                        3,
                        List.of(),
                        When.ALL,
                        4,
                        5_000_000_000L,
                        6L,
                        ByteBuffer.wrap("ä".getBytes(StandardCharsets.UTF_8)),
                        Map.of("licence", 2L),
                        "gpu",
                        0,
                        Map.of(),
                        false));
        assertThat(stages.get(1).getAfter())
                .containsExactly(new StageDependency("a", false), new StageDependency("a", true));
        assertThat(stages.get(1).getWhen()).isEqualTo(When.ENDED);
        assertThat(payload(stages.get(1))).isEqualTo("{\"x\":[1]}");
        assertThat(stages.get(3).getAfter()).containsExactly(new StageDependency("c", false));
        assertThat(payload(stages.get(2)))
                .as("as work --run wants it")
                .isEqualTo("{\"stage\":\"c\",\"first\":6,\"tasks\":1,\"run\":\"./c.sh\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{                                              | graph is no JSON: Unexpected end-of-input",
                "{'stages': [{'name': 'a'}]} x                  | graph is no JSON: Unrecognized token 'x'",
                "{'stages': [{'name': 'a', 'name': 'b'}]}       | graph is no JSON: Duplicate field 'name'",
                "[]                                             | the graph must be an object with stages, priority,",
                "{'stage': []}                                  | the graph has no stage: the nearest name is stages",
                "{'priority': 1}                                | the graph needs stages",
                "{'stages': []}                                 | stages of the graph must be a list of one or more",
                "{'stages': {}}                                 | stages of the graph must be a list of one or more",
                "{'stages': ['a']}                              | stage 0 must be an object with name, tasks, after",
                "{'stages': [{'tasks': 1}]}                     | stage 0 needs name",
                "{'stages': [{'name': 1}]}                      | name of stage 0 is 1, must be a text",
                "{'stages': [{'name': 'a', 'attemts': 2}]}      | stage 0 has no attemts: the nearest name is attempts",
                "{'stages': [{'name': 'a', 'tasks': 1.5}]}      | tasks of stage 'a' is 1.5, must be a whole number of 32 bits",
                "{'stages': [{'name': 'a', 'tasks': 3000000000}]} | tasks of stage 'a' is 3000000000, must be a whole number of 32",
                "{'stages': [{'name': 'a', 'tasks': null}]}     | tasks of stage 'a' is null, must be a whole number of 32 bits",
                "{'stages': [{'name': 'a', 'timeout_ms': '1s'}]} | timeout_ms of stage 'a' is \"\"1s\"\", must be a whole number of 64",
                "{'stages': [{'name': 'a', 'when': 'SOME'}]}    | when of stage 'a' is \"\"SOME\"\", must be one of [ALL, ANY, ENDED]",
                "{'stages': [{'name': 'a', 'after': [1]}]}      | after of stage 'a' must be an object with stage, each",
                "{'stages': [{'name': 'a', 'after': {'stage': 'b', 'each': 1}}]} | each of after of stage 'a' is 1, must be true or false",
                "{'stages': [{'name': 'a', 'needs': []}]}       | needs of stage 'a' must be an object with names of limits",
                "{'stages': [{'name': 'a', 'needs': {'disk': 'x'}}]} | disk of needs of stage 'a' is \"\"x\"\", must be a whole number of 64",
                "{'stages': [{'name': 'a', 'pool': 5}]}         | pool of stage 'a' is 5, must be a text",
                "{'stages': [{'name': 'a', 'run': ' '}]}        | run of stage 'a' must be a command",
                "{'stages': [{'name': 'a', 'run': 'x', 'payload': 'y'}]} | stage 'a' has both run and payload"
            })
    void aDocumentThatIsNoGraphIsRefusedInOneLineThatNamesTheField(String text, String reason) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(BadRowException.class)
                .hasMessageStartingWith(reason.replace("\"\"", "\""))
                .message()
                .hasLineCount(1);
    }

    @Test
    void aGraphThatDoesNotFitIntoARecordIsRefused() throws Exception {
        String stage = "{'name': '%s', 'run': 'x'}";
        StringBuilder stages = new StringBuilder(stage.formatted("first"));
        for (int i = 0; i < 7_500; i++) {
            stages.append(',').append(stage.formatted("a".repeat(20) + i));
        }
        String many = "{'stages': [" + stages + "]}";
        assertThat(many.length()).isLessThan(GraphDocument.MOST_BYTES);
        assertThatThrownBy(() -> read(many))
                .hasMessage("graph has more than 700000 bytes: a program can send it in parts");
        assertThatThrownBy(() -> read("{'stages': [{'name': 'a'}]}" + " ".repeat(GraphDocument.MOST_BYTES)))
                .hasMessageStartingWith("graph has more than 700000 bytes");
        assertThatThrownBy(() -> read("{'stages': [{'name': 'a', 'payload': '" + "x".repeat(3_501) + "'}]}"))
                .hasMessage("payload of stage 'a' has 3501 bytes, may have 3500");
    }

    /** With what it takes besides the stages' own bytes, the largest graph is below the 1 MB of a record. */
    @Test
    void theLargestGraphFitsIntoARecord() throws Exception {
        StringBuilder stages = new StringBuilder();
        JobGraph largest = null;
        for (int from = 0; from < 40_000; from += 500) {
            for (int i = from; i < from + 500; i++) {
                stages.append(i == 0 ? "" : ",").append("{'name':'s%s'}".formatted(i));
            }
            try {
                largest = read("{'stages':[" + stages + "]}");
            } catch (BadRowException tooLarge) {
                break;
            }
        }
        try (EventConverter converter = new EventConverter()) {
            converter.configure(Map.of("schema.registry.url", "mock://graphs"), false);
            Struct struct = Records.struct(largest, ContractSchemas.connect(JobGraph.getClassSchema()));
            byte[] written = converter.fromConnectData("graphs", struct.schema(), struct);
            assertThat(written.length).isBetween(100_000, 900_000);
            assertThat(converter.toConnectData("graphs", written).value()).isEqualTo(struct);
        }
    }
}
