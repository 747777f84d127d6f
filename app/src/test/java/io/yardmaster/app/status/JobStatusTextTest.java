package io.yardmaster.app.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.app.api.Json;
import io.yardmaster.app.api.StagesAnswer;
import io.yardmaster.core.values.FailurePage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobStatusTextTest {
    private static final String STAGE =
            """
            {"number": %d, "name": "%s", "first_task": 0, "tasks": %d, "state": "running", "waits_for": 0, "succeeded": %d,
             "failed": 0, "killed": false, "ready": 0, "running": 1, "backing_off": 0, "backoff_until_ms": null,
             "exact": true, "dependencies": 0, "after": [], "cause": null, "why": {"code": "%s", "text": "%s"}}""";

    private static JobStatus status() throws IOException {
        String stages = String.join(
                ",",
                STAGE.formatted(0, "split", 1, 1, "succeeded", "succeeded"),
                STAGE.formatted(1, "render\\u001b[2J", 2_000, 1_200, "running", "40 running"),
                STAGE.formatted(2, "publish", 1, 0, "dependency", "waits for render: 1,200 of 2,000 ended"));
        StagesAnswer graph = Json.MAPPER.readValue(
                """
                {"state": "running", "paused": true, "stages": 1204, "open_stages": 1203, "failure": "task 7 of stage render failed",
                 "failed_tasks": 3, "page": [%s], "next": 3}"""
                        .formatted(stages),
                StagesAnswer.class);
        FailurePage failures = Json.MAPPER.readValue(
                """
                {"failures": [
                  {"task": 8, "stage": 1, "stage_name": "render", "attempt": 2, "killed": false, "ended_at_ms": 5,
                   "reason": "exit code 3: no space left", "last": true, "retry_at_ms": null},
                  {"task": 9, "stage": 1, "stage_name": "render", "attempt": 0, "killed": true, "ended_at_ms": 5,
                   "reason": "", "last": false, "retry_at_ms": 9}], "next": 10}""",
                FailurePage.class);
        return new JobStatus(
                42,
                Optional.of("active"),
                Optional.of("It has the next turn."),
                Optional.of(graph),
                Optional.of(failures));
    }

    @Test
    void aJobSaysWhatItsStagesWaitForAndWhichTasksFailedWhy() throws IOException {
        assertThat(JobStatusText.of(status(), 500, 1_000))
                .containsExactly(
                        "job 42  active",
                        "It has the next turn.",
                        "graph    running, 1,203 of 1,204 stages not ended, paused",
                        "failure  task 7 of stage render failed",
                        "",
                        "stage                     state               succeeded  it waits for",
                        "split                     succeeded              1 of 1  succeeded",
                        "render\\u001b[2J           running        1,200 of 2,000  40 running",
                        "publish                   dependency             0 of 1  waits for render: 1,200 of 2,000 ended",
                        "and 1,201 more",
                        "",
                        "failed tasks",
                        "task 8 of render failed in attempt 3: exit code 3: no space left",
                        "task 9 of render was killed in attempt 1, and is tried again",
                        "and 1 more");
    }

    @Test
    void linesAndTablesFitIntoATerminal() throws IOException {
        List<String> lines = JobStatusText.of(status(), 80, 1);
        assertThat(lines).allMatch(line -> line.length() <= 80);
        assertThat(lines).contains("and 1,203 more", "and 2 more").noneMatch(line -> line.startsWith("publish"));
    }

    @Test
    void aJobThatIsForgottenIsToldFromItsGraph() throws IOException {
        JobStatus known = status();
        assertThat(JobStatusText.of(
                        new JobStatus(42, Optional.empty(), Optional.empty(), known.stages(), Optional.empty()),
                        80,
                        10))
                .startsWith(
                        "job 42  is not known any more, but its graph is",
                        "graph    running, 1,203 of 1,204 stages not ended, paused");
        assertThat(JobStatusText.of(
                        new JobStatus(
                                42, Optional.of("idle"), Optional.of("Nothing."), Optional.empty(), Optional.empty()),
                        80,
                        10))
                .containsExactly("job 42  idle", "Nothing.");
    }
}
