package io.yardmaster.app.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputDirectoryTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "render, render",
        "Render-2.final, Render-2.final",
        "a/b, a_b~3",
        "../../etc, _._.._etc~3",
        ".., _.~3",
        "'', ~3",
        "größe 1, gr__e_1~3",
        "-rf, -rf~3",
        "a~3, a_3~3",
        "'a\nb', a_b~3"
    })
    void everyStageHasAFileNameOfItsOwn(String stage, String name) {
        assertThat(OutputDirectory.fileName(stage, 3)).isEqualTo(name);
    }

    @Test
    void aLongNameIsCutAndStillDiffersFromOthers() {
        String stage = "s".repeat(300);

        assertThat(OutputDirectory.fileName(stage, 12))
                .hasSizeLessThan(150)
                .isNotEqualTo(OutputDirectory.fileName(stage, 13));
    }

    @Test
    void aDirectoryThatIsNoneIsNamedInOneLine() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");

        assertThatThrownBy(() -> OutputDirectory.open(file, 10))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": is no directory");
        assertThatThrownBy(() -> OutputDirectory.open(Path.of("/proc/no/such"), 10))
                .isInstanceOf(IOException.class)
                .message()
                .contains("/proc/no")
                .doesNotContain("Exception", "\n");
    }

    @Test
    void reasonsAreWordsForPeople() {
        assertThat(OutputDirectory.reason(new AccessDeniedException("/a/b"))).isEqualTo("/a/b: permission denied");
        assertThat(OutputDirectory.reason(new FileSystemException("/a", null, "No space left on device")))
                .isEqualTo("/a: No space left on device");
        assertThat(OutputDirectory.reason(new IOException("No space left on device")))
                .isEqualTo("No space left on device");
    }

    @Test
    void anOutputThatCannotBeWrittenIsReadToItsEndAndReported() throws Exception {
        byte[] all = "line\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        ByteArrayInputStream output = new ByteArrayInputStream(all);
        try (KeptOutput kept = new KeptOutput(new FullDisk(), 1000)) {
            kept.read(output);
            kept.awaitEnd(System.nanoTime() + 60_000_000_000L);

            assertThat(output.available()).isZero();
            assertThat(kept.lastLine()).isEqualTo("line");
            assertThat(kept.failure()).hasValueSatisfying(e -> assertThat(e).hasMessage("No space left on device"));
        }
    }

    private static final class FullDisk extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("No space left on device");
        }
    }
}
