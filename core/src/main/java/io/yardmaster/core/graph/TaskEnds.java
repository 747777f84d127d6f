package io.yardmaster.core.graph;

import io.yardmaster.core.values.TaskEnd;

/** Counts the ends of tasks and of stages, and notes in the graph's agenda what is to be done with those that wait for them. */
final class TaskEnds {
    private TaskEnds() {}

    /** Ends a task. */
    static void end(Graph graph, StageBlock block, int place, int task, TaskEnd end) {
        graph.mark(block, place, task, task, FailureReasons.markOf(end));
        block.count(place, 1, end == TaskEnd.SUCCEEDED ? 1 : 0);
        judgeEach(graph, block, place, task, task);
        endStage(graph, block, place);
    }

    /** Has the tasks judged that wait for one of these each. */
    static void judgeEach(Graph graph, StageBlock block, int place, int first, int last) {
        for (int at = 0; at < block.successors(place); at++) {
            int successor = block.successor(place, at);
            if (StageBlock.isEach(successor)) {
                graph.agenda.add(new Work(Work.Kind.JUDGE, StageBlock.stageOf(successor), first, last));
            }
        }
    }

    /** Ends the stage if all its tasks have ended. */
    static void endStage(Graph graph, StageBlock block, int place) {
        if (block.ended(place) < block.tasks(place)) {
            return;
        }
        if (block.status(place) != StageBlock.KILLED) {
            block.setStatus(place, StageBlock.ENDED);
        }
        graph.open--;
        graph.agenda.add(new Work(Work.Kind.TELL, block.start + place, 0, 0));
    }
}
