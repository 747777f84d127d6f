package io.yardmaster.core.graph;

import io.yardmaster.core.ending.AgeClock;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.limits.LimitsView;
import io.yardmaster.core.values.FailurePage;
import io.yardmaster.core.values.GraphProgress;
import io.yardmaster.core.values.OpenGraph;
import io.yardmaster.core.values.StagePage;
import io.yardmaster.core.values.TaskFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The graphs of jobs, also of those that ended not long ago, for a person to look at. A question changes nothing. */
public final class GraphView {
    private final GraphStore store;
    private final JobTable jobs;
    private final EndedGraphs past;
    private final LimitsView limits;
    private final AgeClock clock;

    GraphView(GraphStore store, JobTable jobs, EndedGraphs past, LimitsView limits, AgeClock clock) {
        this.store = store;
        this.jobs = jobs;
        this.past = past;
        this.limits = limits;
        this.clock = clock;
    }

    /** A graph with its job's record, which may be gone. */
    private record Found(Graph graph, @Nullable Job job, boolean ended) {}

    private @Nullable Found find(long id) {
        Job job = jobs.look(id);
        if (job != null && job.graph instanceof Graph graph) {
            return new Found(graph, job, false);
        }
        byte[] open = store.storage().get(GraphKeys.root(id));
        if (open != null) {
            return new Found(new Graph(store, id, open), null, false);
        }
        byte[] ended = past.look(id);
        return ended == null ? null : new Found(new Graph(store, id, ended), null, true);
    }

    /** The stages from this number on: at most {@code limit}, fewer if they have many dependencies. */
    public Optional<StagePage> stages(long job, int from, int limit) {
        Found found = find(job);
        return found == null ? Optional.empty() : Optional.of(report(found).page(from, limit));
    }

    /** The graph of a job as a load, with the first {@code limit} of the stages that have not ended; empty if it has no open one. */
    public Optional<OpenGraph> load(long job, int limit) {
        Found found = find(job);
        return found == null || found.ended()
                ? Optional.empty()
                : Optional.of(report(found).load(limit));
    }

    private StageReport report(Found found) {
        return new StageReport(
                found.graph(),
                Definitions.name(store, found.graph().owner),
                new Dependencies(store, found.graph().owner),
                found.job(),
                found.ended(),
                limits,
                clock);
    }

    /** The progress of a graph that has ended, with at most {@code limit} of its stages. */
    public Optional<GraphProgress> ended(long job, int limit) {
        byte[] ended = past.look(job);
        return ended == null ? Optional.empty() : Optional.of(new Graph(store, job, ended).progress(limit));
    }

    /** The failed tasks from this index on. */
    public Optional<FailurePage> failures(long job, int from, int limit) {
        Found found = find(job);
        if (found == null) {
            return Optional.empty();
        }
        Graph graph = found.graph();
        List<TaskFailure> page = new ArrayList<>();
        TaskFailures.Kept kept = graph.failures.next(from, graph.tasks);
        while (kept != null && page.size() < limit) {
            page.add(failure(graph, kept, found.ended()));
            kept = graph.failures.next(kept.index() + 1, graph.tasks);
        }
        return Optional.of(new FailurePage(page, kept == null ? OptionalInt.empty() : OptionalInt.of(kept.index())));
    }

    private TaskFailure failure(Graph graph, TaskFailures.Kept kept, boolean ended) {
        int stage = graph.stageNumber(kept.index());
        StageBlock block = graph.block(stage);
        int place = Graph.placeOf(stage);
        boolean last = ended
                || graph.phase != Graph.Phase.RUNNING
                || graph.mark(block, place, kept.index() - block.firstTask(place)) >= Graph.SUCCEEDED;
        return new TaskFailure(
                kept.index(),
                stage,
                block.stages[place].name(),
                kept.attempt(),
                kept.killed(),
                kept.endedAt(),
                kept.reason(),
                last,
                last || kept.retryAge() < 0 ? OptionalLong.empty() : OptionalLong.of(clock.timeOf(kept.retryAge())));
    }
}
