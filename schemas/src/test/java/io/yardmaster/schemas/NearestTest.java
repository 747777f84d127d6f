package io.yardmaster.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestTest {
    private static final Set<String> KNOWN =
            Set.of("fairness", "active.jobs", "dispatch.capacity", "kafka.bootstrap.servers", "state.dir");

    @ParameterizedTest
    @CsvSource({
        "actve.jobs, active.jobs",
        "activejobs, active.jobs",
        "fairnes, fairness",
        "dispach.capacty, dispatch.capacity",
        "bootstrap.servers, kafka.bootstrap.servers",
    })
    void aSlipOfTheKeyboardIsFound(String word, String meant) {
        assertThat(Nearest.to(word, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "jobs.active", "", "x", "dispatch.window", "fair"})
    void thereIsNoSuggestionIfNoneIsNear(String word) {
        assertThat(Nearest.to(word, KNOWN)).isEmpty();
    }

    @Test
    void messageNamesTheNearestSettingIfThereIsOne() {
        assertThat(Nearest.unknownSetting("nonsense", KNOWN)).isEqualTo("unknown setting nonsense");
        assertThat(Nearest.unknownSetting("stat.dir", KNOWN))
                .isEqualTo("unknown setting stat.dir: the nearest known one is state.dir");
    }
}
