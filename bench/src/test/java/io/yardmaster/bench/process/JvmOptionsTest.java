package io.yardmaster.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JvmOptionsTest {
    @Test
    void whatIsMeasuredStartsAsWhatShips() throws IOException {
        String script = Files.readString(Path.of("..", "bin", "yardmaster"));
        assertThat(script).contains(JvmOptions.SCHEDULER);
    }
}
