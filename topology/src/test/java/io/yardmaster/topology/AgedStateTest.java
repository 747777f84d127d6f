package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgedStateTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LONG_AGO = AgedState.OLDEST.plusMinutes(1);
    private static final Duration LATELY = AgedState.OLDEST.minusMinutes(1);

    @TempDir
    Path directory;

    private Path task(String name) {
        return directory.resolve(name);
    }

    private void write(String task, String file, Duration age) throws IOException {
        Path store = task(task).resolve("rocksdb").resolve(Names.STATE_STORE);
        Path path = Files.createDirectories(store).resolve(file);
        Files.writeString(path, "content");
        Files.setLastModifiedTime(path, FileTime.from(NOW.minus(age)));
    }

    @Test
    void onlyTheStateWhoseNewestTableFileIsOldIsDeleted() throws IOException {
        write("0_0", "000009.sst", LATELY);
        write("0_0", "000012.sst", LONG_AGO);
        write("0_1", "000009.sst", LONG_AGO);
        write("0_1", "000012.sst", LONG_AGO.multipliedBy(2));
        AgedState.delete(directory, NOW);
        assertThat(task("0_0")).exists();
        assertThat(task("0_1")).doesNotExist();
    }

    /** An instance writes to its log and opens files all the time without its entries reaching the disk. */
    @Test
    void otherFilesMakeStateNotYounger() throws IOException {
        write("0_0", "000009.sst", LONG_AGO);
        write("0_0", "LOG", Duration.ZERO);
        AgedState.delete(directory, NOW);
        assertThat(task("0_0")).doesNotExist();
    }

    @Test
    void whatIsNoStateStays() throws IOException {
        Path metadata = Files.writeString(directory.resolve("kafka-streams-process-metadata"), "{}");
        write("0_0", "LOG", LONG_AGO);
        AgedState.delete(directory, NOW);
        AgedState.delete(directory.resolve("missing"), NOW);
        assertThat(metadata).exists();
        assertThat(task("0_0")).exists();
    }
}
