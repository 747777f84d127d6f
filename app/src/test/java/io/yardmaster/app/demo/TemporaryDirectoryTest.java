package io.yardmaster.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryDirectoryTest {
    private static final String WAY_OUT = ": name another one with YARDMASTER_JAVA_OPTS=-Djava.io.tmpdir=DIRECTORY";

    @TempDir
    Path parent;

    @Test
    void itIsGoneWithItsContentWhenItIsClosed() throws Exception {
        try (TemporaryDirectory directory = TemporaryDirectory.create(parent, "x", 1)) {
            assertThat(directory.path()).isDirectory().hasParent(parent);
            assertThat(directory.path().resolve("file").toFile().createNewFile())
                    .isTrue();
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void whereNoneCanBeMadeOneLineNamesThePlaceAndTheWayOut() {
        Path missing = parent.resolve("missing");
        assertThatThrownBy(() -> TemporaryDirectory.create(missing, "x", 1))
                .hasMessage("temporary directory " + missing + " is not there" + WAY_OUT);
    }

    @Test
    void whereThereIsTooLittleRoomOneLineSaysHowMuchIsNeeded() {
        assertThatThrownBy(() -> TemporaryDirectory.create(parent, "x", 1L << 60))
                .hasMessageStartingWith("temporary directory " + parent + " has room for ")
                .hasMessageEndingWith(" MB, and 1099511627776 are needed" + WAY_OUT);
        assertThat(parent).isEmptyDirectory();
    }
}
