package io.yardmaster.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SerdeSettingsTest {
    private static SchemaRegistry registry(Object url) {
        return new SerdeSettings(Map.of("schema.registry.url", url)).registry();
    }

    @Test
    void anAddressIsNeeded() {
        assertThatThrownBy(() -> new SerdeSettings(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "localhost:8081",
                "ftp://jane:secret@host",
                "http://",
                "http:///path",
                "http://jane:se cret@host",
                "jane:secret@host",
                "http://host/?a=b",
                "mock://a,mock://b",
                "mock://a,http://host"
            })
    void aWrongAddressIsRefusedInOneLineWithoutItsPassword(String url) {
        assertThatThrownBy(() -> registry(url))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url")
                .hasMessageNotContaining("cret")
                .hasMessageNotContaining("\n");
    }

    @Test
    void addressesAreAListOrSeparatedByCommas() {
        assertThat(registry("http://a:1/, HTTPS://b/path/")).hasToString("http://a:1,https://b/path");
        assertThat(registry(List.of("http://a:1", "http://[::1]:2"))).hasToString("http://a:1,http://[::1]:2");
    }

    @Test
    void credentialsAreNeverShown() {
        assertThat(registry("http://jane:secret@a:1")).hasToString("http://a:1");
    }

    @Test
    void aMockRegistryIsSharedByName() {
        assertThat(registry("mock://shared"))
                .isSameAs(registry("mock://shared"))
                .isNotSameAs(registry("mock://other"));
    }

    @ParameterizedTest
    @CsvSource({
        "auto.register.schemas, maybe",
        "basic.auth.credentials.source, SASL_INHERIT",
        "http.read.timeout.ms, 0",
        "http.connect.timeout.ms, soon",
        "specific.avro.value.type, no.such.Type",
        "specific.avro.value.type, java.lang.String"
    })
    void aWrongValueIsRefusedInOneLineThatNamesIt(String name, String value) {
        Map<String, String> settings = new HashMap<>(Map.of("schema.registry.url", "mock://x"));
        settings.put(name, value);

        assertThatThrownBy(() -> Samples.serde(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(name, value)
                .hasMessageNotContaining("\n");
    }

    @Test
    void credentialsFromASettingMustBeThere() {
        Map<String, String> settings =
                Map.of("schema.registry.url", "http://a", "basic.auth.credentials.source", "USER_INFO");

        assertThatThrownBy(() -> Samples.serde(settings))
                .hasMessage("basic.auth.credentials.source is USER_INFO, but basic.auth.user.info is missing");
    }
}
