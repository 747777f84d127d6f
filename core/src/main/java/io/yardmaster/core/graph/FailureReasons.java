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

    /** The reason for which a task will not run: a stage that it waits for, or the failure of the job. */
    static String ofKill(Graph graph, StageBlock block, int place, int task) {
        if (!graph.isAlive(block, place)) {
            return cut("the job has failed: " + graph.failure);
        }
        int cause = block.cause(place) < 0 ? eachCause(graph, block, place, task) : block.cause(place);
        String name = graph.block(cause).stages[Graph.placeOf(cause)].name();
        return block.when(place) == GraphStage.When.ANY
                ? "nothing that it waits for has succeeded, stage %s among it".formatted(name)
                : "it waits for stage %s, which has not succeeded".formatted(name);
    }

    /** The first of the stages that a task waits for task by task whose task of the same number has not succeeded. */
    private static int eachCause(Graph graph, StageBlock block, int place, int task) {
        for (int i = 0; i < block.eachBefore(place); i++) {
            int before = block.eachBefore(place, i);
            if (graph.mark(graph.block(before), Graph.placeOf(before), task) != Graph.SUCCEEDED) {
                return before;
            }
        }
        throw new IllegalStateException(
                "nothing keeps task " + task + " of stage " + (block.start + place) + " from running");
    }

    /** The reason for which a job fails because of a stage that was killed. */
    static String ofStage(GraphStage stage, String reason) {
        return cut("stage %s was killed: %s".formatted(stage.name(), reason));
    }

    static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
