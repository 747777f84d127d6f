package io.yardmaster.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.yardmaster.app.settings.LayeredSettings;
import io.yardmaster.app.settings.SettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Settings are taken, or refused in one line. */
@Timeout(120)
class SettingsFuzzTest {
    private static final List<String> WORDS = List.of(
            "active.jobs",
            "dispatch.capacity",
            "tick.interval",
            "fairness",
            "kafka.",
            "topic.prefix",
            "http.listen",
            "5ms",
            "PT6H",
            "1d",
            "0",
            "1000001",
            "job",
            "resource-group",
            "127.0.0.1:",
            "[::1]:7070",
            "yardmaster.",
            "kafka.acks",
            "kafka.compression.type",
            "kafka.group.protocol",
            "schema.registry.url",
            "mock://x",
            "#",
            "!",
            "\\\n",
            "topic.ready",
            "kafka.sasl.jaas.config",
            "kafka.num.stream.threads");
    private static final List<String> FILES = List.of(
            """
            # a comment
            active.jobs = 16
            dispatch.capacity: 32
            tick.interval 5ms
            fairness=job
            """,
            """
            topic.prefix=a.
            topic.ready=x
            http.listen=127.0.0.1:0
            state.dir=/tmp/x
            finalizing.expiry=6h
            """,
            """
            kafka.bootstrap.servers=a:1,\\
              b:2
            kafka.linger.ms=5
            kafka.security.protocol=SSL
            schema.registry.url=http://u:p@h:1
            kafka.num.stream.threads=2
            """);
    private static final List<String> ASSIGNMENTS = List.of(
            "active.jobs=16",
            "fairness=resource-group",
            "dedup.expiry=PT24H",
            "kafka.linger.ms=5",
            "http.listen=[::1]:7070",
            "dispatch.group.type=share",
            "topic.dead-letter=x",
            "kafka.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a\";");
    private static final List<String> VARIABLES = List.of(
            "YARDMASTER_ACTIVE_JOBS",
            "YARDMASTER_TOPIC_DEAD__LETTER",
            "YARDMASTER_KAFKA_LINGER_MS",
            "YARDMASTER_FAIRNESS");

    private static final int FILE_COUNT = 3_000 * FuzzSeed.FACTOR;
    private static final int ASSIGNMENT_COUNT = 2_000 * FuzzSeed.FACTOR;
    private static final int VARIABLE_COUNT = 1_000 * FuzzSeed.FACTOR;

    @TempDir
    Path directory;

    private int refused;

    @Test
    void files() throws IOException {
        TextMutations mutations = new TextMutations(FuzzSeed.of("settings files"), WORDS);
        Path file = directory.resolve("settings.properties");
        for (int i = 0; i < FILE_COUNT; i++) {
            byte[] content = mutations.of(FILES);
            Files.write(file, content);
            read(content, () -> LayeredSettings.load(Optional.of(file), Map.of(), List.of()));
        }
        assertThat(refused).isBetween(FILE_COUNT / 4, FILE_COUNT * 19 / 20);
    }

    @Test
    void assignments() {
        TextMutations mutations = new TextMutations(FuzzSeed.of("--set"), WORDS);
        for (int i = 0; i < ASSIGNMENT_COUNT; i++) {
            byte[] content = mutations.of(ASSIGNMENTS);
            String assignment = new String(content, StandardCharsets.UTF_8);
            read(content, () -> LayeredSettings.load(Optional.empty(), Map.of(), List.of(assignment)));
        }
        assertThat(refused).isBetween(ASSIGNMENT_COUNT / 4, ASSIGNMENT_COUNT * 19 / 20);
    }

    @Test
    void environment() {
        TextMutations mutations = new TextMutations(FuzzSeed.of("the environment"), WORDS);
        for (int i = 0; i < VARIABLE_COUNT; i++) {
            byte[] content = mutations.of(VARIABLES);
            String name = new String(content, StandardCharsets.UTF_8);
            String value = WORDS.get(mutations.random().nextInt(WORDS.size()));
            read(content, () -> LayeredSettings.load(Optional.empty(), Map.of(name, value), List.of()));
        }
        assertThat(refused).isBetween(VARIABLE_COUNT / 4, VARIABLE_COUNT * 19 / 20);
    }

    private void read(byte[] content, Supplier<LayeredSettings> load) {
        try {
            load.get().scheduler();
        } catch (SettingsException e) {
            refused++;
            assertThat(e.getMessage()).isNotBlank();
            assertThat(e.getMessage().lines()).hasSize(1);
        } catch (RuntimeException | StackOverflowError e) {
            fail("input: " + new String(content, StandardCharsets.UTF_8), e);
        }
    }
}
