package io.yardmaster.core.graph;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.RetryRule;
import io.yardmaster.core.values.TaskEnd;
import java.util.List;

/** Decides whether a task that did not succeed is tried again, and when (G4): by the first rule that matches, or else by its stage. */
final class RetryTerms {
    /** The task is not tried again. */
    static final long NEVER = -1;

    private List<RetryRule> rules = List.of();

    /** Must precede each decision by other rules. */
    void follow(List<RetryRule> newRules) {
        rules = newRules;
    }

    /** The back-off of the second attempt, in ms, or {@link #NEVER}. Counts the attempt if a rule allows it. */
    long backoff(Graph graph, GraphStage stage, Event.AssignmentEnded event) {
        for (RetryRule rule : rules) {
            if (rule.matches(event)) {
                boolean again = event.attempt() + 1 < rule.attempts() && graph.retries < rule.retriesPerJob();
                graph.retries += again ? 1 : 0;
                return again ? rule.backoff() : NEVER;
            }
        }
        boolean again = event.end() == TaskEnd.FAILED && event.attempt() + 1 < stage.attempts();
        return again ? stage.backoff() : NEVER;
    }
}
