package io.yardmaster.core.graph;

import io.yardmaster.core.jobs.RunTraces;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.OnFailure;
import org.jspecify.annotations.Nullable;

/** All of a submitted graph but its stages, which is the same in each of its parts. */
record GraphTerms(
        int priority, boolean commit, boolean cleanup, boolean continues, long readyAt, @Nullable String trace) {
    static GraphTerms of(Event.GraphSubmitted event) {
        return new GraphTerms(
                event.priority(),
                event.commit(),
                event.cleanup(),
                event.onFailure() == OnFailure.CONTINUE,
                event.readyAt(),
                RunTraces.kept(event.trace()));
    }
}
