package io.yardmaster.app.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.client.Assignment;
import io.yardmaster.client.TestAssignments;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StageWorkTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int LIMIT = 20_000;

    private final TestAssignments given = new TestAssignments(6, 4);
    private StageWork work;

    @TempDir
    Path directory;

    @BeforeEach
    void start() throws Exception {
        work = StageWork.start(OutputDirectory.open(directory.resolve("kept"), LIMIT), Duration.ofMillis(300));
    }

    @AfterEach
    void stop() throws IOException {
        work.close();
    }

    @Test
    void aCommandGetsItsPlaceInTheStageAndTheFieldsOfItsAssignment() throws Exception {
        TaskOutcome outcome = run(
                "echo {index} {tasks} {stage} {job} {task} {attempt} {kind} {group} {session}; env | grep ^ASSIGNMENT");

        assertThat(outcome.getResult()).isEqualTo(TaskResult.SUCCEEDED);
        assertThat(kept("out"))
                .startsWith("2 5 render 7 12 0 TASK 6 4\n")
                .contains("\nASSIGNMENT_INDEX=2\n")
                .contains("\nASSIGNMENT_STAGE=render\n")
                .contains("\nASSIGNMENT_TASKS=5\n")
                .contains("\nASSIGNMENT_JOB=7\n")
                .contains("\nASSIGNMENT_OUTPUT=" + directory.resolve("kept/7") + "\n");
        assertThat(kept("exit")).isEqualTo("0\n");
    }

    @Test
    void bracesThatAreNoPlaceholderStayForTheShell() throws Exception {
        run("index=mine; echo ${index} {nothing} {} {Index} | awk '{print $1, \"{index}\"}' && { echo {index}; }");

        assertThat(kept("out")).isEqualTo("mine 2\n2\n");
        assertThat(new StageTask(new StageCommand("a$1\\", 0, 1, "{stage} {none} ${stage}"), given.task(1, 0)).line())
                .isEqualTo("a$1\\ {none} ${stage}");
    }

    @ParameterizedTest
    @CsvSource({
        "exit 0,SUCCEEDED,''",
        "echo fine >&2,SUCCEEDED,''",
        "exit 3,FAILED,exit code 3",
        "echo one >&2; echo ' two ' >&2; echo >&2; exit 4,FAILED,exit code 4: two",
        "printf '10%%\\r20%%\\rbroken' >&2; exit 4,FAILED,exit code 4: broken",
        "printf '\\033[31mred\\033[0m\\n' >&2; exit 4,FAILED,exit code 4: \\u001b[31mred\\u001b[0m",
        "echo full >&2; exit 75,REFUSED,exit code 75: full",
        "kill -9 $$,FAILED,exit code 137"
    })
    void O7_theExitCodeIsTheOutcomeAndTheLastLineOfStderrTheReason(String line, TaskResult result, String reason) {
        TaskOutcome outcome = run(line);

        assertThat(outcome.getReason()).isEqualTo(reason);
        assertThat(outcome.getResult()).isEqualTo(result);
    }

    @Test
    void aCommandThatIsNotThereFailsWithTheWordsOfTheShell() throws Exception {
        TaskOutcome outcome = run("./no-such.sh {index}");

        assertThat(outcome.getResult()).isEqualTo(TaskResult.FAILED);
        assertThat(outcome.getReason()).matches("exit code 127: sh: .*\\./no-such\\.sh: .*not found");
        assertThat(kept("exit")).isEqualTo("127\n");
        assertThat(outcome.getReason()).endsWith(kept("err").strip());
    }

    @Test
    void aLongLineOfStderrBecomesAReasonOfBoundedLength() {
        TaskOutcome outcome = run("head -c 50000 /dev/zero | tr '\\0' x >&2; exit 1");

        assertThat(outcome.getReason()).hasSizeLessThanOrEqualTo(1000).startsWith("exit code 1: xxx");
    }

    @Test
    void ofAnOutputThatIsTooLongTheBeginningAndTheEndAreKept() throws Exception {
        TaskOutcome outcome = run("echo first; head -c 3000000 /dev/zero | tr '\\0' x; echo last; echo err >&2");

        assertThat(outcome.getResult()).isEqualTo(TaskResult.SUCCEEDED);
        assertThat(kept("out"))
                .hasSizeLessThan(LIMIT + KeptOutput.TAIL + 100)
                .startsWith("first\nxxx")
                .contains("x\n[yardmaster: " + (3_000_011 - LIMIT - KeptOutput.TAIL) + " bytes are left out here]\nx")
                .endsWith("xlast\n");
        assertThat(kept("err")).isEqualTo("err\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT, LIMIT + 1, LIMIT + KeptOutput.TAIL})
    void anOutputThatFitsIsKeptWhole(int bytes) throws Exception {
        run("head -c " + bytes + " /dev/zero | tr '\\0' y");

        assertThat(kept("out")).isEqualTo("y".repeat(bytes));
    }

    @Test
    void aSecondRunOfAnAttemptReplacesTheFilesOfTheFirst() throws Exception {
        run("echo a long line of the first; echo first >&2; exit 9");
        run("test ! -e $ASSIGNMENT_OUTPUT/render/2.0.exit && echo second");

        assertThat(kept("out")).isEqualTo("second\n");
        assertThat(kept("err")).isEmpty();
        assertThat(kept("exit")).isEqualTo("0\n");
    }

    @Test
    void anAssignmentWithoutACommandFailsAndAFinalizingTaskIsDone() {
        TaskOutcome none = given.outcomeOf(work, given.task(7, 0));
        assertThat(none.getResult()).isEqualTo(TaskResult.FAILED);
        assertThat(none.getReason()).isEqualTo("nothing to run: it has no command");

        byte[] other = "[1]".getBytes(StandardCharsets.UTF_8);
        assertThat(given.outcomeOf(work, given.taskWithPayload(7, 0, other)).getReason())
                .isEqualTo("nothing to run: its payload is not the command of a stage");

        byte[] elsewhere = new StageCommand("render", 10, 2, "true").toPayload();
        assertThat(given.outcomeOf(work, given.taskWithPayload(7, 12, elsewhere))
                        .getReason())
                .isEqualTo("nothing to run: task 12 is not one of the 2 from 10 on that its stage has");

        assertThat(run("true \0").getReason()).contains("NUL character");

        for (Assignment finalizing : List.of(given.commit(7), given.cleanup(7))) {
            assertThat(given.outcomeOf(work, finalizing).getResult()).isEqualTo(TaskResult.SUCCEEDED);
        }
    }

    @Test
    void aTaskIsRefusedWhereItsOutputCannotBeKept() throws Exception {
        Files.writeString(directory.resolve("kept/7"), "in the way");

        TaskOutcome outcome = run("touch " + directory.resolve("ran"));

        assertThat(outcome.getResult()).isEqualTo(TaskResult.REFUSED);
        assertThat(outcome.getReason())
                .isEqualTo("its output cannot be kept: " + directory.resolve("kept/7/render") + ": Not a directory");
        assertThat(directory.resolve("ran")).doesNotExist();
    }

    @Test
    void aTaskWhoseOutputWasLostHasFailedWithTheReason() throws Exception {
        TaskOutcome outcome = run("mkdir $ASSIGNMENT_OUTPUT/render/2.0.exit");

        assertThat(outcome.getResult()).isEqualTo(TaskResult.FAILED);
        assertThat(outcome.getReason())
                .startsWith("exit code 0, but its output could not be kept: ")
                .contains("2.0.exit");
    }

    @Test
    void whenTheHandlerOfACancelledAssignmentReturnsNothingOfItsCommandRuns() throws Exception {
        ProcessTree tree = new ProcessTree(directory, false);
        try {
            Assignment task = task("cd " + directory + " && echo begun && ./step.sh");
            CompletableFuture<TaskOutcome> outcome = CompletableFuture.supplyAsync(() -> given.outcomeOf(work, task));
            tree.awaitRuns(1);
            await().atMost(LONG).until(() -> kept("out").equals("begun\n"));
            given.kill(7);
            assertThat(outcome.get(1, TimeUnit.MINUTES).getResult()).isEqualTo(TaskResult.KILLED);
            assertThat(tree.running()).isEmpty();
            assertThat(directory.resolve("kept/7/render/2.0.exit")).doesNotExist();
        } finally {
            tree.destroy();
        }
    }

    @Test
    void aCommandThatLeavesABackgroundProcessBehindEndsAllTheSame() throws Exception {
        assertThat(run("sleep 1000 & echo done").getResult()).isEqualTo(TaskResult.SUCCEEDED);
        assertThat(kept("out")).isEqualTo("done\n");
    }

    private TaskOutcome run(String line) {
        return given.outcomeOf(work, task(line));
    }

    /** Task 2 of the stage render, which has 5 from task 10 of the job on. */
    private Assignment task(String line) {
        return given.taskWithPayload(7, 12, new StageCommand("render", 10, 5, line).toPayload());
    }

    private String kept(String kind) throws IOException {
        return Files.readString(directory.resolve("kept/7/render/2.0." + kind));
    }
}
