package io.yardmaster.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.settings.LayeredSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedStackTest {
    private static Map<String, String> configured(String... assignments) {
        LayeredSettings given = LayeredSettings.load(Optional.empty(), Map.of(), List.of(assignments));
        return EmbeddedStack.withLongFetches(given).scheduler().kafka();
    }

    @Test
    void fetchesOfStreamThreadsWaitAsLongAsTheyRestAndThoseOfOtherClientsDoNot() {
        assertThat(configured())
                .containsEntry("main.consumer.fetch.max.wait.ms", "2000")
                .doesNotContainKey("fetch.max.wait.ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fetch.max.wait.ms", "consumer.fetch.max.wait.ms", "main.consumer.fetch.max.wait.ms"})
    void theUsersOwnWaitOfAFetchHolds(String key) {
        assertThat(configured("kafka." + key + "=300"))
                .containsEntry(key, "300")
                .doesNotContainValue("2000");
    }
}
