package io.yardmaster.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The regression guard as CI runs it: it prints its table, and fails on a gross loss only. */
class QuickGuardIT {
    @TempDir
    private Path output;

    @Test
    void noFigureIsWorseThanHalfOfWhatWasRecorded() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = YardmasterBench.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("--quick", "--output", output.toString());
        System.out.println(err);
        System.out.println(out);
        assertThat(exit).as(out + "\n" + err).isZero();
        assertThat(out.toString()).contains("ready to dispatch, to the copy", "changelog bytes per assignment");
        assertThat(output.resolve("results.json")).isNotEmptyFile();
        assertThat(output.resolve("results.svg")).isNotEmptyFile();
    }
}
