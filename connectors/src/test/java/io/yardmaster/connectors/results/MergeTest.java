package io.yardmaster.connectors.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rows that stand after records in any order, with repeats. */
class MergeTest {
    private static final Instant START = Instant.parse("2027-03-01T06:00:00Z");
    private static final long JOB = 7;
    private static final List<TaskResult> RESULTS = List.of(TaskResult.values());

    /** A database in memory. */
    private static final class Tables {
        final Map<Long, JobRow> jobs = new HashMap<>();
        final Map<List<?>, TaskRow> tasks = new HashMap<>();

        Tables write(List<TaskOutcome> batch) {
            Merge merge = new Merge(jobs, List.copyOf(tasks.values()));
            for (TaskOutcome outcome : batch) {
                jobs.computeIfAbsent(outcome.getJobId(), JobRow::new);
                merge.apply(outcome, 0);
            }
            merge.changedTasks().forEach(row -> tasks.put(List.of(row.task(), row.session()), row));
            return this;
        }

        Tables write(JobEvent event, long offset) {
            new Merge(jobs, tasks.values()).apply(event, offset);
            return this;
        }

        JobRow job() {
            return jobs.computeIfAbsent(JOB, JobRow::new);
        }

        String result() {
            return tasks.values().stream()
                    .map(row -> "s%s a%s %s".formatted(row.session(), row.attempt(), row.result()))
                    .sorted()
                    .toList()
                    .toString();
        }
    }

    private static TaskOutcome outcome(long session, int attempt, TaskResult result) {
        return outcome(TaskKind.TASK, 0, session, attempt, result, 0);
    }

    private static TaskOutcome outcome(
            TaskKind kind, int index, long session, int attempt, TaskResult result, long second) {
        Instant at = START.plusSeconds(second);
        return new TaskOutcome(
                1L, 3L, JOB, session, kind, index, attempt, result, "", at, at.plusSeconds(1), "worker-1");
    }

    private static JobEvent event(JobEventKind what, long session, long second) {
        return new JobEvent(START.plusSeconds(second), JOB, 3L, session, what, -1, 0L, 0, "why", "anna", 0);
    }

    private static JobEvent dispatched(long second) {
        return new JobEvent(
                START.plusSeconds(second), JOB, 3L, 0L, JobEventKind.TASKS_DISPATCHED, 0, 10L, 0, "", "", 0);
    }

    @Test
    void aLaterAttemptWinsInAnyOrder() {
        TaskOutcome first = outcome(0, 0, TaskResult.FAILED);
        TaskOutcome second = outcome(0, 1, TaskResult.SUCCEEDED);
        for (List<TaskOutcome> order : List.of(List.of(first, second), List.of(second, first))) {
            Tables tables = new Tables().write(order);
            assertThat(tables.result()).isEqualTo("[s0 a1 SUCCEEDED]");
            assertThat(tables.job().succeeded).isEqualTo(1);
            assertThat(tables.job().failed).isZero();
        }
    }

    @Test
    void anEndStaysAndARefusalIsNone() {
        Tables tables = new Tables().write(List.of(outcome(0, 0, TaskResult.REFUSED)));
        assertThat(tables.result()).isEqualTo("[s0 a0 REFUSED]");
        assertThat(tables.job().lastEndedAt).isNull();
        tables.write(List.of(
                outcome(0, 0, TaskResult.SUCCEEDED),
                outcome(0, 0, TaskResult.FAILED),
                outcome(0, 0, TaskResult.REFUSED)));
        assertThat(tables.result()).isEqualTo("[s0 a0 SUCCEEDED]");
        assertThat(tables.job().failed).isZero();
    }

    @Test
    void anOlderSessionHasItsOwnRowAndCountsNoMore() {
        Tables tables =
                new Tables().write(List.of(outcome(2, 0, TaskResult.SUCCEEDED), outcome(1, 5, TaskResult.FAILED)));
        assertThat(tables.result()).isEqualTo("[s1 a5 FAILED, s2 a0 SUCCEEDED]");
        assertThat(tables.job().succeeded).isEqualTo(1);
        assertThat(tables.job().failed).isZero();
    }

    @Test
    void theStateOfAJobFollowsItsEventsAndItsFinalizingTask() {
        Tables tables = new Tables();
        assertThat(tables.job().state()).isEqualTo("RUNNING");
        tables.write(event(JobEventKind.JOB_BEGAN, 0, 0), 0).write(event(JobEventKind.JOB_PAUSED, 0, 1), 1);
        assertThat(tables.job().state()).isEqualTo("PAUSED");
        assertThat(tables.job().reason + tables.job().askedBy).isEqualTo("whyanna");
        tables.write(event(JobEventKind.JOB_RESUMED, 0, 2), 2).write(event(JobEventKind.JOB_COMMITTING, 0, 3), 3);
        assertThat(tables.job().state()).isEqualTo("COMMITTING");
        tables.write(List.of(outcome(TaskKind.COMMIT, -1, 0, 0, TaskResult.SUCCEEDED, 4)));
        assertThat(tables.job().state()).isEqualTo("COMMITTED");
        assertThat(tables.job().succeeded).as("of regular tasks").isZero();
        tables.write(event(JobEventKind.JOB_BEGAN, 1, 5), 4);
        assertThat(tables.job().state()).as("in the next session").isEqualTo("RUNNING");
        tables.write(List.of(outcome(TaskKind.COMMIT, -1, 0, 1, TaskResult.FAILED, 6)));
        assertThat(tables.job().state()).as("a late outcome of the old session").isEqualTo("RUNNING");
        tables.write(event(JobEventKind.JOB_CANCELLED, 1, 7), 5).write(event(JobEventKind.JOB_CLEANING_UP, 1, 8), 6);
        assertThat(tables.job().state()).isEqualTo("CANCELLED");
        assertThat(tables.job().beganAt).isEqualTo(START);
    }

    @Test
    void anEventThatIsReadAgainChangesNothing() {
        Tables tables = new Tables();
        JobEvent dispatched = dispatched(1);
        tables.job();
        tables.write(dispatched, 5)
                .write(event(JobEventKind.JOB_COMMITTING, 0, 2), 6)
                .write(dispatched, 5);
        assertThat(tables.job().dispatched).isEqualTo(10);
        assertThat(tables.job().state()).isEqualTo("COMMITTING");
        tables.write(dispatched(3), 0);
        assertThat(tables.job().dispatched).as("of a topic that was made anew").isEqualTo(20);
    }

    /** An oracle that sees the whole history at once. */
    @Test
    void randomHistoriesLeaveTheRowsOfTheOracle() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            List<TaskOutcome> history = history(random);
            Tables tables = new Tables();
            for (int from = 0; from < history.size(); ) {
                int to = Math.min(history.size(), from + 1 + random.nextInt(8));
                tables.write(history.subList(from, to));
                from = to;
            }
            assertThatItIsTheOracles(tables, history, seed);
            tables.write(history.subList(random.nextInt(history.size()), history.size()));
            assertThatItIsTheOracles(tables, history, seed);
        }
    }

    private static List<TaskOutcome> history(Random random) {
        List<TaskOutcome> history = new ArrayList<>();
        int records = 1 + random.nextInt(40);
        for (int i = 0; i < records; i++) {
            boolean repeat = !history.isEmpty() && random.nextInt(4) == 0;
            history.add(
                    repeat
                            ? history.get(random.nextInt(history.size()))
                            : outcome(
                                    TaskKind.TASK,
                                    random.nextInt(3),
                                    random.nextInt(3),
                                    random.nextInt(3),
                                    RESULTS.get(random.nextInt(4)),
                                    random.nextInt(1_000)));
        }
        return history;
    }

    private static void assertThatItIsTheOracles(Tables tables, List<TaskOutcome> history, long seed) {
        Map<List<?>, TaskOutcome> expected = new HashMap<>();
        for (TaskOutcome outcome : history) {
            List<?> key = List.of(outcome.getTaskIndex(), outcome.getSessionId());
            Stream<TaskOutcome> same = history.stream()
                    .filter(other ->
                            List.of(other.getTaskIndex(), other.getSessionId()).equals(key));
            // The sort is stable, so that the first in the history stays the first among equals.
            expected.put(
                    key,
                    same.sorted(Comparator.comparing((TaskOutcome one) -> -one.getAttempt())
                                    .thenComparing(one -> one.getResult() == TaskResult.REFUSED))
                            .findFirst()
                            .orElseThrow());
        }
        assertThat(tables.tasks.values())
                .as("seed %s", seed)
                .containsExactlyInAnyOrderElementsOf(
                        expected.values().stream().map(TaskRow::of).toList());
        long succeeded = expected.values().stream()
                .filter(row -> row.getResult() == TaskResult.SUCCEEDED)
                .filter(row -> expected.keySet().stream()
                        .noneMatch(
                                key -> key.get(0).equals(row.getTaskIndex()) && (Long) key.get(1) > row.getSessionId()))
                .count();
        assertThat(tables.job().succeeded).as("seed %s", seed).isEqualTo(succeeded);
        assertThat(tables.job().lastEndedAt)
                .as("seed %s", seed)
                .isEqualTo(history.stream()
                        .filter(outcome -> outcome.getResult() != TaskResult.REFUSED)
                        .map(TaskOutcome::getEndedAt)
                        .max(Comparator.naturalOrder())
                        .orElse(null));
    }
}
