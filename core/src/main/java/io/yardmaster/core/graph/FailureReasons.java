package io.yardmaster.core.graph;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.TaskEnd;

/** Sentences, without a full stop, that say why a task or a job did not succeed. */
final class FailureReasons {
    private static final int LONGEST = 400;

    private FailureReasons() {}

    static int markOf(TaskEnd end) {
        return switch (end) {
            case SUCCEEDED -> Graph.SUCCEEDED;
            case FAILED -> Graph.FAILED;
            case KILLED -> Graph.KILLED;
            case REFUSED -> throw new IllegalArgumentException("a refused task has not ended");
        };
    }

    /** The reason for the end of a task that has failed for good or was killed by somebody. */
    static String ofEnd(GraphStage stage, int task, Event.AssignmentEnded event) {
        StringBuilder text = new StringBuilder();
        if (stage.tasks() == 1) {
            text.append("stage ").append(stage.name());
        } else {
            text.append("task ").append(task).append(" of stage ").append(stage.name());
        }
        text.append(event.end() == TaskEnd.KILLED ? " was killed" : " failed");
        if (event.attempt() > 0) {
            text.append(" in attempt ").append(event.attempt() + 1);
        }
        if (!event.reason().isEmpty()) {
            text.append(": ").append(event.reason());
        }
        return cut(text.toString());
    }

    /** The reason for which tasks will not run: a stage that they wait for, or the failure of the job. */
    static String ofKill(Graph graph, StageBlock block, int place) {
        if (!graph.isAlive(block, place)) {
            return cut("the job has failed: " + graph.failure);
        }
        int cause = block.cause(place);
        if (cause < 0) {
            cause = block.eachBefore(place) == 0 ? block.start + place : block.eachBefore(place, 0);
        }
        String name = graph.block(cause).stages[Graph.placeOf(cause)].name();
        return block.when(place) == GraphStage.When.ANY
                ? "nothing that it waits for has succeeded, stage %s among it".formatted(name)
                : "it waits for stage %s, which has not succeeded".formatted(name);
    }

    /** The reason for which a job fails because of a stage that was killed. */
    static String ofStage(GraphStage stage, String reason) {
        return cut("stage %s was killed: %s".formatted(stage.name(), reason));
    }

    static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
