package io.yardmaster.core.graph;

/** The judgement of whether tasks of one stage may run, by the ends of all that they wait for (G2). The stages that it waits for as a whole have ended. */
final class Judgement {
    private final Graph graph;
    private final StageBlock stage;
    private final int place;
    private boolean complete;
    private boolean runs;

    Judgement(Graph graph, StageBlock stage, int place) {
        this.graph = graph;
        this.stage = stage;
        this.place = place;
    }

    /** Judges a task, and returns the last of those behind it for which the judgement certainly is the same. */
    int of(int task) {
        boolean someFailed = stage.knows(place, StageBlock.SOME_FAILED);
        boolean someSucceeded = stage.knows(place, StageBlock.SOME_SUCCEEDED);
        int last = stage.tasks(place) - 1;
        complete = true;
        for (int at = 0; at < stage.eachBefore(place); at++) {
            int before = stage.eachBefore(place, at);
            long marks = graph.marks(graph.block(before), Graph.placeOf(before), task);
            int mark = (int) (marks >> 32);
            last = Math.min(last, (int) marks);
            complete &= mark >= Graph.SUCCEEDED;
            someSucceeded |= mark == Graph.SUCCEEDED;
            someFailed |= mark > Graph.SUCCEEDED;
        }
        boolean waits = someFailed || someSucceeded;
        runs = complete
                && switch (stage.when(place)) {
                    case ALL -> !someFailed;
                    case ANY -> someSucceeded || !waits;
                    case ENDED -> true;
                };
        return last;
    }

    boolean runs() {
        return runs;
    }

    /** Returns whether everything that the task waits for has ended, and it does not run. */
    boolean isKilled() {
        return complete && !runs;
    }
}
