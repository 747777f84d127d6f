package io.yardmaster.app.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.app.CommandLineRun;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files at their bounds and beyond, in the heap of 1 GB that the build gives to tests. */
class LargeWorkflowTest {
    @TempDir
    Path directory;

    @Test
    void asManyLinksAsAreReadAre() throws IOException {
        Workflow workflow = WfFormat.read(layers(2_000, 2_000));

        assertThat(workflow.tasks()).hasSize(4_000);
        assertThat(workflow.tasks().get(0).children()).hasSize(2_000);
        assertThat(workflow.tasks().get(3_999).parents()).hasSize(2_000);
    }

    @Test
    void moreLinksAreOneLineAndExitCode2() throws IOException {
        Path file = layers(2_000, 2_001);
        CommandLineRun run = CommandLineRun.of("demo", file.toString());

        assertThat(run.stderr())
                .isEqualTo("yardmaster: " + file + ": the lists of parents and children have more than 4000000 entries"
                        + " together, the most that are read\n");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void moreTasksAreRefused() {
        WorkflowBounds bounds = new WorkflowBounds(2, 9);
        bounds.begin("w.json");
        WorkflowBuilder tasks = new WorkflowBuilder("w.json", bounds);
        tasks.specify(task("a"));
        tasks.specify(task("b"));

        assertThatThrownBy(() -> tasks.specify(task("c")))
                .isInstanceOf(InputTooLargeException.class)
                .hasMessage("w.json: has more than 2 tasks, the most that are read of a workflow");
        tasks.executed(task("a"));
        tasks.executed(task("b"));
        assertThatThrownBy(() -> tasks.executed(task("c"))).isInstanceOf(InputTooLargeException.class);
    }

    @Test
    void ofSeveralFilesNoMoreTasksAreReadThanOfOne() {
        assertFirstIsReadAndSecondRefused(
                new WorkflowBounds(7, 99),
                "has, with those of the files before it, more than 7 tasks, the most that are read of all workflows"
                        + " together");
    }

    @Test
    void norMoreLinks() {
        assertFirstIsReadAndSecondRefused(
                new WorkflowBounds(99, 11),
                "the lists of parents and children have, with those of the files before it, more than 11 entries"
                        + " together, the most that are read");
    }

    /** Reads two files of 4 tasks and 6 links each. */
    private void assertFirstIsReadAndSecondRefused(WorkflowBounds bounds, String line) {
        String text =
                """
                {"name": "w", "schemaVersion": "1.5", "workflow": {"specification": {"tasks": [
                  {"id": "a", "name": "a", "parents": []},
                  {"id": "b", "name": "b", "parents": ["a"]},
                  {"id": "c", "name": "c", "parents": ["a", "b"]},
                  {"id": "d", "name": "d", "parents": ["a", "b", "c"]}]}}}""";
        assertThatCode(() -> WfFormat.read("first", bytes(text), bounds)).doesNotThrowAnyException();
        assertThatThrownBy(() -> WfFormat.read("second", bytes(text), bounds))
                .isInstanceOf(InputTooLargeException.class)
                .hasMessage("second: " + line);
    }

    @Test
    void theFilesOfOneCommandHaveTheBoundsTogether() throws IOException {
        String file = layers(1, 90_000).toString();
        for (String command : List.of("submit", "demo")) {
            CommandLineRun run = CommandLineRun.of(command, file, file, file, file, file, file);
            assertThat(run.stderr())
                    .isEqualTo(
                            "yardmaster: " + file + ": has, with those of the files before it, more than 500000 tasks,"
                                    + " the most that are read of all workflows together\n");
            assertThat(run.exitCode()).isEqualTo(2);
        }
    }

    private static JsonField task(String id) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("id", id).put("name", id);
        node.putArray("parents");
        return new JsonField("w.json", "tasks", node);
    }

    @Test
    void aFileThatNeverEndsIsReadUpToTheBound() {
        InputStream endless = new InputStream() {
            private long given;

            @Override
            public int read() throws IOException {
                return read(new byte[1], 0, 1) < 0 ? -1 : ' ';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                given += length;
                if (given > 2 * WfFormat.MOST_BYTES) {
                    throw new IOException("it is read far beyond the bound");
                }
                Arrays.fill(bytes, offset, offset + length, (byte) ' ');
                return length;
            }
        };
        assertThatThrownBy(() -> WfFormat.read("endless", endless, new WorkflowBounds()))
                .isInstanceOf(InputTooLargeException.class)
                .hasMessage("endless: is larger than 256 MB, the most that is read of a workflow");
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A workflow of tasks without parents, and as many that wait for all of those. */
    private Path layers(int first, int second) throws IOException {
        Path file = directory.resolve("layers.json");
        StringBuilder parents = new StringBuilder();
        for (int i = 0; i < first; i++) {
            parents.append(i == 0 ? "" : ",").append("\"a").append(i).append('"');
        }
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("{\"name\": \"w\", \"schemaVersion\": \"1.5\", \"workflow\": {\"specification\": {\"tasks\": [");
            for (int i = 0; i < first; i++) {
                out.write((i == 0 ? "" : ",") + "{\"id\":\"a" + i + "\",\"name\":\"a\",\"parents\":[]}");
            }
            for (int i = 0; i < second; i++) {
                out.write(",{\"id\":\"b" + i + "\",\"name\":\"b\",\"parents\":[" + parents + "]}");
            }
            out.write("]}}}");
        }
        return file;
    }
}
