package io.yardmaster.compose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole compose file on a Docker daemon. */
class StackIT {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final String REPORT = "/workflows/daily-report.sql";
    private static final int TASKS = 12;

    private static Stack stack;

    @BeforeAll
    static void bringUp() {
        stack = new Stack("yardmaster-it-" + ProcessHandle.current().pid());
        stack.build();
        stack.up();
    }

    @AfterAll
    static void takeDown() {
        stack.close();
    }

    @Test
    void aWorkflowThatIsSubmittedBySqlComesOutExecutedByBothExecutionManagers() {
        await().atMost(LONG).until(() -> {
            String job = submit();
            awaitFinished(job);
            assertThat(done(job)).isEqualTo(TASKS);
            return stack.psql(
                            "-c",
                            "SELECT string_agg(DISTINCT left(worker, 8), ' ' ORDER BY left(worker, 8)) FROM yardmaster_tasks")
                    .equals("worker-1 worker-2");
        });
        assertThat(
                        stack.psql(
                                "-c",
                                """
                        SELECT count(*) FROM successors s
                        JOIN yardmaster_tasks first ON first.job_id = s.job_id AND first.task_index = s.task_index
                        JOIN yardmaster_tasks later ON later.job_id = s.job_id AND later.task_index = s.successor
                        WHERE later.started_at < first.ended_at"""))
                .as("tasks begun before the end of one that they come after")
                .isEqualTo("0");
    }

    @Test
    void theOtherSchedulerGoesOnWhenOneIsKilledInTheMiddle() {
        String job = submit();
        await().atMost(LONG).until(() -> done(job) > 0);
        stack.docker("kill", "scheduler-1");
        awaitFinished(job);
        awaitFinished(submit());
        stack.docker("start", "scheduler-1");
        await().atMost(LONG).until(() -> health("SCHEDULER_1_PORT") == 200);
    }

    @Test
    void SIGTERM_endsASchedulerAndAnExecutionManagerCleanlyWithinHalfAMinute() {
        awaitFinished(submit());
        for (String service : new String[] {"scheduler-2", "worker-2"}) {
            stack.docker("stop", service, "-t", "30");
            assertThat(stack.exitCode(service))
                    .as(service + ", 137 if it had to be killed")
                    .isEqualTo("false 0");
            stack.docker("start", service);
        }
        await().atMost(LONG).until(() -> health("SCHEDULER_2_PORT") == 200);
    }

    @Test
    void everythingIsStillThereAfterTheStackWasDown() {
        String job = submit();
        awaitFinished(job);
        stack.down();
        stack.up();
        assertThat(done(job)).isEqualTo(TASKS);
        awaitFinished(submit());
    }

    @Test
    void prometheusScrapesBothSchedulersAndKnowsOurAlerts() {
        String sum = "/api/v1/query?query=" + URLEncoder.encode("sum(up{job=\"yardmaster\"})", UTF_8);
        await().atMost(LONG).ignoreException(UncheckedIOException.class).until(() -> json("PROMETHEUS_PORT", sum)
                .at("/data/result/0/value/1")
                .asText()
                .equals("2"));
        assertThat(json("PROMETHEUS_PORT", "/api/v1/rules").findValuesAsText("name"))
                .contains("YardmasterAllDown");
    }

    @Test
    void theConsoleOfEachSchedulerShowsBoth() {
        for (String port : new String[] {"SCHEDULER_1_PORT", "SCHEDULER_2_PORT"}) {
            await().atMost(LONG)
                    .ignoreException(UncheckedIOException.class)
                    .until(() -> json(port, "/api/instances").findValues("reachable").stream()
                                    .filter(JsonNode::booleanValue)
                                    .count()
                            == 2);
        }
    }

    private static String submit() {
        return stack.psql("-f", REPORT);
    }

    private static int done(String job) {
        return Integer.parseInt(stack.psql(
                "-c",
                "SELECT count(*) FROM yardmaster_tasks WHERE kind = 'TASK' AND result = 'SUCCEEDED' AND job_id = "
                        + job));
    }

    private static void awaitFinished(String job) {
        try {
            await().atMost(LONG).pollInterval(Duration.ofMillis(500)).until(() -> stack.psql(
                            "-c", "SELECT state FROM yardmaster_jobs WHERE job_id = " + job)
                    .equals("COMMITTED"));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("job %s: %d tasks done%n%s".formatted(job, done(job), stack.logs()), e);
        }
    }

    private static int health(String port) {
        try {
            return get(port, "/health/ready").statusCode();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    /** @throws UncheckedIOException if nobody answers, or not with JSON, as a service does that still starts */
    private static JsonNode json(String port, String path) {
        try {
            return new ObjectMapper().readTree(get(port, path).body());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpResponse<String> get(String port, String path) {
        try {
            URI uri = URI.create("http://127.0.0.1:" + stack.port(port) + path);
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
