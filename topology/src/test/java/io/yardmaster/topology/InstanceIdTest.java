package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.topology.config.SchedulerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceIdTest {
    @TempDir
    Path directory;

    private String of(String state) {
        Path path = directory.resolve(state);
        return InstanceId.of(path, path.resolve("yardmaster"));
    }

    @Test
    void staysTheSameInItsDirectoryAndIsAnotherOneInEachOther() throws IOException {
        String first = of("a");
        assertThat(of("a")).isEqualTo(first);
        assertThat(of("b")).isNotEqualTo(first);
        // Two machines of one name can have directories with the same path.
        Files.delete(directory.resolve("a").resolve(InstanceId.FILE));
        assertThat(of("a")).isNotEqualTo(first);
    }

    @Test
    void aDirectoryThatAnOlderVersionUsedKeepsItsId() throws IOException {
        String host = InetAddress.getLocalHost().getHostName();
        Assumptions.assumeFalse(host.equals("localhost"), "skipped: this host does not know its own name");
        Path state = directory.resolve("used");
        Files.createDirectories(state.resolve("yardmaster"));
        String place = host + ":" + state.toAbsolutePath().normalize();
        String older =
                UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8)).toString();
        assertThat(of("used")).isEqualTo(older);
        assertThat(of("used")).isEqualTo(older);
    }

    @Test
    void aFileWithoutAnIdIsReplaced() throws IOException {
        Files.createDirectories(directory.resolve("torn"));
        Files.writeString(directory.resolve("torn").resolve(InstanceId.FILE), "");
        String made = of("torn");
        assertThat(UUID.fromString(made)).isNotNull();
        assertThat(of("torn")).isEqualTo(made);
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(directory.resolve("file"), "in the way");
        assertThatThrownBy(() -> of("file"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("file");
    }

    @Test
    void isTheOneThatStreamsIsGiven() {
        SchedulerConfig config = SchedulerConfig.from(
                Map.of("state.dir", directory.resolve("s").toString(), "schema.registry.url", "mock://id"));
        Object given = StreamsSettings.of(config).get("group.instance.id");
        assertThat(given).isEqualTo(of("s"));
    }
}
