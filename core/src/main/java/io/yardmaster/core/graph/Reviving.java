package io.yardmaster.core.graph;

/** Has the tasks of a graph judged that may run, when the graph begins and in each new session (G6). */
final class Reviving {
    private Reviving() {}

    /** Goes through the stages from that of the work on, and returns the steps done, {@code most} or fewer. */
    static int revive(Work work, Graph graph, int most) {
        int steps = most;
        int stage = work.stage();
        for (; stage < graph.stages && steps > 0; stage++, steps--) {
            StageBlock block = graph.block(stage);
            int place = Graph.placeOf(stage);
            if (!block.hasEnded(place) && block.open(place) == 0) {
                ReturnedGangs.forget(graph, block, place);
                graph.agenda.add(new Work(Work.Kind.JUDGE, stage, 0, block.tasks(place) - 1));
            }
        }
        if (stage < graph.stages) {
            graph.agenda.add(new Work(Work.Kind.REVIVE, stage, 0, 0));
        }
        return most - steps;
    }
}
