package io.yardmaster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.TraceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ranges that are open when a transaction ends are told once, whoever owns the shard then. */
class TaskEventsTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final String TRACE = PackedTrace.pack(new TraceContext(-1, 2, -3, (byte) -1, "vendor=x"));

    private final KeyValueStore<Bytes, byte[]> state = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("state"), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    private final List<JobEvent> told = new ArrayList<>();
    private final TaskEvents events = new TaskEvents(state, () -> NOW, (event, trace) -> told.add(event));

    @BeforeEach
    void open() {
        var context = new MockProcessorContext<Void, Void>();
        state.init(context.getStateStoreContext(), state);
    }

    private static void succeed(TaskEvents events, int from, int to) {
        for (int task = from; task < to; task++) {
            events.ended(
                    new Event.AssignmentEnded(1, 2, 3, TaskKind.TASK, task, 4, 5, TaskEnd.SUCCEEDED, NOW, "", null),
                    "done",
                    TRACE);
        }
    }

    @Test
    void anOwnerThatGoesOnTellsTheWholeRangeInItsNextTick() {
        succeed(events, 0, 3);
        events.store();
        assertThat(told).isEmpty();
        succeed(events, 3, 5);
        events.store();
        events.close();
        assertThat(told).extracting(JobEvent::getFirstTask, JobEvent::getTasks).containsExactly(tuple(0, 5L));
        assertThat(state.approximateNumEntries()).isZero();
    }

    @Test
    void anotherOwnerTellsTheRangesThatWereLeftOpenBeforeAllElse() {
        succeed(events, 0, 3);
        succeed(events, 7, 8);
        events.store();
        assertThat(told).extracting(JobEvent::getTasks).containsExactly(3L);

        List<JobEvent> toldByAnother = new ArrayList<>();
        List<String> traces = new ArrayList<>();
        TaskEvents another = new TaskEvents(state, () -> NOW, (event, trace) -> {
            toldByAnother.add(event);
            traces.add(trace);
        });
        succeed(another, 9, 10);
        another.close();
        assertThat(toldByAnother)
                .extracting(JobEvent::getFirstTask, JobEvent::getTasks)
                .containsExactly(tuple(7, 1L), tuple(9, 1L));
        assertThat(toldByAnother.get(0)).isEqualTo(event(7));
        assertThat(traces).containsExactly(TRACE, TRACE);
        assertThat(state.approximateNumEntries()).isZero();
        another.close();
        assertThat(toldByAnother).hasSize(2);
    }

    @Test
    void rangesOfAJobThatEndsAreToldOnceThoughTheyWereStored() {
        succeed(events, 0, 3);
        succeed(events, 7, 8);
        events.store();
        events.close(3);
        events.close(4);
        assertThat(told).extracting(JobEvent::getFirstTask).containsExactly(0, 7);
        events.store();
        assertThat(state.approximateNumEntries()).isZero();
        events.close();
        assertThat(told).hasSize(2);
    }

    /** Task 6 waits for task 4. */
    @Test
    void whatFollowsFromAnEndIsToldBehindIt() {
        succeed(events, 4, 5);
        dispatch(6);
        dispatch(10);
        events.close();
        succeed(events, 6, 7);
        dispatch(12);
        events.close(3);
        assertThat(told)
                .extracting(JobEvent::getWhat, JobEvent::getFirstTask)
                .containsExactly(
                        tuple(JobEventKind.TASKS_SUCCEEDED, 4),
                        tuple(JobEventKind.TASKS_DISPATCHED, 6),
                        tuple(JobEventKind.TASKS_DISPATCHED, 10),
                        tuple(JobEventKind.TASKS_SUCCEEDED, 6),
                        tuple(JobEventKind.TASKS_DISPATCHED, 12));
    }

    private void dispatch(int task) {
        events.dispatched(new DispatchedTask(1, 2, 3, TaskKind.TASK, task, 0, 5, NOW, null, null));
    }

    @Test
    void aRangeThatIsKilledAtOnceIsOneEvent() {
        events.killed(new Decision.TasksKilled(3, 2, 5, 1_000_000, "stage a failed"), 5, null);
        events.killed(new Decision.TasksKilled(3, 2, 1_000_005, 2, "stage a failed"), 5, null);
        events.killed(new Decision.TasksKilled(3, 2, 1_000_007, 1, "stage b failed"), 5, null);
        events.close();
        assertThat(told)
                .extracting(JobEvent::getWhat, JobEvent::getFirstTask, JobEvent::getTasks, JobEvent::getReason)
                .containsExactly(
                        tuple(JobEventKind.TASKS_KILLED, 5, 1_000_002L, "stage a failed"),
                        tuple(JobEventKind.TASKS_KILLED, 1_000_007, 1L, "stage b failed"));
    }

    private static JobEvent event(int task) {
        return new JobEvent(
                Instant.ofEpochMilli(NOW), 3L, 2L, 5L, JobEventKind.TASKS_SUCCEEDED, task, 1L, 4, "done", "", 0);
    }
}
