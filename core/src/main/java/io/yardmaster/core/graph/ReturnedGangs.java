package io.yardmaster.core.graph;

import io.yardmaster.core.values.Run;
import java.util.List;

/**
 * The gangs that placement gives back before they have started (P5). Their tasks come back one by one, in the order of their indices, and wait
 * here until all are back. Of a gang that has started each task goes its own way.
 */
final class ReturnedGangs {
    /** Instead of the number of tasks that are back: the gang has started. */
    private static final int STARTED = -1;

    private ReturnedGangs() {}

    /** The tasks to offer now that this one has come back. */
    static List<Run> offeredWith(Graph graph, int index, int attempt, boolean placed) {
        int stage = graph.stageNumber(index);
        StageBlock block = graph.block(stage);
        int place = Graph.placeOf(stage);
        Run alone = new Run(index, 1, attempt);
        if (!block.stages[place].hosts().gang()) {
            return List.of(alone);
        }
        int first = block.firstTask(place);
        int before = block.returned(place);
        boolean hasStarted = placed || attempt > 0 || hasRun(graph, block, place) || index - first != before;
        boolean isWhole = !hasStarted && before + 1 == block.tasks(place);
        block.setReturned(place, hasStarted ? STARTED : isWhole ? 0 : before + 1);
        graph.touch(block);
        if (!hasStarted) {
            return isWhole ? List.of(new Run(first, before + 1, attempt)) : List.of();
        }
        return before > 0 ? List.of(new Run(first, before, attempt), alone) : List.of(alone);
    }

    /** A task that has ended is counted, and one that has failed, and is to be tried again, has a mark. */
    private static boolean hasRun(Graph graph, StageBlock block, int place) {
        long marks = graph.marks(block, place, 0);
        boolean unmarked = (int) (marks >> 32) < 0 && (int) marks >= block.tasks(place) - 1;
        return block.ended(place) > 0 || !unmarked;
    }

    /** Has the tasks killed that are back, as their stage was stopped. */
    static void stop(Graph graph, StageBlock block, int place) {
        int back = block.returned(place);
        if (back > 0) {
            block.setReturned(place, 0);
            graph.touch(block);
            graph.agenda.add(new Work(Work.Kind.KILL, block.start + place, 0, back - 1));
        }
    }

    /** All tasks of a stage that have not ended are offered anew. */
    static void forget(Graph graph, StageBlock block, int place) {
        if (block.returned(place) != 0) {
            block.setReturned(place, 0);
            graph.touch(block);
        }
    }
}
