package io.yardmaster.app.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.yardmaster.app.workflow.InvalidInputException;
import io.yardmaster.topology.policy.PolicyKey;
import io.yardmaster.topology.policy.PolicyRow;
import io.yardmaster.topology.policy.PolicySnapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFileTest {
    private static SortedMap<PolicyKey, SortedMap<String, Object>> read(String text) {
        try {
            return PolicyFile.read("F", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void entriesAreUnderTheirIds() {
        assertThat(read("groups:\n  7: {weight: 2}\n  -1: {weight: 0.5}\n"))
                .isEqualTo(Map.of(
                        PolicyKey.parse("group/7"), Map.of("weight", 2.0),
                        PolicyKey.parse("group/-1"), Map.of("weight", 0.5)));
        assertThat(read("{\"groups\": {\"7\": {\"weight\": 2}}}")).hasSize(1);
        assertThat(read("{}")).isEmpty();
        assertThat(read("pools: {gpu: {paused: true, window: 64}, tape-2: {tasks: 5}}"))
                .isEqualTo(Map.of(
                        PolicyKey.parse("pool/gpu"), Map.of("paused", true, "window", 64L),
                        PolicyKey.parse("pool/tape-2"), Map.of("tasks", 5L)));
        assertThat(read("limits: {licence: {capacity: 50}}\ntasks: {all: {capacity: 9}, job: {capacity: 2}}\n"
                        + "groups: {7: {weight: 2, tasks: 20}}"))
                .isEqualTo(Map.of(
                        PolicyKey.parse("limit/licence"), Map.of("capacity", 50L),
                        PolicyKey.parse("tasks/all"), Map.of("capacity", 9L),
                        PolicyKey.parse("tasks/job"), Map.of("capacity", 2L),
                        PolicyKey.parse("group/7"), Map.of("weight", 2.0, "tasks", 20L)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hosts/policy.yaml", "pools/policy.yaml", "replay/licences.yaml", "replay/shares.yaml"})
    void examplesHaveNoMistakesAndNothingThatIsIgnored(String example) {
        List<String> problems = new ArrayList<>();
        PolicySnapshot.live(PolicyFile.read(Path.of("..", "examples").resolve(example)), problems::add);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grups: {7: {weight: 2}}|F: unknown key grups: the nearest known one is groups",
                "groups: {7: {weigt: 2}}|F: groups.7: unknown field weigt: the nearest known one is weight",
                "groups: {7: {weight: -1}}|F: groups.7: weight must be a number from 0.001 to 1000, not -1",
                "groups: {7: {weight: 1001}}|F: groups.7: weight must be a number from 0.001 to 1000, not 1001",
                "groups: {7: {weight: '\"2\"'}}|F: groups.7: weight must be a number from 0.001 to 1000, not the text '\"2\"'",
                "groups: {7: {weight: [1]}}|F: groups.7: weight must be a number from 0.001 to 1000, not [1]",
                "groups: {7: {weight: 1}, 7: {weight: 2}}|F: not YAML at line 1, column 27: Duplicate field '7'",
                "groups: {a: {weight: 2}}|F: groups.a: a must be the id of a resource group, a whole number",
                "groups: {07: {weight: 2}}|F: groups.07: 07 must be the id of a resource group, a whole number",
                "groups: {9223372036854775808: {weight: 2}}|F: groups.9223372036854775808: 9223372036854775808 must be the id of"
                        + " a resource group, a whole number",
                "limits: {licence: {capacity: 0}}|F: limits.licence: capacity must be a whole number from 1 to 1000000000, not 0",
                "limits: {licence: {capacity: -1}}|F: limits.licence: capacity must be a whole number from 1 to 1000000000, not -1",
                "limits: {licence: {capacity: 2.5}}|F: limits.licence: capacity must be a whole number from 1 to 1000000000, not 2.5",
                "limits: {licence: {capacity: 99999999999}}|F: limits.licence: capacity must be a whole number from 1 to"
                        + " 1000000000, not 99999999999",
                "limits: {licence: {capacty: 5}}|F: limits.licence: unknown field capacty: the nearest known one is capacity",
                "limits: {Big One: {capacity: 5}}|F: limits.Big One: Big One must be the name of a limit, up to 64 of a-z, 0-9,"
                        + " '.', '_' and '-', the first a letter or digit",
                "pools: {gpu: {paused: 1}}|F: pools.gpu: paused must be true or false, not 1",
                "pools: {gpu: {paused: 'maybe'}}|F: pools.gpu: paused must be true or false, not the text 'maybe'",
                "pools: {gpu: {window: 0}}|F: pools.gpu: window must be a whole number from 1 to 1000000000, not 0",
                "pools: {gpu: {window: true}}|F: pools.gpu: window must be a whole number from 1 to 1000000000, not true",
                "pools: {a_b: {window: 1}}|F: pools.a_b: a_b must be the name of a pool, up to 32 of a-z, 0-9 and '-', the first a"
                        + " letter or digit",
                "pools: {gpu: {}}|F: pools.gpu: sets nothing",
                "pools: {gpu: {rate: 0}}|F: pools.gpu: rate must be a number from 0.001 to 1000000, not 0",
                "pools: {gpu: {rate: -5}}|F: pools.gpu: rate must be a number from 0.001 to 1000000, not -5",
                "pools: {gpu: {rate: 5/s}}|F: pools.gpu: rate must be a number from 0.001 to 1000000, not the text '5/s'",
                "pools: {gpu: {rate: 5, burst: 0}}|F: pools.gpu: burst must be a whole number from 1 to 1000000, not 0",
                "pools: {gpu: {rates: 5}}|F: pools.gpu: unknown field rates: the nearest known one is rate",
                "groups: {7: {tasks: 0}}|F: groups.7: tasks must be a whole number from 1 to 1000000000, not 0",
                "tasks: {everything: {capacity: 5}}|F: tasks.everything: everything must be all, for the tasks of all jobs"
                        + " together, or job, for those of any one job",
                "groups: {7: {rate: 0}}|F: groups.7: rate must be a number from 0.001 to 1000000, not 0",
                "groups: {7: {burst: 1.5}}|F: groups.7: burst must be a whole number from 1 to 1000000, not 1.5",
                "groups: {7: {stages: fast}}|F: groups.7: stages must be arrival or critical-path, not 'fast'",
                "defaults: {groups: {stages: arrival}}|F: defaults.groups: groups must be group, for the resource groups",
                "retries: {0: {attempts: 2}}|F: retries.0: 0 must be the number of a rule, from 1 to 999",
                "retries: {10: {result: REFUSED}}|F: retries.10: result must be FAILED or KILLED, not 'REFUSED'",
                "retries: {10: {attempt: 2}}|F: retries.10: unknown field attempt: the nearest known one is attempts",
                "groups: {7: {burst: 5, weight: 2}}|F: groups.7: burst is ignored without rate",
                "pools: {gpu: {burst: 5}}|F: pools.gpu: burst is ignored without rate",
                "pools: {gpu: {preemptions: 5}}|F: pools.gpu: preemptions is ignored without placement=hosts",
                "pools: {gpu: {preemptions: 5, placement: group}}|F: pools.gpu: preemptions is ignored without placement=hosts",
                "pools: {gpu: {placement: hosts, window: 100001}}|F: pools.gpu: window is 100000 at most with placement=hosts, not"
                        + " 100001",
                "pools: {gpu: {placement: hosts, strategy: spred}}|F: pools.gpu: strategy must be best-fit or e-pvm or spread,"
                        + " not 'spred'",
                "pools: {gpu: {strategy: spread}}|F: pools.gpu: strategy is ignored without placement=hosts",
                "retries: {10: {backoff_ms: 5}}|F: retries.10: backoff_ms is ignored without attempts",
                "retries: {10: {retries_per_job: 5}}|F: retries.10: retries_per_job is ignored without attempts",
                "groups: {7: {}}|F: groups.7: sets nothing",
                "groups: {7: 2}|F: groups.7: must be an object, not 2",
                "groups:|F: groups: must be an object",
                "' '|F: is empty; a policy without entries is {}",
                "[]|F: the document: must be an object, not []",
                "groups: [1|F: not YAML at line 1, column 11: while parsing a flow sequence",
            })
    void aMistakeIsOneLine(String text, String line) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(line);
    }

    @Test
    void aSecondDocumentIsAMistake() {
        assertThatThrownBy(() -> read("groups: {}\n---\ngroups: {}\n"))
                .hasMessage("F: more follows after the document");
    }

    @Test
    void theSchemaInTheTreeIsThatOfTheTable() throws IOException {
        Path file = Path.of("..", "docs", "policy.schema.json");
        assertThat(Files.readString(file))
                .as("the output of 'yardmaster policy schema'")
                .isEqualTo(PolicySchema.text());
    }

    @Test
    void theReaderTakesWhatTheSchemaAllowsAndNothingElse() throws IOException {
        JsonNode sections = new JsonMapper().readTree(PolicySchema.text()).get("properties");
        assertThat(sections.size()).isPositive();
        sections.properties().forEach(section -> {
            Map.Entry<String, JsonNode> ids = section.getValue()
                    .get("patternProperties")
                    .properties()
                    .iterator()
                    .next();
            String pattern = ids.getKey();
            for (String id : List.of("7", "0", "-12", "07", "x", "+1", "1.5")) {
                JsonNode fields = ids.getValue().get("properties");
                fields.properties().forEach(field -> {
                    JsonNode of = field.getValue();
                    assertThat(of.get("description").textValue()).isNotBlank();
                    if (!of.has("minimum")) {
                        return;
                    }
                    double least = of.get("minimum").doubleValue();
                    double most = of.get("maximum").doubleValue();
                    for (double value : new double[] {least, most, least - 1e-4, most + 1e-3}) {
                        boolean allowed = id.matches(pattern) && value >= least && value <= most;
                        String text = "%s: {%s: {%s: %s%s}}"
                                .formatted(
                                        section.getKey(),
                                        id,
                                        field.getKey(),
                                        value,
                                        needed(ids.getValue(), field.getKey()));
                        if (allowed) {
                            assertThat(read(text)).as(text).hasSize(1);
                        } else {
                            assertThatThrownBy(() -> read(text)).as(text).isInstanceOf(InvalidInputException.class);
                        }
                    }
                });
            }
        });
    }

    /** The fields that an entry must have beside one, so that it is not ignored. */
    private static String needed(JsonNode entry, String field) {
        JsonNode other = entry.path("dependentRequired").path(field).path(0);
        JsonNode values = entry.path("dependentSchemas").path(field).path("properties");
        return (other.isMissingNode() ? "" : ", " + other.textValue() + ": 2")
                + values.properties().stream()
                        .map(value -> ", " + value.getKey() + ": "
                                + value.getValue().get("const").textValue())
                        .collect(Collectors.joining());
    }

    @Test
    void morePoolsThanThereMayBeAreAMistake() {
        StringBuilder pools = new StringBuilder("pools:\n");
        for (int i = 0; i <= PolicySnapshot.MOST_POOLS; i++) {
            pools.append("  p").append(i).append(": {window: 1}\n");
        }
        assertThatThrownBy(() -> read(pools.toString())).hasMessage("F: has 65 pools, may have 64");
    }

    @Test
    void changesSayWhatIsSetChangedAndWithdrawn() {
        SortedMap<PolicyKey, PolicyRow> now = new TreeMap<>();
        for (String id : List.of("1", "2", "3")) {
            PolicyKey key = PolicyKey.parse("group/" + id);
            now.put(key, new PolicyRow(key, new TreeMap<>(Map.of("weight", 2.0)), "ann", "", 5));
        }
        assertThat(PolicyChange.between(now, read("groups: {1: {weight: 2}, 2: {weight: 0.25}, 10: {weight: 4}}")))
                .extracting(PolicyChange::line)
                .containsExactly("~ group/2 weight=2 -> 0.25", "- group/3 weight=2", "+ group/10 weight=4");
    }
}
