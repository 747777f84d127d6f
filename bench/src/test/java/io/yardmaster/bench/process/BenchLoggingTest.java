package io.yardmaster.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.bench.YardmasterBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Each case runs in a process of its own, because a JVM configures its logging once. */
class BenchLoggingTest {
    @TempDir
    private Path directory;

    private static void logSomething() {
        Logger log = LoggerFactory.getLogger("io.yardmaster.Something");
        log.info("not shown by the benchmarks");
        log.warn("shown");
    }

    static final class CommandLine {
        public static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(BenchLoggingTest::logSomething));
            YardmasterBench.main(new String[] {"--help"});
        }
    }

    static final class Child implements CommandHandler {
        public static void main(String[] args) throws Exception {
            CommandLoop.serve(new Child());
        }

        @Override
        public Map<String, String> handle(String command, Map<String, String> arguments) {
            logSomething();
            return Map.of();
        }

        @Override
        public void close() {}
    }

    @Test
    void theCommandLineLogsWarningsAndNoStatusOfLogback() throws Exception {
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        ChildJvm.classPath(),
                        CommandLine.class.getName())
                .redirectError(log.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .start();
        assertThat(process.waitFor()).isZero();
        assertThat(directory.resolve("out")).content().contains("Usage: yardmaster-bench");
        assertThatOnlyTheWarningIsIn(log);
    }

    @Test
    void aChildLogsWarningsAndNoStatusOfLogback() throws IOException {
        Path log = directory.resolve("log");
        try (ChildJvm child = new ChildJvm("child", log, List.of(), Child.class)) {
            child.call("log", Map.of());
        }
        assertThatOnlyTheWarningIsIn(log);
    }

    private static void assertThatOnlyTheWarningIsIn(Path log) throws IOException {
        assertThat(Files.readAllLines(log))
                .filteredOn(line -> !line.startsWith("Picked up "))
                .singleElement()
                .asString()
                .contains(" WARN  Something: shown");
    }
}
