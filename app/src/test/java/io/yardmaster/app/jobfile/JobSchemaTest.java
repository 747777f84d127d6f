package io.yardmaster.app.jobfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.yardmaster.app.workflow.InvalidInputException;
import io.yardmaster.schemas.GraphLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema, by which editors help, and the reader say the same. */
class JobSchemaTest {
    private static final JsonNode SCHEMA = schema();

    private static JsonNode schema() {
        try {
            return new JsonMapper()
                    .readTree(Path.of("..", "docs", "job.schema.json").toFile());
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static boolean schemaTakes(String yaml) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SCHEMA);
        return schema.validate(new YAMLMapper().readTree(yaml)).isEmpty();
    }

    private static boolean readerTakes(String yaml) throws IOException {
        try {
            JobFileReader.read("j.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
            return true;
        } catch (InvalidInputException e) {
            return false;
        }
    }

    @Test
    void bothKnowTheSameKeys() {
        assertKeys(SCHEMA, JobFileKeys.OF_JOB);
        assertKeys(SCHEMA.at("/$defs/stage"), JobFileKeys.OF_STAGE);
        assertKeys(SCHEMA.at("/$defs/dependency/anyOf/1"), JobFileKeys.OF_DEPENDENCY);
    }

    private static void assertKeys(JsonNode schema, List<String> keys) {
        assertThat(schema.path("additionalProperties").isBoolean()).isTrue();
        assertThat(schema.path("additionalProperties").booleanValue()).isFalse();
        assertThat(schema.path("properties").fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void bothHaveTheLimitsOfAGraph() {
        assertThat(SCHEMA.at("/properties/stages/maxProperties").longValue()).isEqualTo(GraphLimits.STAGES);
        assertThat(SCHEMA.at("/$defs/stage/properties/tasks/maximum").longValue())
                .isEqualTo(GraphLimits.TASKS);
        assertThat(SCHEMA.at("/$defs/stage/properties/attempts/maximum").longValue())
                .isEqualTo(GraphLimits.ATTEMPTS);
        assertThat(SCHEMA.at("/$defs/line/maxLength").longValue())
                .isEqualTo(GraphLimits.STAGE_NAME)
                .isEqualTo(GraphLimits.JOB_NAME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{job: j, stages: {a: }}",
                "{job: j, group: 0, priority: -1000, on_failure: stop, stages: {a: {}, b: {after: a}}}",
                "{job: j, group: 9223372036854775807, priority: 1000, stages: {a: {tasks: 1, attempts: 1000000}}}",
                "{job: 'true', stages: {5: {run: 'x {index}', backoff: 0s, timeout: 1ms, when: ended}}}",
                "{job: 'é x', stages: {a: {}, b: {after: [{stage: a, each: true}]}, c: {after: {stage: a}, when: any}}}",
                "{job: j, stages: {a: {needs: {licence: 1, disk.ssd-1_a: 1000000000}}, b: {needs: {}}}}",
                "{job: j, stages: {a: {pool: gpu}, b: {pool: a-1}}}",
                "{job: j, stages: {a: {timeout: 30 s, run: 'a\n\nb'}, b: {after: []}}}",
            })
    void bothTakeWhatIsRight(String yaml) throws IOException {
        assertThat(schemaTakes(yaml)).isTrue();
        assertThat(readerTakes(yaml)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "x",
                "{}",
                "{job: j}",
                "{stages: {a: }}",
                "{job: j, stages: {}}",
                "{job: j, stages: [a]}",
                "{job: j, stages: }",
                "{job: j, stages: {a: run}}",
                "{job: j, stages: {a: {needs: {licence: 0}}}}",
                "{job: j, stages: {a: {needs: {licence: 9007199254740992}}}}",
                "{job: j, stages: {a: {needs: {Licence: 1}}}}",
                "{job: j, stages: {a: {needs: [licence]}}}",
                "{job: j, stages: {a: {needs: {a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1}}}}",
                "{job: j, stages: {a: {pool: GPU}}}",
                "{job: j, stages: {a: {pool: a.b}}}",
                "{job: j, stages: {a: {pool: -a}}}",
                "{job: j, stages: {a: {pool: ''}}}",
                "{job: j, stages: {a: {pool: 5}}}",
                "{job: j, stages: {a: {pool: a12345678901234567890123456789012}}}",
                "{job: j, stages: {'': }}",
                "{job: j, stages: {\"a\\tb\": }}",
                "{job: , stages: {a: }}",
                "{job: ' ', stages: {a: }}",
                "{job: 5, stages: {a: }}",
                "{job: true, stages: {a: }}",
                "{job: j, stages: {a: }, extra: 1}",
                "{job: j, group: -1, stages: {a: }}",
                "{job: j, group: 9223372036854775808, stages: {a: }}",
                "{job: j, group: '1', stages: {a: }}",
                "{job: j, priority: 1001, stages: {a: }}",
                "{job: j, priority: 1.5, stages: {a: }}",
                "{job: j, on_failure: Stop, stages: {a: }}",
                "{job: j, stages: {a: {tasks: 0}}}",
                "{job: j, stages: {a: {tasks: 2147483648}}}",
                "{job: j, stages: {a: {tasks: '5'}}}",
                "{job: j, stages: {a: {tasks: }}}",
                "{job: j, stages: {a: {attempts: 0}}}",
                "{job: j, stages: {a: {timeout: 10}}}",
                "{job: j, stages: {a: {timeout: 10 minutes}}}",
                "{job: j, stages: {a: {timeout: PT5S}}}",
                "{job: j, stages: {a: {backoff: -1s}}}",
                "{job: j, stages: {a: {when: ALL}}}",
                "{job: j, stages: {a: {run: }}}",
                "{job: j, stages: {a: {run: ' '}}}",
                "{job: j, stages: {a: {run: 7}}}",
                "{job: j, stages: {a: {run: [x]}}}",
                "{job: j, stages: {a: {after: 5}}}",
                "{job: j, stages: {a: {}, b: {after: [[a]]}}}",
                "{job: j, stages: {a: {}, b: {after: {each: true}}}}",
                "{job: j, stages: {a: {}, b: {after: {stage: a, each: 1}}}}",
                "{job: j, stages: {a: {}, b: {after: {stage: a, all: true}}}}",
            })
    void bothRefuseWhatIsWrong(String yaml) throws IOException {
        assertThat(schemaTakes(yaml)).isFalse();
        assertThat(readerTakes(yaml)).isFalse();
    }
}
