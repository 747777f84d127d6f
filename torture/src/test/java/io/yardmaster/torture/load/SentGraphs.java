package io.yardmaster.torture.load;

import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.TaskAssignment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The graphs that the load has sent, which of them go on, and their assignments that have no outcome. For several threads. */
public final class SentGraphs {
    private static final long FIRST_JOB = 2_000_000_000;
    private static final long CURRENT_SESSION = -1;

    private record Waiting(TaskAssignment assignment, long since) {}

    private final Set<Long> unheard = new HashSet<>();
    /** The jobs that a newer session makes void. */
    private final Set<Long> bound = new HashSet<>();

    private final List<Long> open = new ArrayList<>();
    private final Map<Long, Waiting> waiting = new HashMap<>();
    private final Set<Long> reported = new HashSet<>();
    private final Set<Long> misreported = new HashSet<>();
    private long next = FIRST_JOB;

    /** A number that no job has. */
    synchronized long newJob() {
        return next++;
    }

    /** Call it before the graph is sent. */
    synchronized void sends(GraphDraft graph) {
        unheard.add(graph.job());
        if (graph.session() != CURRENT_SESSION) {
            bound.add(graph.job());
        }
    }

    synchronized void told(JobEvent event) {
        switch (event.getWhat()) {
            case JOB_BEGAN -> {
                if (event.getJobId() >= FIRST_JOB) {
                    unheard.remove(event.getJobId());
                    open.add(event.getJobId());
                }
            }
            case JOB_REFUSED -> unheard.remove(event.getJobId());
            case JOB_ENDED -> open.remove(event.getJobId());
            default -> {}
        }
    }

    synchronized void sessionBegins() {
        unheard.removeAll(bound);
        bound.clear();
    }

    synchronized void assigned(TaskAssignment assignment) {
        if (assignment.getJobId() >= FIRST_JOB && !reported.contains(assignment.getAssignmentId())) {
            waiting.put(assignment.getAssignmentId(), new Waiting(assignment, System.nanoTime()));
        }
    }

    synchronized void reported(long assignment) {
        reported.add(assignment);
        waiting.remove(assignment);
    }

    /** An outcome of a job is written that must be refused: from then on its tasks need outcomes. */
    synchronized void misreported(long job) {
        misreported.add(job);
    }

    /** Assignments of misreported jobs that have waited so long for an outcome; each only once. */
    synchronized List<TaskAssignment> takeWaiting(Duration time) {
        List<TaskAssignment> late = new ArrayList<>();
        long limit = System.nanoTime() - time.toNanos();
        for (Iterator<Waiting> all = waiting.values().iterator(); all.hasNext(); ) {
            Waiting one = all.next();
            if (one.since() - limit < 0 && misreported.contains(one.assignment().getJobId())) {
                late.add(one.assignment());
                all.remove();
            }
        }
        return late;
    }

    /** The assignments without an outcome. */
    synchronized List<TaskAssignment> waiting() {
        return waiting.values().stream().map(Waiting::assignment).toList();
    }

    /** Returns whether a graph that was sent has neither ended nor been refused. */
    synchronized boolean goesOn(long job) {
        return unheard.contains(job) || open.contains(job);
    }

    synchronized int size() {
        return open.size() + unheard.size();
    }

    /** A job that has begun and not ended; the argument if there is none. */
    synchronized long any(Random random, long otherwise) {
        return open.isEmpty() ? otherwise : open.get(random.nextInt(open.size()));
    }

    /** Returns whether the scheduler has taken or refused each graph. */
    public synchronized boolean haveBegun() {
        return unheard.isEmpty();
    }

    /** Returns whether each graph has ended, or was refused. */
    public synchronized boolean haveEnded() {
        return unheard.isEmpty() && open.isEmpty();
    }

    @Override
    public synchronized String toString() {
        return "%d not begun, not ended %s".formatted(unheard.size(), open);
    }
}
