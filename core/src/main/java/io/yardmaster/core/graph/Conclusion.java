package io.yardmaster.core.graph;

import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.ending.FinalizingGate;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.JobMilestone;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import java.util.function.Consumer;

/** Ends the jobs of graphs: by their commit task, or by their cleanup task if they failed or were cancelled (G4, G5). */
final class Conclusion {
    private final GraphStore store;
    private final EndedGraphs past;
    private final JobTable jobs;
    private final FinalizingGate gate;
    private final GraphLedger ledgerPart;
    private final Consumer<Decision> decisions;
    private final StateWriter writer = new StateWriter();

    Conclusion(
            GraphStore store,
            EndedGraphs past,
            JobTable jobs,
            FinalizingGate gate,
            GraphLedger ledgerPart,
            Consumer<Decision> decisions) {
        this.store = store;
        this.past = past;
        this.jobs = jobs;
        this.gate = gate;
        this.ledgerPart = ledgerPart;
        this.decisions = decisions;
    }

    /** Says that the job has failed, once. */
    void tell(Graph graph) {
        if (!graph.told) {
            graph.told = true;
            graph.changed = true;
            decisions.accept(new Decision.Failed(graph.job, graph.group, graph.failure));
        }
    }

    /** All stages have ended. */
    void reached(Graph graph, Job job, Pool pool, long now) {
        if (!graph.failure.isEmpty()) {
            failed(graph, job, pool, now);
        } else if (graph.traits.commit()) {
            commit(graph, job, pool, now);
        } else {
            succeeded(graph, job, pool, now);
        }
    }

    private void commit(Graph graph, Job job, Pool pool, long now) {
        graph.phase = Graph.Phase.COMMITTING;
        graph.changed = true;
        gate.commit(job, pool, new Event.CommitReady(job.group, job.id, 0, now, graph.trace));
    }

    private void succeeded(Graph graph, Job job, Pool pool, long now) {
        decisions.accept(new Decision.Reached(JobMilestone.SUCCEEDED, job.id, job.group));
        end(graph, job, pool, now);
    }

    /** The job has failed, and nothing of it is to run any more but its cleanup task. */
    void failed(Graph graph, Job job, Pool pool, long now) {
        tell(graph);
        cleanUp(graph, job, pool, now);
    }

    /** The job was cancelled, or has failed: its cleanup task is offered if it has one and it was not yet. */
    void cleanUp(Graph graph, Job job, Pool pool, long now) {
        if (graph.phase == Graph.Phase.CLEANING_UP) {
            return;
        }
        graph.agenda.clear();
        if (!graph.traits.cleanup()) {
            end(graph, job, pool, now);
            return;
        }
        graph.phase = Graph.Phase.CLEANING_UP;
        graph.changed = true;
        gate.cleanup(job, pool, new Event.CleanupReady(job.group, job.id, 0, true, now, graph.trace));
    }

    /** Offers the commit or cleanup task again in a new session. */
    void resume(Graph graph, Job job, Pool pool, long now) {
        if (graph.phase == Graph.Phase.COMMITTING) {
            commit(graph, job, pool, now);
        } else {
            graph.phase = Graph.Phase.RUNNING;
            cleanUp(graph, job, pool, now);
        }
    }

    /** Takes the end of a commit or cleanup task into account. */
    void ended(Graph graph, Job job, Pool pool, Event.AssignmentEnded event, long now) {
        if (event.end() == TaskEnd.REFUSED) {
            return;
        }
        if (graph.phase == Graph.Phase.COMMITTING && event.kind() == TaskKind.COMMIT) {
            if (event.end() == TaskEnd.SUCCEEDED) {
                succeeded(graph, job, pool, now);
            } else {
                graph.failure = "the commit task "
                        + (event.end() == TaskEnd.KILLED ? "was killed" : "failed")
                        + (event.reason().isEmpty() ? "" : ": " + FailureReasons.cut(event.reason()));
                failed(graph, job, pool, now);
            }
        } else if (graph.phase == Graph.Phase.CLEANING_UP && event.kind() == TaskKind.CLEANUP) {
            decisions.accept(new Decision.Reached(JobMilestone.ENDED, job.id, job.group));
            forget(graph, job);
        }
    }

    private void end(Graph graph, Job job, Pool pool, long now) {
        forget(graph, job);
        gate.cleanup(job, pool, new Event.CleanupReady(job.group, job.id, 0, false, now, null));
    }

    private void forget(Graph graph, Job job) {
        graph.exists = false;
        ledgerPart.ranked -= graph.isRanked() ? 1 : 0;
        graph.agenda.clear();
        store.storage().delete(GraphKeys.root(graph.job));
        graph.cancelled = job.cancelled;
        past.keep(graph, writer);
        job.hasGraph = false;
        job.graph = null;
        jobs.touch(job);
    }
}
