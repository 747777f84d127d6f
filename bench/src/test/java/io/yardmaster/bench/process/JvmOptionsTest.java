package io.yardmaster.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JvmOptionsTest {
    @Test
    void aMeasuredProcessStartsWithTheOptionsThatShip() throws IOException {
        Path bin = Path.of("..", "bin");
        assertThat(Files.readString(bin.resolve("yardmaster"))).contains("default_options " + JvmOptions.HEAP);
        assertThat(Files.readString(bin.resolve("lib/java.sh")))
                .contains("=" + JvmOptions.COLLECTOR, "=" + JvmOptions.COUNTERS);
    }
}
