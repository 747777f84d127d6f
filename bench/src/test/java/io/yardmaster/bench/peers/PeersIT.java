package io.yardmaster.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yardmaster.bench.process.BenchLogging;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs with {@code -Dpeers=true} only: it installs the peers from PyPI, and takes two minutes. */
class PeersIT {
    @TempDir
    private Path output;

    @BeforeAll
    static void logAsTheBenchmarksDo() {
        assumeTrue(Boolean.getBoolean("peers"), "the peers come from PyPI, which takes -Dpeers=true");
        BenchLogging.configure();
    }

    @Test
    void allSchedulersRunAllShapesSideBySide() throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int exit = new CommandLine(new PeersCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(
                        "--tasks=200",
                        "--commands=10",
                        "--layer=5",
                        "--chain=20",
                        "--rounds=1",
                        "--warmups=0",
                        "--output=" + output);

        String printed = out.toString();
        printed.lines().filter(line -> line.contains(" is skipped: ")).forEach(line -> assumeTrue(false, line));
        assertThat(exit).as("%s%n%s", printed, err).isZero();
        assertThat(printed)
                .containsPattern("handlers in the worker's process +Yardmaster +Dask, threads +Dask, processes\n")
                .containsPattern("a process for each task +Yardmaster +HyperQueue\n")
                .containsPattern("B21 +flat, to Dask, \\w+ .* ≥ 50.0 +(met|missed) ")
                .containsPattern("B21 +chain, hop p50, to Dask, \\w+ .* ≤ 2.00 +(met|missed) ")
                .containsPattern("B21 +chain, start to start, mean, to HyperQueue .* ≤ 1.00 +(met|missed) ")
                .contains("survives");
        assertThat(err.toString().lines()).hasSize(Contender.values().length * WorkShape.values().length);
        JsonNode report =
                new ObjectMapper().readTree(output.resolve("peers.json").toFile());
        assertThat(report.get("figures")).hasSize(PeerMeasure.values().length);
        assertThat(files()).noneMatch(name -> name.startsWith("data"));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(output)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
