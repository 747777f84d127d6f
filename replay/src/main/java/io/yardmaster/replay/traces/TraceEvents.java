package io.yardmaster.replay.traces;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.HostDemand;
import io.yardmaster.core.values.OnFailure;
import io.yardmaster.replay.RecordedWork;
import io.yardmaster.replay.TimedEvent;
import java.util.List;
import java.util.Map;

/** Makes the events of jobs of traces, which are handed to the scheduler as graphs. */
final class TraceEvents {
    /** The pool of tasks that ask for hosts. */
    private static final String HOSTS = "hosts";

    private TraceEvents() {}

    static GraphStage stage(String name, int tasks, List<GraphStage.Dependency> after) {
        return new GraphStage(name, tasks, after, GraphStage.When.ALL, 1, 0, 0, GraphStage.NO_PAYLOAD);
    }

    /** A stage of one task that asks its host for these amounts. */
    static GraphStage onHost(String name, Map<String, Long> amounts) {
        return new GraphStage(
                name,
                1,
                List.of(),
                GraphStage.When.ALL,
                1,
                0,
                0,
                0,
                Map.of(),
                HOSTS,
                new HostDemand(amounts, Map.of(), false),
                GraphStage.NO_PAYLOAD);
    }

    static TimedEvent submitted(long at, long job, long group, List<GraphStage> stages, RecordedWork work) {
        Event event = new Event.GraphSubmitted(
                group,
                job,
                Event.GraphSubmitted.ANY_SESSION,
                0,
                false,
                false,
                OnFailure.CONTINUE,
                stages,
                0,
                1,
                at,
                null);
        return new TimedEvent(at, event, work);
    }
}
