package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void settingsAreThoseThatExist() throws IOException {
        assertThat(Files.readAllLines(Path.of("..", "README.md"))).containsSequence(SettingsTable.reference());
    }
}
