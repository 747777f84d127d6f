package io.yardmaster.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Submissions that come to their end, or to a mistake, without any Kafka. */
class SubmitDryRunTest {
    @TempDir
    Path directory;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    @Test
    void graphsAreDrawnAndNothingIsNeeded() throws IOException {
        Path job = file(
                "night.yaml",
                """
                job: nightly
                stages:
                  split:   { run: ./split.sh }
                  render:  { tasks: 200, after: split, run: "./render.sh {index}", attempts: 3, timeout: 10m }
                  publish: { after: render, run: ./publish.sh }
                """);
        Path workflow = file(
                "w",
                """
                {"name": "flow", "schemaVersion": "1.6", "workflow": {"specification": {"tasks": [
                  {"id": "a", "name": "a", "parents": []}, {"id": "b", "name": "b", "parents": ["a"]}]}}}
                """);
        Path events = file("e.csv", "resource_group_id,job_id,session_id,task_index\n1,81,50,0\n");

        CommandLineRun run = CommandLineRun.of(
                "submit", "--dry-run", "--attempts=2", job.toString(), workflow.toString(), events.toString());

        assertThat(run.stderr()).isEmpty();
        assertThat(run.stdout())
                .isEqualTo(
                        """
                        nightly: 3 stages, 202 tasks in 3 levels
                           1  split
                           2  render x200  after split; 3 attempts; at most 10m
                           3  publish      after render
                        critical path: 3 stages one after another: split -> render -> publish
                        flow: 2 tasks in 2 levels
                           1  a  2 attempts
                           2  b  after a; 2 attempts
                        critical path: 2 tasks one after another: a -> b
                        1 events
                        """);
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void whatWouldBeRefusedIsNamedAndOtherFilesAreStillDrawn() throws IOException {
        Path wrong = file("wrong.yml", "job: w\nstages:\n  a: {atempts: 3, after: b}\n");
        Path right = file("right.yml", "job: r\nstages: {a: }\n");
        Path old = file("old.json", "{\"name\": \"o\", \"schemaVersion\": \"1.4\"}");

        CommandLineRun run =
                CommandLineRun.of("submit", "--dry-run", wrong.toString(), old.toString(), right.toString(), "no.yaml");

        assertThat(run.stdout()).startsWith("r: 1 stage, 1 task in 1 level\n");
        assertThat(run.stderr())
                .isEqualTo(
                        "yardmaster: " + wrong + ":3: unknown key 'atempts' of stage 'a': the nearest one is attempts\n"
                                + "yardmaster: " + wrong
                                + ":3: stage 'a' waits for 'b', which is no stage: the nearest one is 'a'\n"
                                + "yardmaster: " + old + ": schemaVersion is 1.4, but only 1.5 and 1.6 can be read;"
                                + " tools/wfcommons-migrate-instance.py of https://github.com/wfcommons/WfFormat converts it\n"
                                + "yardmaster: no.yaml: no such file\n");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void aFileThatIsWrongIsRefusedBeforeKafkaIsAsked() throws IOException {
        Path wrong = file("wrong.yaml", "job: w\nstages:\n  a: {after: a}\n");
        CommandLineRun run = CommandLineRun.of("submit", "--set=kafka.bootstrap.servers=127.0.0.1:1", wrong.toString());
        assertThat(run.stderr()).isEqualTo("yardmaster: " + wrong + ":3: stage 'a' waits for itself\n");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.stdout()).isEmpty();
    }

    @Test
    void optionsThatMakeNoSenseTogetherAreRefused() throws IOException {
        String job = file("j.yaml", "job: j\nstages: {a: }\n").toString();
        String help = " (see 'yardmaster submit --help')\n";
        assertRefused("--follow and --dry-run: only one of them makes sense" + help, "--follow=5", "--dry-run", job);
        assertRefused("--follow and --detach: only one of them makes sense" + help, "--follow=5", "--detach", job);
        assertRefused("--follow and --job: --follow names the job" + help, "--follow=5", "--job=5", job);
        assertRefused(
                "--follow: sends nothing, and events of a .csv file cannot be followed" + help, "--follow=5", "a.CSV");
        assertRefused(
                "--attempts: is for workflows in WfFormat; a job in YAML has attempts for each stage" + help,
                "--attempts=2",
                job);
        assertRefused(
                "--attempts: is for workflows in WfFormat; a job in YAML has attempts for each stage" + help,
                "--dry-run",
                "--attempts=2",
                job);
        assertRefused("--attempts=0: must be a whole number from 1 to 1000000" + help, "--attempts=0", job);
        assertRefused("Missing required parameter: 'FILE'" + help, "--dry-run");
        assertRefused(
                "--job=9223372036854775807: leaves no ids for 2 files" + help, "--job=9223372036854775807", job, job);
    }

    private static void assertRefused(String line, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "submit";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        CommandLineRun run = CommandLineRun.of(all);
        assertThat(run.stderr()).isEqualTo("yardmaster: " + line);
        assertThat(run.exitCode()).isEqualTo(2);
    }
}
