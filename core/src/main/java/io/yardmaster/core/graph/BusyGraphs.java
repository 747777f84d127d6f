package io.yardmaster.core.graph;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The jobs whose graphs have an agenda, in the order of their turns, which are stored under the numbers of the turns. */
final class BusyGraphs {
    private final GraphStore store;
    /** The numbers of the turns by the jobs' ids, lowest first. */
    private final Map<Long, Long> turns = new LinkedHashMap<>();

    /** Higher than the numbers of all turns. */
    private long nextTurn;

    BusyGraphs(GraphStore store) {
        this.store = store;
    }

    void load() {
        store.storage().scan(GraphKeys.busy(), (key, value) -> {
            nextTurn = GraphKeys.number(key, 0);
            turns.put(GraphKeys.number(key, 1), nextTurn++);
        });
    }

    boolean isEmpty() {
        return turns.isEmpty();
    }

    /** Tells a graph that was read whether it is one of them. */
    void recognize(Graph graph) {
        graph.isBusy = turns.containsKey(graph.job);
    }

    /** Gives a graph a turn behind all others if it has got an agenda, and takes its turn if it has none any more. */
    void follow(Graph graph) {
        if (graph.isBusy == graph.agenda.isEmpty()) {
            graph.isBusy = !graph.isBusy;
            if (graph.isBusy) {
                turns.put(graph.job, nextTurn);
                store.storage().put(GraphKeys.busy(nextTurn++, graph.job), new byte[0]);
            } else {
                delete(graph.job, turns.remove(graph.job));
            }
        }
    }

    private void delete(long job, @Nullable Long turn) {
        if (turn != null) {
            store.storage().delete(GraphKeys.busy(turn, job));
        }
    }

    /** Removes the graph whose turn is next, and returns its job; there must be one. It must be told by {@link #recognize}. */
    long take() {
        Iterator<Map.Entry<Long, Long>> all = turns.entrySet().iterator();
        Map.Entry<Long, Long> first = all.next();
        long job = first.getKey();
        delete(job, first.getValue());
        all.remove();
        return job;
    }
}
