package io.yardmaster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One row of the outbox is a whole job, whose dependencies the scheduler resolves. */
@ExtendWith(Site.class)
class GraphRowsIT {
    private static final String GRAPH =
            """
            {"stages": [{"name": "split"},
                {"name": "render", "tasks": 3, "after": "split", "payload": {"frame": "each"}},
                {"name": "check", "tasks": 3, "after": {"stage": "render", "each": true}},
                {"name": "publish", "after": ["check", "split"]}]}
            """;
    private static final String ROW =
            "INSERT INTO yardmaster_outbox (lane, resource_group_id, job_id, graph) VALUES ('graph', 7, %s, '%s')";
    private static final String JOBS =
            "SELECT concat_ws(' ', resource_group_id, job_id, state, succeeded, failed, killed) FROM yardmaster_jobs ORDER BY job_id";

    private final Site.Running site;

    GraphRowsIT(Site.Running site) {
        this.site = site;
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void aRowBecomesAJobAndComesBackAsRows(Scenario scenario) throws Exception {
        try (ConnectFixture fixture = scenario.open(site)) {
            fixture.ddl(scenario.resultsDdl());
            fixture.connect(fixture.config(scenario.config()));
            fixture.connectResults(fixture.config(scenario.resultsConfig()));
            fixture.sql(ROW.formatted(5, GRAPH));
            fixture.sql("INSERT INTO yardmaster_outbox (resource_group_id, job_id, task_index) VALUES (7, 6, 0)");
            await().untilAsserted(() ->
                    assertThat(fixture.column(JOBS)).containsExactly("7 5 SUCCEEDED 8 0 0", "7 6 RUNNING 1 0 0"));
            assertThat(OutboxIT.tasks(fixture).get(0)).isIn("TASK 7/5/0 s0", "TASK 7/6/0 s0");
            assertThat(OutboxIT.tasks(fixture)).hasSize(9).doesNotHaveDuplicates();
            ConsumerRecord<byte[], byte[]> record =
                    fixture.records(fixture.topics().of(Topic.GRAPHS)).get(0);
            JobGraph graph = ValueSerdes.of(Topic.GRAPHS, fixture.settings())
                    .deserializer()
                    .deserialize(record.topic(), record.value());
            assertThat(ByteBuffer.wrap(record.key()).getLong()).isEqualTo(5);
            assertThat(record.headers().lastHeader("yardmaster.expects").value())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("new");
            assertThat(graph.getSessionId()).isEqualTo(-1);
            assertThat(graph.getStages().get(1).getPayload())
                    .isEqualTo(ByteBuffer.wrap("{\"frame\":\"each\"}".getBytes(StandardCharsets.UTF_8)));
            assertThat(fixture.records(fixture.topics().deadLetter())).isEmpty();
        }
    }

    /** A mistake in the JSON is found by the connector, one in the graph by the scheduler; neither takes a neighbour with it. */
    @ParameterizedTest
    @EnumSource(Scenario.class)
    void aRowThatIsNoGraphIsADeadLetterWithItsReason(Scenario scenario) throws Exception {
        try (ConnectFixture fixture = scenario.open(site)) {
            fixture.ddl(scenario.resultsDdl());
            fixture.connect(fixture.config(scenario.config()));
            fixture.connectResults(fixture.config(scenario.resultsConfig()));
            fixture.sql(ROW.formatted(1, "{\"stages\": [{\"name\": \"a\", \"attemts\": 3}]}"));
            fixture.sql(ROW.formatted(2, "{\"stages\": [{\"name\": \"a\"}]" + " ".repeat(1_500_000) + "}"));
            fixture.sql("INSERT INTO yardmaster_outbox (lane, job_id) VALUES ('graph', 3)");
            fixture.sql(ROW.formatted(4, "{\"stages\": [{\"name\": \"a\", \"after\": \"a\"}]}"));
            fixture.sql(ROW.formatted(5, GRAPH));
            await().untilAsserted(() ->
                    assertThat(fixture.column(JOBS)).containsExactly("7 4 REFUSED 0 0 0", "7 5 SUCCEEDED 8 0 0"));
            fixture.sql(ROW.formatted(5, GRAPH));
            await().until(() -> fixture.records(fixture.topics().deadLetter()).size() == 5);
            List<String> reasons = fixture.records(fixture.topics().deadLetter()).stream()
                    .map(BadRowsIT::reason)
                    .toList();
            assertThat(reasons)
                    .contains(
                            "stage 0 has no attemts: the nearest name is attempts",
                            "graph has more than 700000 bytes: a program can send it in parts",
                            "graph is null",
                            "stage a waits for itself")
                    .anyMatch(reason -> reason.startsWith("job 5 is known already"));
            assertThat(fixture.column("SELECT state FROM yardmaster_jobs WHERE job_id = 5"))
                    .containsExactly("SUCCEEDED");
        }
    }

    /** A table that was made before graphs goes on as it is. */
    @ParameterizedTest
    @EnumSource(Scenario.class)
    void anOutboxWithoutTheColumnHasNoGraphs(Scenario scenario) throws Exception {
        try (ConnectFixture fixture = scenario.open(site)) {
            fixture.sql("ALTER TABLE yardmaster_outbox DROP COLUMN graph");
            fixture.connect(fixture.config(scenario.config()));
            fixture.sql("INSERT INTO yardmaster_outbox (lane, job_id) VALUES ('graph', 3)");
            fixture.sql("INSERT INTO yardmaster_outbox (job_id, task_index) VALUES (1, 0)");
            await().untilAsserted(() -> assertThat(OutboxIT.tasks(fixture)).containsExactly("TASK 0/1/0 s0"));
            assertThat(fixture.records(fixture.topics().deadLetter()).stream().map(BadRowsIT::reason))
                    .containsExactly("graph is missing");
        }
    }
}
