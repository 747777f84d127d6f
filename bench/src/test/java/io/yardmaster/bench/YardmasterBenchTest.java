package io.yardmaster.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YardmasterBenchTest {
    private static String refused(String... args) {
        StringWriter err = new StringWriter();
        int exit =
                YardmasterBench.commandLine().setErr(new PrintWriter(err, true)).execute(args);
        assertThat(exit).isEqualTo(2);
        return err.toString().lines().findFirst().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "idle", "settings", "restart"})
    void eachCommandTellsTheVersion(String command) {
        StringWriter out = new StringWriter();
        String[] args = command.isEmpty() ? new String[] {"--version"} : new String[] {command, "--version"};

        int exit =
                YardmasterBench.commandLine().setOut(new PrintWriter(out, true)).execute(args);

        assertThat(exit).isZero();
        assertThat(out.toString()).startsWith("yardmaster ");
    }

    @Test
    void unknownBenchmarkIsRefusedWithTheKnownOnes() {
        assertThat(refused("-b", "B1,B99"))
                .isEqualTo(
                        "--benchmarks=B99: must be of B1, B2, B3, B4, B5, B6, B7, B8, B9, B10, B11, B12, B13, B14, B15, B16, B17, B18, B19, B20, B22, B23, B25, B26, B27, B28, B29, B30, B31, B32, B33, B34, B35");
    }

    @Test
    void sizesThatMeasureNothingAreRefused() {
        assertThat(refused("--rounds", "0")).startsWith("--rounds=0: must be 1 or more");
        assertThat(refused("--warmups", "-1")).startsWith("--warmups=-1: must be 0 or more");
        assertThat(refused("--size", "9999")).startsWith("--size=9999: must be 10000 or more");
        assertThat(refused("--buffered", "9")).startsWith("--buffered=9: must be 10000 or more");
    }

    @Test
    void quickChoosesItsOwnBenchmarks() {
        assertThat(refused("--quick", "-b", "B1")).isEqualTo("--quick and --benchmarks exclude each other");
    }

    @Test
    void restartRefusesTasksThatDoNotFillTheEvents() {
        assertThat(refused("restart", "--tasks", "25", "--jobs", "10"))
                .isEqualTo("--tasks=25: must be a multiple of --jobs times --events-per-job, 20");
        assertThat(refused("restart", "--tasks", "10", "--jobs", "10")).startsWith("--tasks=10: must be a multiple");
        assertThat(refused("restart", "--jobs", "0")).isEqualTo("--jobs=0: must be 1 or more");
        assertThat(refused("restart", "--rounds", "0")).isEqualTo("--rounds=0: must be 1 or more");
    }

    @Test
    void peersRefusesSizesThatMeasureNothing() {
        assertThat(refused("peers", "--tasks", "0")).isEqualTo("--tasks=0: must be from 1 to 1000000");
        assertThat(refused("peers", "--chain", "2")).isEqualTo("--chain=2: must be from 3 to 10000");
        assertThat(refused("peers", "--layer", "100001")).isEqualTo("--layer=100001: must be from 1 to 100000");
        assertThat(refused("peers", "--rounds", "0")).isEqualTo("--rounds=0: must be from 1 to 100");
    }
}
