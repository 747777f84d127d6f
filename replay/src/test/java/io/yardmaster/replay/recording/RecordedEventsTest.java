package io.yardmaster.replay.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordedEventsTest {
    private static Event.GraphSubmitted graph(String needs) throws JsonProcessingException {
        String value = "{'resource_group_id':1,'job_id':7,'session_id':1,'priority':0,'commit':false,'cleanup':false,"
                + "'on_failure':'STOP','part':0,'parts':1,'stages':[{'name':'render','tasks':3,'after':[],'when':'ALL',"
                + "'attempts':2,'backoff_ms':20,'timeout_ms':0" + needs + "}]}";
        RecordedRecord record = new RecordedRecord(
                RecordedTopic.GRAPHS,
                "",
                0,
                0,
                1,
                "7",
                new ObjectMapper().readTree(value.replace('\'', '"')),
                Optional.empty(),
                Optional.empty(),
                RecordedRecord.NO_SHARD,
                RecordedRecord.NO_NUMBER,
                Optional.empty());
        return (Event.GraphSubmitted) RecordedEvents.graph(RecordRow.of(record));
    }

    @Test
    void aGraphHasTheNeedsThatWereRecorded() throws JsonProcessingException {
        assertThat(graph(",'needs':{'licence':2,'tape':1}").stages().get(0).needs())
                .isEqualTo(Map.of("licence", 2L, "tape", 1L));
        assertThat(graph(",'needs':{}").stages().get(0).needs()).isEmpty();
    }

    @Test
    void R2_anOutcomeTellsHowLongItsTaskRan() {
        AssignedTask task = new AssignedTask(1, 2, 7, TaskKind.TASK, 0, 0);
        RecordingLines lines = new RecordingLines();
        Event.AssignmentEnded ran = (Event.AssignmentEnded)
                RecordedEvents.outcome(RecordRow.of(lines.ended(9_000, 1, task, TaskEnd.SUCCEEDED, 5_500)));
        assertThat(ran.ran()).isEqualTo(3_500);
        assertThat(ran.withId(4).ran()).isEqualTo(3_500);
        Event.AssignmentEnded clockWentBack = (Event.AssignmentEnded)
                RecordedEvents.outcome(RecordRow.of(lines.ended(9_000, 1, task, TaskEnd.SUCCEEDED, 9_001)));
        assertThat(clockWentBack.ran()).isEqualTo(Event.AssignmentEnded.UNKNOWN);
    }

    @Test
    void needsThatAreMissingOrNoNumbersAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph(""))
                .withMessage("the field needs must be an object");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph(",'needs':{'licence':'two'}"))
                .withMessage("the field licence must be a whole number");
    }
}
