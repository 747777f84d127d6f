package io.yardmaster.core.jobs;

import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Pages;
import io.yardmaster.core.state.UnknownSections;
import io.yardmaster.core.values.Run;
import io.yardmaster.core.values.TaskKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job in memory: always while it is active, otherwise between an event and the next flush. Only the package that a field's
 * comment names changes the field.
 */
public final class Job {
    /** The place of a job that is not in a queue. */
    public static final long NOWHERE = 0;

    public static final int NO_SLOT = -1;

    public enum Phase {
        /** Has no buffered task, and is kept so that no attempt of its tasks is offered again; or is paused. */
        IDLE(0),
        /** Has tasks and waits for a place in the rotation. */
        PENDING(1),
        /** Takes part in the rotation. */
        ACTIVE(2),
        /** Its gate is closed: it is being finalized, or has ended. */
        FINALIZING(3);

        static final Phase[] BY_CODE = values();

        /** The number in the record. */
        final int code;

        Phase(int code) {
            this.code = code;
        }
    }

    public final long id;
    public final long group;
    public final TaskQueue queue;
    public final SeenTasks seen;
    final Pages pages;
    /** The sections of its record that this version does not know. */
    @Nullable
    UnknownSections unknown;
    /** limits: its tasks that limits decide about; null if there are none. */
    @Nullable
    LimitedQueues limited;

    /** admission and ending. */
    public Phase phase = Phase.IDLE;
    /** True if its record must be written at the next flush. */
    boolean changed;

    /** admission: its slot in the index of active jobs, now or when it was last active. */
    public int slot = NO_SLOT;
    /** admission, while pending or active: its rank among all jobs that were ever admitted or pending, oldest first. */
    public long arrival;
    /** admission, while pending: its place in its group's queue. */
    public long pendingPlace = NOWHERE;
    /** admission, while active: a number higher than that of every job that joined the rotation earlier. */
    public long seat;

    /** ending, while not finalizing: its place in the queue of jobs that may be forgotten. */
    public long memoryPlace = NOWHERE;
    /** ending: age of the scheduler, in ms, at the latest event. */
    public long latestEvent;

    /** admission: its priority, by which it is admitted when it has tasks; a higher one goes first (L1). */
    public int priority;
    /** admission, while pending or active: the level in which it is, which is its priority; otherwise 0. */
    public int level;
    /** admission, while paused: its place in the queue of paused jobs. */
    public long pausedPlace = NOWHERE;
    /** ending: true after a command to cancel it (O4). */
    public boolean cancelled;
    /** ending, while paused: its finalizing task that waits for the end of the pause, or null. */
    public @Nullable TaskKind held;

    /** outcomes: its assignments that have ended in this session. */
    public final EndTally ends = new EndTally();

    /** graph: true if the scheduler resolves its dependencies, until it has ended. */
    public boolean hasGraph;
    /** graph: its graph; null if it has none. */
    public @Nullable GraphTasks graph;

    /** ending: true after a cleanup event. */
    public boolean cleanupSeen;
    /** ending: the place of the commit task that waits to be offered. */
    public long commitPlace = NOWHERE;
    /** ending: the place of the cleanup task that waits to be offered. */
    public long cleanupPlace = NOWHERE;
    /** ending: epoch ms at which the event of the waiting finalizing task was made. */
    public long finalizingReadyAt;
    /** ending, and cycle when the task is offered: the trace of that event, or null. */
    public @Nullable String finalizingTrace;
    /** ending: its place in the queue of gates; none while a finalizing task waits. */
    public long gatePlace = NOWHERE;

    Job(long id, long group, Pages pages) {
        this.id = id;
        this.group = group;
        this.pages = pages;
        this.queue = new TaskQueue(pages);
        this.seen = new SeenTasks(pages);
    }

    /** The tasks that may be offered, unless the job is paused. */
    public long ready() {
        LimitedQueues queues = limited;
        return queues == null ? queue.size() : queues.granted() + (isQueueLimited(queues) ? 0 : queue.size());
    }

    /** All buffered tasks. */
    public long waiting() {
        return queue.size() + (limited == null ? 0 : limited.named());
    }

    /** The first runs of buffered tasks of each of its queues, at most {@code limit} in all. */
    public List<Run> firstRuns(int limit) {
        List<Run> runs = new ArrayList<>(queue.firstRuns(limit));
        if (limited != null) {
            for (LimitedTasks tasks : limited.all()) {
                if (tasks.shape != LimitedTasks.PLAIN) {
                    runs.addAll(tasks.queue.firstRuns(limit - runs.size()));
                }
            }
        }
        return runs;
    }

    /** The number of runs of buffered tasks. */
    public long runs() {
        long runs = queue.runs();
        if (limited != null) {
            for (LimitedTasks tasks : limited.all()) {
                runs += tasks.shape == LimitedTasks.PLAIN ? 0 : tasks.queue.runs();
            }
        }
        return runs;
    }

    /** Epoch ms at which the first task of one of its queues became ready, the earliest of these; the job has buffered tasks. */
    public long oldestReadyAt() {
        long oldest = queue.size() > 0 ? queue.oldestReadyAt() : Long.MAX_VALUE;
        return limited == null ? oldest : Math.min(oldest, limited.oldestReadyAt());
    }

    /** Returns whether limits decide about the tasks that need no named limit. */
    public boolean isQueueLimited() {
        return limited != null && isQueueLimited(limited);
    }

    private static boolean isQueueLimited(LimitedQueues queues) {
        return queues.find(LimitedTasks.PLAIN) != null;
    }

    /** The tasks that limits decide about; null if there are none. */
    public @Nullable LimitedQueues limited() {
        return limited;
    }

    public LimitedQueues obtainLimited() {
        if (limited == null) {
            limited = new LimitedQueues(pages, queue);
        }
        return limited;
    }

    /** Must follow the removal of limited tasks. */
    public void shrinkLimited() {
        if (limited != null && limited.isEmpty()) {
            limited = null;
        }
    }

    /** True if none of its tasks may be offered (O5). */
    public boolean isPaused() {
        return pausedPlace != NOWHERE;
    }

    /** The kind of its finalizing task that waits to be offered, or for the end of a pause; null if none waits. */
    public @Nullable TaskKind finalizingTask() {
        if (commitPlace != NOWHERE) {
            return TaskKind.COMMIT;
        }
        return cleanupPlace != NOWHERE ? TaskKind.CLEANUP : held;
    }

    /** Returns whether a finalizing task of the job waits to be offered, or for the end of a pause. */
    public boolean waitsToBeFinalized() {
        return finalizingTask() != null;
    }

    /** Forgets its buffered tasks and the attempts seen of all tasks. */
    public void discardTasks() {
        if (queue.hasOldPages()) {
            pages.discardOld(Keys.OLD_QUEUE_PAGE);
        }
        if (seen.hasOldPages()) {
            pages.discardOld(Keys.OLD_SEEN_PAGE);
        }
        if (queue.isPaged() || seen.isPaged() || limited != null) {
            pages.discard();
        }
        queue.clear();
        limited = null;
        seen.clear();
    }
}
