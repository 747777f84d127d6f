package io.yardmaster.replay.traces;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.OnFailure;
import io.yardmaster.replay.RecordedWork;
import io.yardmaster.replay.TimedEvent;
import java.util.List;

/** Makes the events of jobs of traces, which are handed to the scheduler as graphs. */
final class TraceEvents {
    private TraceEvents() {}

    static GraphStage stage(String name, int tasks, List<GraphStage.Dependency> after) {
        return new GraphStage(name, tasks, after, GraphStage.When.ALL, 1, 0, 0, GraphStage.NO_PAYLOAD);
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
