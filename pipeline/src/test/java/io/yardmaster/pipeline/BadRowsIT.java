package io.yardmaster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A row that cannot be an event loses neither itself nor its neighbours. */
@ExtendWith(Site.class)
class BadRowsIT {
    private static final String ROWS =
            """
            INSERT INTO yardmaster_outbox (lane, job_id, task_index) VALUES
                ('ready', 1, 0), ('ready', NULL, 7), ('ready', 1, -3), ('later', 1, 1), ('ready', 1, 2)
            """;

    private final Site.Running site;

    BadRowsIT(Site.Running site) {
        this.site = site;
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL_CDC", "MARIADB_POLLING"})
    void badRowsAreDeadLettersWithTheirReason(Scenario scenario) throws Exception {
        try (ConnectFixture fixture = scenario.open(site)) {
            fixture.connect(fixture.config(scenario.config()));
            fixture.sql(ROWS);
            await().untilAsserted(() ->
                    assertThat(OutboxIT.tasks(fixture)).containsExactlyInAnyOrder("TASK 0/1/0 s0", "TASK 0/1/2 s0"));
            List<ConsumerRecord<byte[], byte[]>> letters =
                    fixture.records(fixture.topics().deadLetter());
            assertThat(letters.stream().map(BadRowsIT::reason))
                    .containsExactly(
                            "job_id is null",
                            "task_index -3 is negative",
                            "lane 'later' is none of ready, commit, cleanup, graph");
            assertThat(new String(letters.get(0).value(), StandardCharsets.UTF_8))
                    .contains("\"task_index\":7");
        }
    }

    @Test
    void aBadRowStopsTheTaskAfterTheGoodRowsBeforeIt() throws Exception {
        try (ConnectFixture fixture = Scenario.POSTGRESQL_CDC.open(site)) {
            Map<String, String> config = fixture.config(Scenario.POSTGRESQL_CDC.config());
            config.put("yardmaster.on.bad.row", "fail");
            fixture.connect(config);
            fixture.sql(ROWS);
            await().until(() -> fixture.taskStatus().path("state").asText().equals("FAILED"));
            assertThat(fixture.taskStatus()
                            .path("trace")
                            .asText()
                            .lines()
                            .findFirst()
                            .orElseThrow())
                    .contains("bad row public.yardmaster_outbox")
                    .contains("job_id is null")
                    .contains("yardmaster.on.bad.row=route");
            await().untilAsserted(() -> assertThat(OutboxIT.tasks(fixture)).containsExactly("TASK 0/1/0 s0"));
            config.put("yardmaster.on.bad.row", "route");
            fixture.reconfigure(config);
            await().untilAsserted(() ->
                    assertThat(OutboxIT.tasks(fixture)).containsExactly("TASK 0/1/0 s0", "TASK 0/1/2 s0"));
            assertThat(fixture.records(fixture.topics().deadLetter())).hasSize(3);
        }
    }

    static String reason(ConsumerRecord<byte[], byte[]> letter) {
        return new String(letter.headers().lastHeader(Topic.REASON_HEADER).value(), StandardCharsets.UTF_8);
    }
}
