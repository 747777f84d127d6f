package io.yardmaster.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayeredSettingsTest {
    @TempDir
    Path temp;

    @Test
    void setOverridesTheEnvironmentWhichOverridesTheFile() throws IOException {
        Path file = file("active.jobs=1\ncommit.per.cycle=1\ncleanup.per.cycle=1\n");
        var settings = LayeredSettings.load(
                Optional.of(file),
                Map.of("YARDMASTER_COMMIT_PER_CYCLE", "2", "YARDMASTER_CLEANUP_PER_CYCLE", "2", "HOME", "/"),
                List.of("cleanup.per.cycle = 3"));
        assertThat(settings.values())
                .isEqualTo(Map.of("active.jobs", "1", "commit.per.cycle", "2", "cleanup.per.cycle", "3"));
        assertThat(settings.origin("active.jobs")).contains(file + ":1");
        assertThat(settings.origin("commit.per.cycle")).contains("YARDMASTER_COMMIT_PER_CYCLE");
        assertThat(settings.origin("cleanup.per.cycle")).contains("--set");
        assertThat(settings.origin("fairness")).isEmpty();
    }

    @Test
    void linesAreCountedOverCommentsAndContinuations() throws IOException {
        Path file = file("# a comment \\\n\nkafka.bootstrap.servers=one:9092,\\\n    two:9092\nfairness : job\n");
        var settings = LayeredSettings.load(Optional.of(file), Map.of(), List.of());
        assertThat(settings.values())
                .isEqualTo(Map.of("kafka.bootstrap.servers", "one:9092,two:9092", "fairness", "job"));
        assertThat(settings.origin("kafka.bootstrap.servers")).contains(file + ":3");
        assertThat(settings.origin("fairness")).contains(file + ":5");
    }

    @Test
    void variablesMayNameKeysWithDashesAndUnderscores() {
        var settings = LayeredSettings.load(
                Optional.empty(),
                Map.of("YARDMASTER_TOPIC_DEAD__LETTER", "bad", "YARDMASTER_KAFKA_A___B", "1"),
                List.of());
        assertThat(settings.values()).isEqualTo(Map.of("topic.dead-letter", "bad", "kafka.a_b", "1"));
    }

    @Test
    void variablesThatAreNotSettingsAreLeftAlone() {
        var settings = LayeredSettings.load(
                Optional.empty(),
                Map.of(
                        "YARDMASTER_JAVA_OPTS", "-Xmx1g",
                        "YARDMASTER_SERVICE_HOST", "10.0.0.1",
                        "YARDMASTER_SERVICE_PORT_HTTP", "80",
                        "YARDMASTER_PORT", "tcp://10.0.0.1:80",
                        "YARDMASTER_PORT_80_TCP_ADDR", "10.0.0.1"),
                List.of());
        assertThat(settings.values()).isEmpty();
    }

    @Test
    void aWrongValueIsReportedWithWhereItCameFrom() throws IOException {
        Path file = file("fairness=job\nactive.jobs=0\n");
        assertThatThrownBy(() -> LayeredSettings.load(Optional.of(file), Map.of(), List.of())
                        .scheduler())
                .isInstanceOf(SettingsException.class)
                .hasMessage("active.jobs=0: must be a whole number from 1 to 1000000 (" + file + ":2)");
        assertThatThrownBy(() -> LayeredSettings.load(Optional.empty(), Map.of("YARDMASTER_ACTVE_JOBS", "3"), List.of())
                        .scheduler())
                .hasMessage("unknown setting actve.jobs: the nearest known one is active.jobs (YARDMASTER_ACTVE_JOBS)");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        assertUnreadable(temp.resolve("none"), "--config " + temp.resolve("none") + ": no such file");
        assertUnreadable(temp, "--config " + temp + ": is a directory");
        Path binary = Files.write(temp.resolve("binary"), new byte[] {'a', '=', (byte) 0xff});
        assertUnreadable(binary, "--config " + binary + ": is not UTF-8 text");
        Path malformed = file("fairness=job\nactive.jobs=\\uZZZZ\n");
        assertUnreadable(malformed, malformed + ":2: Malformed \\uxxxx encoding.");
    }

    @Test
    void anAssignmentWithoutAKeyIsRefused() {
        assertThatThrownBy(() -> LayeredSettings.load(Optional.empty(), Map.of(), List.of("active.jobs")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("--set active.jobs: must be key=value");
    }

    private void assertUnreadable(Path file, String message) {
        assertThatThrownBy(() -> LayeredSettings.load(Optional.of(file), Map.of(), List.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessage(message);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(temp.resolve("conf.properties"), text);
    }
}
