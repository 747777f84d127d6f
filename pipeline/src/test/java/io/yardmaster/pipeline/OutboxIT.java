package io.yardmaster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.client.Assignment;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.ValueSerdes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that plain SQL inserts into the outbox come out as assignments. */
@ExtendWith(Site.class)
class OutboxIT {
    private static final String ROWS =
            """
            INSERT INTO yardmaster_outbox (resource_group_id, job_id, task_index) VALUES (7, 1, 0), (7, 1, 1), (7, 2, 0), (7, 1, 2)
            """;
    private static final String FINALIZING =
            """
            INSERT INTO yardmaster_outbox (lane, resource_group_id, job_id) VALUES ('commit', 7, 1), ('cleanup', 7, 2)
            """;

    private final Site.Running site;

    OutboxIT(Site.Running site) {
        this.site = site;
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void rowsBecomeAssignments(Scenario scenario) throws Exception {
        try (ConnectFixture fixture = scenario.open(site)) {
            fixture.connect(fixture.config(scenario.config()));
            fixture.sql(ROWS);
            await().untilAsserted(() -> assertThat(tasks(fixture))
                    .containsExactlyInAnyOrder("TASK 7/1/0 s0", "TASK 7/1/1 s0", "TASK 7/2/0 s0", "TASK 7/1/2 s0"));
            fixture.sql(FINALIZING);
            await().untilAsserted(() -> assertThat(tasks(fixture)).contains("COMMIT 7/1/-1 s0", "CLEANUP 7/2/-1 s0"));
            assertThat(fixture.assignments).hasSize(6);
            assertThatRowsOfAJobAreJoined(fixture, scenario.isPolling());
        }
    }

    /** Polling sees a transaction whole. Debezium hands over what it has read, which may end within a transaction. */
    private static void assertThatRowsOfAJobAreJoined(ConnectFixture fixture, boolean seenWhole) {
        var records = fixture.records(fixture.topics().of(Topic.READY));
        var serde = ValueSerdes.of(Topic.READY, fixture.settings()).deserializer();
        Map<TaskReady, List<Integer>> indices = new LinkedHashMap<>();
        for (var record : records) {
            TaskReady event = serde.deserialize(record.topic(), record.value());
            assertThat(ByteBuffer.wrap(record.key()).getLong()).isEqualTo(event.getJobId());
            indices.computeIfAbsent(withIndices(event, List.of()), same -> new ArrayList<>())
                    .addAll(event.getTaskIndices());
        }
        assertThat(indices.entrySet().stream().map(event -> withIndices(event.getKey(), event.getValue())))
                .containsExactly(
                        new TaskReady(7L, 1L, 0L, List.of(0, 1, 2), 0), new TaskReady(7L, 2L, 0L, List.of(0), 0));
        if (seenWhole) {
            assertThat(records).hasSize(2);
        }
    }

    private static TaskReady withIndices(TaskReady event, List<Integer> indices) {
        return TaskReady.newBuilder(event).setTaskIndices(indices).build();
    }

    static List<String> tasks(ConnectFixture fixture) {
        return fixture.assignments.stream().map(OutboxIT::text).toList();
    }

    private static String text(Assignment assignment) {
        return "%s %d/%d/%d s%d"
                .formatted(
                        assignment.kind(),
                        assignment.resourceGroupId(),
                        assignment.jobId(),
                        assignment.taskIndex(),
                        assignment.session());
    }
}
