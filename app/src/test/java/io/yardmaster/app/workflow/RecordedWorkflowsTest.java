package io.yardmaster.app.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads recorded workflows, if there are any: in {@code -Dworkflows=DIR} or beside the repository. */
class RecordedWorkflowsTest {

    @Test
    void recordedWorkflowsAreReadInFull() throws IOException {
        Path directory = Path.of(System.getProperty("workflows", "../../shared/workflows"));
        assumeTrue(Files.isDirectory(directory), "no workflows in " + directory.toAbsolutePath());

        for (Path file : jsonFiles(directory)) {
            Workflow workflow = WfFormat.read(file);

            String text = Files.readString(file);
            assertThat(workflow.tasks()).as(file.toString()).hasSize(text.split("\"runtimeInSeconds\"", -1).length - 1);
            assertThat(workflow.recordedMakespanSeconds().orElseThrow())
                    .as(file.toString())
                    .isPositive();
            assertThat(workflow.tasks()).as(file.toString()).anyMatch(task -> task.runtimeSeconds() > 0);
        }
    }

    @Test
    void theBundledWorkflowFansOutAndIn() {
        Workflow workflow = WfFormat.bundled();

        assertThat(workflow.tasks()).hasSizeBetween(60, 150);
        assertThat(workflow.tasks()).allMatch(task -> task.runtimeSeconds() >= 0.5 && task.runtimeSeconds() <= 60);
        assertThat(workflow.tasks()).anyMatch(task -> task.children().size() > 10);
        assertThat(workflow.tasks()).anyMatch(task -> task.parents().size() > 4);
    }

    private static List<Path> jsonFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }
}
