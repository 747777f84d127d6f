package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TraceContext;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class JobEventsTest {
    @Test
    void eventsTellOneStoryOfEachJob() {
        try (SchedulerDriver scheduler = new SchedulerDriver()) {
            scheduler.ready(1, 0, 0, 0);
            scheduler.ready(1, 0, 0, 1);
            scheduler.commit(1, 0);
            scheduler.commit(1, 0);
            scheduler.cleanup(1, 0, true);
            scheduler.cleanup(2, 0, false);
            assertThat(scheduler.written(Topic.EVENTS))
                    .extracting(JobEvent::getJobId, JobEvent::getWhat)
                    .containsExactly(
                            tuple(1L, JobEventKind.JOB_BEGAN),
                            tuple(1L, JobEventKind.JOB_COMMITTING),
                            tuple(1L, JobEventKind.JOB_CLEANING_UP),
                            tuple(2L, JobEventKind.JOB_BEGAN),
                            tuple(2L, JobEventKind.JOB_ENDED));
        }
    }

    @Test
    void withEventsOfTasksRangesOfEachTickAreTold() {
        try (SchedulerDriver detailed = new SchedulerDriver("events", "tasks")) {
            detailed.ready(1, 0, 0, 5, 6, 7, 9);
            detailed.ready(2, 0, 0, 0, 1);
            detailed.ready(1, 0, 1, 6);
            detailed.commit(3, 0);
            detailed.tick();
            assertThat(detailed.written(Topic.EVENTS))
                    .filteredOn(event -> event.getWhat() == JobEventKind.TASKS_DISPATCHED)
                    .extracting(
                            JobEvent::getJobId,
                            JobEvent::getFirstTask,
                            JobEvent::getTasks,
                            JobEvent::getAttempt,
                            JobEvent::getReason)
                    .containsExactly(
                            tuple(1L, 5, 3L, 0, ""),
                            tuple(1L, 9, 1L, 0, ""),
                            tuple(3L, -1, 1L, 0, "commit task"),
                            tuple(2L, 0, 2L, 0, ""),
                            tuple(1L, 6, 1L, 1, ""));
            assertThat(detailed.tick()).isEmpty();
            assertThat(detailed.written(Topic.EVENTS)).isEmpty();
        }
    }

    private static List<Tuple> traces(SchedulerDriver scheduler) {
        return scheduler.traced(Topic.EVENTS).entrySet().stream()
                .map(event -> tuple(
                        event.getKey().getJobId(),
                        event.getKey().getWhat(),
                        event.getKey().getTasks(),
                        event.getValue().orElse(null)))
                .toList();
    }

    private static Headers headers(TraceContext trace) {
        Headers headers = new RecordHeaders();
        trace.addTo(headers);
        return headers;
    }

    @Test
    void anEventHasTheTraceOfWhatCausedItAndARangeThatOfAllItsTasks() {
        TraceContext first = new TraceContext(1, 2, 3, (byte) 1, "vendor=x");
        TraceContext second = new TraceContext(4, 5, 6, (byte) 1, "");
        try (SchedulerDriver scheduler = new SchedulerDriver("events", "tasks")) {
            scheduler.send(Topic.READY, 1, new TaskReady(7L, 1L, 0L, List.of(0, 1), 0), headers(first));
            scheduler.ready(2, 0, 0, 0);
            List<TaskAssignment> made = scheduler.tick();
            assertThat(traces(scheduler))
                    .containsExactly(
                            tuple(1L, JobEventKind.JOB_BEGAN, 0L, first),
                            tuple(2L, JobEventKind.JOB_BEGAN, 0L, null),
                            tuple(1L, JobEventKind.TASKS_DISPATCHED, 2L, first),
                            tuple(2L, JobEventKind.TASKS_DISPATCHED, 1L, null));

            TaskOutcome ended = SchedulerDriver.outcomeOf(made.get(0), TaskResult.SUCCEEDED, "");
            scheduler.send(Topic.OUTCOMES, made.get(0).getJobId(), ended, headers(second));
            scheduler.send(Topic.READY, 1, new TaskReady(7L, 1L, 0L, List.of(2), 0), headers(first));
            scheduler.send(Topic.READY, 1, new TaskReady(7L, 1L, 0L, List.of(3), 0), headers(second));
            scheduler.tick();
            assertThat(traces(scheduler))
                    .containsExactly(
                            tuple(1L, JobEventKind.TASKS_SUCCEEDED, 1L, second),
                            tuple(1L, JobEventKind.TASKS_DISPATCHED, 2L, null));

            scheduler.commit(1, 0);
            assertThat(traces(scheduler)).containsExactly(tuple(1L, JobEventKind.JOB_COMMITTING, 0L, null));
        }
    }

    @Test
    void withoutEventsNoneIsWritten() {
        try (SchedulerDriver silent = new SchedulerDriver("events", "none")) {
            silent.ready(1, 0, 0, 0);
            silent.command(CommandType.CANCEL, 1);
            silent.tick();
            assertThat(silent.written(Topic.EVENTS)).isEmpty();
            assertThat(silent.written(Topic.KILLS)).hasSize(1);
        }
    }
}
