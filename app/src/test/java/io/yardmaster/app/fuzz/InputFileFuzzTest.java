package io.yardmaster.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.yardmaster.app.jobfile.JobFileReader;
import io.yardmaster.app.storage.ReadyEventsCsv;
import io.yardmaster.app.workflow.InvalidInputException;
import io.yardmaster.app.workflow.WfFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that {@code submit} reads: each is taken, or refused in lines that name it. */
@Timeout(120)
class InputFileFuzzTest {
    private static final int FILES = 5_000 * FuzzSeed.FACTOR;
    private static final List<String> WORKFLOWS = List.of(
            """
            {"name": "diamond", "schemaVersion": "1.5", "workflow": {
              "specification": {"tasks": [
                {"id": "end", "name": "join", "parents": ["left", "right"], "children": []},
                {"id": "left", "name": "work", "parents": ["start"], "children": ["end"]},
                {"id": "right", "name": "work", "parents": ["start"], "children": ["end"]},
                {"id": "start", "name": "split", "parents": [], "children": ["left", "right"]}]},
              "execution": {"makespanInSeconds": 12.5, "tasks": [
                {"id": "start", "runtimeInSeconds": 1}, {"id": "left", "runtimeInSeconds": 2.5}]}}}
            """,
            """
            {"name": "one", "schemaVersion": "1.6", "workflow": {"specification": {"tasks": [
              {"id": "a", "name": "a", "parents": []}]}}}
            """);
    private static final List<String> JSON_WORDS = List.of(
            "{",
            "}",
            "[",
            "]",
            "{}",
            "[]",
            "\"id\"",
            "\"parents\"",
            "\"children\"",
            "\"tasks\":",
            "\"a\"",
            "\"start\"",
            "\"workflow\": null",
            "{\"id\": ",
            "[[[[",
            "\"end\", \"end\"",
            "-0",
            "1e400",
            "1.5",
            "\"\"",
            "/* */",
            "NaN");
    private static final List<String> JOBS = List.of(
            """
            job: nightly
            group: 7
            on_failure: continue
            stages:
              split:   { run: ./split.sh }
              render:  { tasks: 200, after: split, run: "./render.sh {index}", attempts: 3, timeout: 10m }
              check:
                tasks: 200
                after: { stage: render, each: true }
                run: |
                  ./check.sh {index}
              publish: { after: [check, {stage: split}], when: ended, backoff: 5s }
            """,
            "{job: j, stages: {a: }}\n");
    private static final List<String> YAML_WORDS = List.of(
            "{",
            "}",
            "[",
            "]",
            "- ",
            ": ",
            "? ",
            "&a ",
            "*a",
            "!!int ",
            "<<: ",
            "--- ",
            "...\n",
            "%YAML 1.2\n",
            "|\n",
            ">-\n",
            "\t",
            "    ",
            "'",
            "\"",
            "#",
            "after: ",
            "tasks: 2147483647",
            "1e400",
            "0x7f",
            "~",
            "each: true",
            "split",
            "job: ");
    private static final List<String> EVENTS = List.of(
            "resource_group_id,job_id,session_id,task_index,attempt\n1,2,3,4,5\n\n -1 , -2 ,0,0,\n",
            "lane,task_indices,session_id,job_id,resource_group_id\r\nready,0-3;7; 5 ,1,2,3\r\ncommit,,1,2,3\r\n"
                    + "cleanup,,1,4,3\r\n,9,1,2,3");
    private static final List<String> CSV_WORDS = List.of(
            ",",
            ";",
            "-",
            "0-99;120",
            "5-1",
            "0-2147483647",
            "2147483648",
            "\"a\"\"b\"",
            "\"",
            "ready",
            "commit",
            "task_index",
            "task_indices",
            "lane",
            "\n",
            "\r",
            "1,2,3,4,5\n",
            "-9223372036854775809");

    @TempDir
    Path directory;

    @Test
    void workflows() throws IOException {
        fuzz(new TextMutations(FuzzSeed.of("workflows"), JSON_WORDS), WORKFLOWS, "workflow.json", WfFormat::read);
    }

    @Test
    void jobs() throws IOException {
        fuzz(new TextMutations(FuzzSeed.of("jobs"), YAML_WORDS), JOBS, "job.yaml", file -> {
            try (InputStream in = Files.newInputStream(file)) {
                JobFileReader.read(file.toString(), in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void events() throws IOException {
        fuzz(
                new TextMutations(FuzzSeed.of("events"), CSV_WORDS),
                EVENTS,
                "events.csv",
                file -> ReadyEventsCsv.forEach(file, event -> {}));
    }

    private void fuzz(TextMutations mutations, List<String> good, String name, Consumer<Path> reader)
            throws IOException {
        Path file = directory.resolve(name);
        int refused = 0;
        for (int i = 0; i < FILES; i++) {
            byte[] content = mutations.of(good);
            // A file that is written over is flushed to the disk, for which the test would wait most of its time.
            Files.deleteIfExists(file);
            Files.write(file, content);
            try {
                reader.accept(file);
            } catch (InvalidInputException e) {
                refused++;
                assertThat(e.getMessage().lines()).allMatch(line -> line.startsWith(file.toString()));
            } catch (RuntimeException | StackOverflowError e) {
                fail("input " + i + ": " + new String(content, StandardCharsets.UTF_8), e);
            }
        }
        assertThat(refused).isBetween(FILES / 4, FILES * 19 / 20);
    }
}
