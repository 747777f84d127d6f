package io.yardmaster.app.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.TraceContext;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class EventTextTest {
    private static final Instant AT = Instant.parse("2027-03-01T06:00:00Z");

    private static String line(JobEvent event) {
        return EventText.line(new TracedEvent(event, Optional.empty()));
    }

    private static String json(JobEvent event) {
        return EventText.json(new TracedEvent(event, Optional.empty()));
    }

    @Test
    void theTraceIsShownIfThereIsOne() throws Exception {
        var event = new JobEvent(AT, 7L, 3L, 1L, JobEventKind.JOB_BEGAN, -1, 0L, 0, "", "", 0);
        var traced = new TracedEvent(event, Optional.of(new TraceContext(0xABCL, 1, 2, (byte) 1, "vendor=x")));
        assertThat(EventText.line(traced)).isEqualTo(line(event) + " [trace 0000000000000abc0000000000000001]");
        var read = new ObjectMapper().readTree(EventText.json(traced));
        assertThat(read.path("traceparent").asText())
                .isEqualTo("00-0000000000000abc0000000000000001-0000000000000002-01");
        assertThat(read.path("tracestate").asText()).isEqualTo("vendor=x");
    }

    @Test
    void whatHappenedToAJobIsOneLine() {
        assertThat(line(new JobEvent(AT, 7L, 3L, 1L, JobEventKind.JOB_CANCELLED, -1, 12L, 0, "too old", "anna", 0)))
                .isEqualTo("2027-03-01T06:00:00.000Z job 7 (group 3) cancelled, 12 tasks: too old (by anna)");
        assertThat(line(new JobEvent(AT, 7L, -1L, -1L, JobEventKind.COMMAND_DROPPED, -1, 0L, 0, "no\nsuch", "", 0)))
                .isEqualTo("2027-03-01T06:00:00.000Z job 7 command dropped: no\\u000asuch");
    }

    @Test
    void theNewPriorityIsShown() {
        assertThat(line(new JobEvent(AT, 7L, 3L, 1L, JobEventKind.JOB_PRIORITIZED, -1, 0L, 0, "late", "anna", -7)))
                .isEqualTo("2027-03-01T06:00:00.000Z job 7 (group 3) prioritized, priority -7: late (by anna)");
    }

    @Test
    void tasksAreShownAsARange() {
        assertThat(line(new JobEvent(AT, -7L, 0L, 1L, JobEventKind.TASKS_READY, 0, 100L, 2, "", "", 0)))
                .isEqualTo("2027-03-01T06:00:00.000Z job -7 (group 0) tasks ready, tasks 0-99, attempt 2");
        assertThat(line(new JobEvent(AT, 7L, 3L, 1L, JobEventKind.TASKS_DISPATCHED, 5, 1L, 0, "", "", 0)))
                .isEqualTo("2027-03-01T06:00:00.000Z job 7 (group 3) tasks dispatched, task 5");
    }

    @Test
    void jsonHasTheNamesOfAllFieldsInTheirOrder() throws Exception {
        JobEvent event = new JobEvent(AT, 7L, 3L, 1L, JobEventKind.JOB_PAUSED, -1, 0L, 0, "a \"b\"", "anna", 0);
        assertThat(json(event))
                .isEqualTo("{\"at\":1803880800000,\"job_id\":7,\"resource_group_id\":3,\"session_id\":1,"
                        + "\"what\":\"JOB_PAUSED\",\"first_task\":-1,\"tasks\":0,\"attempt\":0,"
                        + "\"reason\":\"a \\\"b\\\"\",\"by\":\"anna\",\"priority\":0}");
        assertThat(new ObjectMapper().readTree(json(event)).fieldNames())
                .toIterable()
                .containsExactlyElementsOf(JobEvent.getClassSchema().getFields().stream()
                        .map(Schema.Field::name)
                        .toList());
    }
}
