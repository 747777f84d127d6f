package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.Topic;
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
