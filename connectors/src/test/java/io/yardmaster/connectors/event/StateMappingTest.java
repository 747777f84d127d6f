package io.yardmaster.connectors.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.connectors.settings.CaptureSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class StateMappingTest {
    private static StateMapping mapping(String... settings) {
        Map<String, String> given =
                new HashMap<>(Map.of(CaptureSettings.CAPTURE, "any", CaptureSettings.ROWS, "states"));
        for (int i = 0; i < settings.length; i += 2) {
            given.put(settings[i], settings[i + 1]);
        }
        return new StateMapping(new CaptureSettings(given).events().states().orElseThrow());
    }

    private static Row row(String state) {
        Map<String, Object> columns = new HashMap<>(Map.of("resource_group_id", 1L, "job_id", 2L, "task_index", 3));
        columns.put("session_id", 0L);
        columns.put("state", state);
        return new Row("tasks", columns);
    }

    private static Optional<Lane> lane(StateMapping mapping, String state, String before) throws BadRowException {
        return mapping.event(row(state), Optional.ofNullable(before).map(StateMappingTest::row))
                .map(LaneEvent::lane);
    }

    @Test
    void blanksAndUpperCaseDoNotMatter() throws BadRowException {
        StateMapping mapping = mapping("yardmaster.states.commit", "Commit_Ready");
        assertThat(lane(mapping, "ready       ", null)).contains(Lane.READY);
        assertThat(lane(mapping, "READY", "waiting ")).contains(Lane.READY);
        assertThat(lane(mapping, "commit_ready", null)).contains(Lane.COMMIT);
        assertThat(lane(mapping, "CLEANUP_READY ", null)).contains(Lane.CLEANUP);
        assertThat(lane(mapping, "Running", "ready")).isEmpty();
        assertThat(lane(mapping, "READY ", "ready")).as("the same state").isEmpty();
    }

    @Test
    void aStateThatNoSettingNamesIsABadRow() throws BadRowException {
        assertThatThrownBy(() -> lane(mapping(), " redy", null))
                .isInstanceOf(BadRowException.class)
                .hasMessage("state 'redy' is in none of yardmaster.states.*");
        assertThatThrownBy(() -> lane(mapping("yardmaster.states.other", "paused"), "waiting", null))
                .isInstanceOf(BadRowException.class);
        assertThatThrownBy(() -> lane(mapping(), null, null)).hasMessage("state is null");
        assertThat(lane(mapping("yardmaster.states.other", "*"), "redy", null)).isEmpty();
        assertThat(lane(mapping("yardmaster.states.ended", "done"), "done", null))
                .contains(Lane.CLEANUP);
    }

    @Test
    void aStateWithTwoMeaningsIsRefused() {
        assertThatThrownBy(() -> mapping("yardmaster.states.ready", "go", "yardmaster.states.commit", "GO"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("yardmaster.states.commit")
                .hasMessageContaining("state GO is one of another setting");
    }
}
