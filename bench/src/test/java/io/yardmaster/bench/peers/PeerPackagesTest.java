package io.yardmaster.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerPackagesTest {
    @TempDir
    private Path work;

    private final List<String> lines = new ArrayList<>();

    static Path program(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void withoutPythonEachLibraryIsSkippedWithOneLine() {
        PeerPackages packages = PeerPackages.install("no-such-python", work.resolve("venv"), work, lines::add);

        assertThat(packages.libraries()).isEmpty();
        assertThat(lines).hasSize(2).allMatch(line -> line.lines().count() == 1);
        assertThat(lines.get(0)).startsWith("Dask is skipped: no-such-python -m venv ");
        assertThat(lines.get(1)).startsWith("HyperQueue is skipped: no-such-python -m venv ");
    }

    @Test
    void aLibraryThatPipCannotGetIsSkippedWithPipsLastLine() throws IOException {
        program(
                work.resolve("venv/bin/python"),
                "case \"$*\" in *hyperqueue*) echo retrying >&2; echo 'ERROR: no network' >&2; exit 1 ;; esac");

        PeerPackages packages = PeerPackages.install("unused", work.resolve("venv"), work, lines::add);

        assertThat(packages.libraries()).containsExactly(PeerLibrary.DASK);
        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("HyperQueue is skipped: ")
                .contains(" hyperqueue==" + PeerPackages.pinned(PeerLibrary.HYPERQUEUE))
                .endsWith(": exit code 1: ERROR: no network");
        assertThat(Contender.values())
                .filteredOn(contender -> contender.takesPart(packages))
                .containsExactly(Contender.YARDMASTER, Contender.DASK_THREADS, Contender.DASK_PROCESSES);
    }
}
