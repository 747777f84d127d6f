package io.yardmaster.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.bench.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerRunTest {
    @TempDir
    private Path work;

    private ShapeResult run(String script, Duration limit) throws IOException {
        Path python = PeerPackagesTest.program(work.resolve("bin/python"), script);
        return new PeerRun(python, work, limit).run(Contender.HYPERQUEUE, WorkShape.CHAIN, 5);
    }

    @AfterEach
    void nothingIsLeftOfTheRound() throws IOException {
        try (Stream<Path> left = Files.list(work)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("bin", "peers.py", "pids");
        }
    }

    @Test
    void theLastLineOfTheScriptIsTheResult() throws IOException {
        ShapeResult result = run(
                """
                touch ../pids
                echo "$2 $3 $4"
                echo '{"tasks": 5, "seconds": 0.5, "hops": [1, 3]}'
                """,
                Duration.ofMinutes(1));

        assertThat(result.perSecond()).isEqualTo(10);
        assertThat(result.hop(0.5)).isEqualTo(2);
    }

    @Test
    void aScriptThatFailsIsOneLineWithItsLastError() {
        assertThatThrownBy(() -> run(
                        "touch ../pids; echo Traceback >&2; echo 'Error: broken' >&2; exit 3", Duration.ofMinutes(1)))
                .isInstanceOf(BenchException.class)
                .hasMessage("HyperQueue, chain: exit code 3: Error: broken");
    }

    @Test
    void aRoundThatHangsIsEndedWithTheProcessesThatItStarted() throws IOException {
        assertThatThrownBy(() -> run("sleep 1000 & echo $! >../pids; wait", Duration.ofSeconds(1)))
                .isInstanceOf(BenchException.class)
                .hasMessageEndingWith(" did not end within 1 s");

        long child = Long.parseLong(Files.readString(work.resolve("pids")).strip());
        ProcessHandle.of(child)
                .ifPresent(left -> left.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }
}
