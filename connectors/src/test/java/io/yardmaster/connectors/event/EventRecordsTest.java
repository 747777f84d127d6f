package io.yardmaster.connectors.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.connectors.settings.CaptureSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class EventRecordsTest {
    private final List<Change> changes = new ArrayList<>();

    private static EventRecords records(String... settings) {
        Map<String, String> given = new HashMap<>(Map.of(CaptureSettings.CAPTURE, "any"));
        for (int i = 0; i < settings.length; i += 2) {
            given.put(settings[i], settings[i + 1]);
        }
        return EventRecords.of(new CaptureSettings(given).events());
    }

    private void row(int transaction, String lane, Long job, int index, int attempt) {
        Map<String, Object> columns = new HashMap<>();
        columns.put("lane", lane);
        columns.put("resource_group_id", 7L);
        columns.put("job_id", job);
        columns.put("session_id", 0L);
        columns.put("task_index", index);
        columns.put("attempt", attempt);
        columns.put("has_task", true);
        changes.add(new Change(
                new Row("outbox", columns),
                Optional.empty(),
                transaction == 0 ? Optional.empty() : Optional.of(transaction),
                Map.of(),
                Map.of("row", changes.size()),
                1L));
    }

    private static List<String> told(List<SourceRecord> records) {
        return records.stream()
                .map(record -> record.topic().replace("yardmaster.", "")
                        + (record.value() instanceof Struct struct
                                        && struct.schema().field("task_indices") != null
                                ? " " + record.key() + struct.getArray("task_indices")
                                : " " + record.key())
                        + "@" + record.sourceOffset().get("row"))
                .toList();
    }

    @Test
    void readyRowsOfAJobAndTransactionBecomeOneEventAtThePlaceOfTheFirst() {
        row(1, "ready", 1L, 0, 0);
        row(1, "ready", 2L, 0, 0);
        row(1, "ready", 1L, 1, 0);
        row(2, "ready", 1L, 2, 0);
        assertThat(told(records().of(changes))).containsExactly("ready 1[0, 1]@0", "ready 2[0]@1", "ready 1[2]@3");
    }

    @Test
    void anotherRowOfTheJobKeepsThemApart() {
        row(1, "ready", 1L, 0, 0);
        row(1, "commit", 1L, 0, 0);
        row(1, "ready", 1L, 1, 0);
        row(1, "ready", 1L, 1, 1);
        assertThat(told(records().of(changes)))
                .containsExactly("ready 1[0]@0", "commit 1@1", "ready 1[1]@2", "ready 1[1]@3");
    }

    @Test
    void withoutATransactionNothingIsJoined() {
        row(0, "ready", 1L, 0, 0);
        row(0, "ready", 1L, 1, 0);
        assertThat(told(records().of(changes))).containsExactly("ready 1[0]@0", "ready 1[1]@1");
    }

    @Test
    void anEventHasNoMoreIndicesThanIsSet() {
        for (int index = 0; index < 5; index++) {
            row(1, "ready", 1L, index, 0);
        }
        assertThat(told(records("yardmaster.batch.size", "2").of(changes)))
                .containsExactly("ready 1[0, 1]@0", "ready 1[2, 3]@2", "ready 1[4]@4");
    }

    @Test
    void theLastRecordHasTheOffsetOfTheLastRow() {
        row(1, "ready", 1L, 0, 0);
        row(1, "ready", 2L, 0, 0);
        row(1, "ready", 1L, 1, 0);
        assertThat(told(records().of(changes))).containsExactly("ready 1[0, 1]@0", "ready 2[0]@2");
    }

    @Test
    void badRowsGoToTheDeadLetters() {
        row(1, "ready", 1L, 0, 0);
        row(1, "ready", null, 0, 0);
        row(1, "ready", 1L, 1, -1);
        row(1, "ready", 1L, 1, 0);
        assertThat(told(records().of(changes)))
                .containsExactly("ready 1[0, 1]@0", "dead-letter null@1", "dead-letter null@3");
    }

    @Test
    void aBadRowFailsAfterWhatComesBeforeIt() {
        row(1, "ready", 1L, 0, 0);
        row(1, "ready", 1L, -5, 0);
        EventRecords records = records("yardmaster.on.bad.row", "fail");
        assertThat(told(records.of(changes))).containsExactly("ready 1[0]@0");
        assertThatThrownBy(() -> records.of(List.of()))
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("bad row outbox {")
                .hasMessageContaining(": task_index -5 is negative; ");
    }
}
