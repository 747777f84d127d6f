package io.yardmaster.core.graph;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.state.StateWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** The graphs in memory, which their jobs keep there; those of jobs that are not active are dropped at each flush. */
final class LoadedGraphs {
    /** More blocks than this, of some KB each, are not kept in memory behind a flush. */
    private static final int MOST_BLOCKS = 8_192;

    private final GraphStore store;
    private final BusyGraphs busy;
    private final StageOrdering ordering;
    private final Map<Long, Graph> graphs = new LinkedHashMap<>();

    LoadedGraphs(GraphStore store, BusyGraphs busy, StageOrdering ordering) {
        this.store = store;
        this.busy = busy;
        this.ordering = ordering;
    }

    void add(Graph graph) {
        graphs.put(graph.job, graph);
    }

    Graph load(long job, byte[] record) {
        Graph graph = new Graph(store, job, record);
        busy.recognize(graph);
        graphs.put(job, graph);
        return graph;
    }

    /** Gives a job that has a graph the graph. */
    void attach(Job job) {
        Graph graph = graphs.get(job.id);
        if (graph == null) {
            byte[] record = store.storage().get(GraphKeys.root(job.id));
            if (record == null) {
                throw new IllegalStateException("the graph of job " + job.id + " is missing");
            }
            graph = load(job.id, record);
        }
        job.graph = graph;
    }

    /** Has the graph of this job follow if its stages go in another order than the policy says. */
    void wakeIfOutOfDate(Job job) {
        if (job.graph instanceof Graph graph && ordering.isOutOfDate(graph)) {
            store.wake(graph.job);
        }
    }

    /** Likewise the graphs of all jobs in memory. Somebody may look at others meanwhile, which must change nothing. */
    void wakeOutOfDate(JobTable jobs) {
        graphs.values().stream()
                .filter(graph -> jobs.isLoaded(graph.job))
                .filter(ordering::isOutOfDate)
                .forEach(graph -> store.wake(graph.job));
    }

    /** Writes all changes to the storage. */
    void flush(StateWriter writer) {
        int blocks = 0;
        for (Graph graph : graphs.values()) {
            if (graph.exists && graph.changed) {
                graph.flush(writer);
            }
            blocks += graph.loadedBlocks();
        }
        if (blocks > MOST_BLOCKS) {
            graphs.values().forEach(Graph::unload);
        }
    }

    /** Must follow each flush of the jobs. */
    void unload(JobTable jobs) {
        graphs.keySet().removeIf(id -> !jobs.isLoaded(id));
    }

    void clear() {
        graphs.clear();
    }
}
