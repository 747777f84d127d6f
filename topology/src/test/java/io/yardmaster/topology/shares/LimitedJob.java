package io.yardmaster.topology.shares;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.OnFailure;
import java.util.List;
import java.util.Map;

/** A graph with one stage whose tasks need units of limits. */
final class LimitedJob {
    private LimitedJob() {}

    static Event.GraphSubmitted of(long job, int tasks, Map<String, Long> needs) {
        GraphStage stage =
                new GraphStage("only", tasks, List.of(), GraphStage.When.ALL, 1, 0, 0, needs, GraphStage.NO_PAYLOAD);
        return new Event.GraphSubmitted(1, job, 0, 0, false, false, OnFailure.STOP, List.of(stage), 0, 1, 0, null);
    }
}
