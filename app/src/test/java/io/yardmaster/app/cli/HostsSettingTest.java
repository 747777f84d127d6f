package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.app.settings.LayeredSettings;
import io.yardmaster.app.settings.SettingsException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The host names that requests may carry, by the settings. */
class HostsSettingTest {
    private static final String ADVERTISED = "http.advertised=scheduler.example.com:7070";

    @Test
    void namesAreThoseThatAreSetAndOfALocalPortTheAdvertisedOne() {
        assertThat(hosts()).isEmpty();
        assertThat(hosts("http.hosts=a.example, b_1.example ,[::2]"))
                .isEqualTo(Set.of("a.example", "b_1.example", "[::2]"));
        assertThat(hosts(ADVERTISED)).isEqualTo(Set.of("scheduler.example.com"));
        assertThat(hosts("http.listen=0.0.0.0:7070", ADVERTISED))
                .as("any name will do")
                .isEmpty();
        assertThat(hosts("http.listen=0.0.0.0:7070", ADVERTISED, "http.hosts=a.example"))
                .isEqualTo(Set.of("a.example", "scheduler.example.com"));
        assertThat(hosts("http.advertised=127.0.0.1:0")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "a.example:7070", "http://a.example", "a.example,", "a b", "*"})
    void anInvalidNameIsRefused(String value) {
        assertThatThrownBy(() -> hosts("http.hosts=" + value))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("must be names of hosts with commas, without ports");
    }

    private static Set<String> hosts(String... assignments) {
        return AdvertisedAddress.hosts(LayeredSettings.load(Optional.empty(), Map.of(), List.of(assignments)));
    }
}
