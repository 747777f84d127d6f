package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.yardmaster.core.view.HistoryEntry;
import io.yardmaster.core.view.JobLocation;
import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.Topic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobPastIT extends OnOneKafka {
    private static final long JOB = 7;

    @Test
    void historyOfAJobOutlivesTheInstanceThatWroteIt() throws Exception {
        try (TestDeployment deployment = newDeployment("past").createTopics(2, 1)) {
            try (SchedulerService first = deployment.start("first")) {
                deployment.ready(0, 1, JOB, 1, 0, 10);
                await().until(() -> !history(first).isEmpty());
                deployment.send(
                        Topic.COMMANDS, 0, JOB, new JobCommand(JOB, -1L, CommandType.PAUSE, "too hot", "ann", 0));
                await().until(() -> what(history(first)).contains("paused"));
            }
            SchedulerService second = deployment.start("second");
            await().untilAsserted(() -> assertThat(history(second))
                    .extracting(HistoryEntry::what, HistoryEntry::detail)
                    .contains(
                            tuple("began", "its first event came"),
                            tuple(
                                    "paused",
                                    "a command paused it: nothing of it is dispatched until it is resumed; reason: too"
                                            + " hot (by ann)")));
            deployment.send(Topic.COMMANDS, 0, JOB, new JobCommand(JOB, -1L, CommandType.RESUME, "", "", 0));
            await().untilAsserted(() -> assertThat(what(history(second)))
                    .startsWith("began", "paused")
                    .containsOnlyOnce("paused")
                    .contains("resumed"));
        }
    }

    private static List<String> what(List<HistoryEntry> history) {
        return history.stream().map(HistoryEntry::what).toList();
    }

    private static List<HistoryEntry> history(SchedulerService service) {
        return service.queries().orElseThrow().job(JOB, Duration.ofSeconds(5)).stream()
                .map(JobLocation::detail)
                .flatMap(detail -> detail.history().stream())
                .toList();
    }
}
