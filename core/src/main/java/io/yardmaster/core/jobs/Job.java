package io.yardmaster.core.jobs;

import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Pages;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.UnknownSections;
import io.yardmaster.core.values.TaskKind;
import java.util.Arrays;
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

        private static final Phase[] BY_CODE = values();

        /** The number in the record. */
        private final int code;

        Phase(int code) {
            this.code = code;
        }
    }

    private static final int OLDEST_LAYOUT = 1;
    private static final int LAYOUT = 2;

    /** The sections of its record. */
    private static final int ADMISSION = 1;

    private static final int MEMORY = 2;
    private static final int PAGES = 3;
    private static final int QUEUE = 4;
    private static final int SEEN = 5;
    private static final int TRACES = 6;
    private static final int ENDING = 7;
    private static final int COMMANDS = 8;
    private static final int OUTCOMES = 9;
    private static final int PRIORITY = 10;
    private static final int GRAPH = 11;

    /** By their number in the record. */
    private static final @Nullable TaskKind[] HELD_BY_CODE = {null, TaskKind.COMMIT, TaskKind.CLEANUP};

    public final long id;
    public final long group;
    public final TaskQueue queue;
    public final SeenTasks seen;
    private final Pages pages;
    private @Nullable UnknownSections unknown;

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
        if (queue.isPaged() || seen.isPaged()) {
            pages.discard();
        }
        queue.clear();
        seen.clear();
    }

    byte[] write(StateWriter writer) {
        writer.reset().unsigned(LAYOUT).signed(group).unsigned(phase.code);
        if (phase == Phase.FINALIZING) {
            writeEnding(writer);
        } else {
            writeTasks(writer);
        }
        if (isPaused() || cancelled) {
            int commands = writer.begin(COMMANDS);
            writer.flag(cancelled).unsigned(pausedPlace).unsigned(codeOf(held));
            writer.end(commands);
        }
        if (!ends.isEmpty()) {
            int outcomes = writer.begin(OUTCOMES);
            ends.write(writer);
            writer.end(outcomes);
        }
        if (priority != 0) {
            int ordered = writer.begin(PRIORITY);
            writer.signed(priority).signed(level);
            writer.end(ordered);
        }
        if (hasGraph) {
            writer.end(writer.begin(GRAPH));
        }
        if (unknown != null) {
            unknown.write(writer);
        }
        return writer.toBytes();
    }

    private static int codeOf(@Nullable TaskKind kind) {
        return Arrays.asList(HELD_BY_CODE).indexOf(kind);
    }

    private void writeEnding(StateWriter writer) {
        int ending = writer.begin(ENDING);
        writer.flag(cleanupSeen).unsigned(commitPlace).unsigned(cleanupPlace).unsigned(gatePlace);
        writer.signed(finalizingReadyAt);
        if (finalizingTrace != null) {
            writer.text(finalizingTrace);
        }
        writer.end(ending);
    }

    private void writeTasks(StateWriter writer) {
        int admission = writer.begin(ADMISSION);
        writer.signed(slot);
        if (phase != Phase.IDLE) {
            writer.unsigned(arrival).unsigned(pendingPlace).unsigned(seat);
        }
        writer.end(admission);
        int memory = writer.begin(MEMORY);
        writer.unsigned(memoryPlace).unsigned(latestEvent);
        writer.end(memory);
        // This may move runs to pages, which then have an owner.
        seen.shrink();
        if (pages.hasOwner()) {
            int owner = writer.begin(PAGES);
            pages.write(writer);
            writer.end(owner);
        }
        if (queue.size() > 0) {
            int buffered = writer.begin(QUEUE);
            queue.write(writer);
            writer.end(buffered);
        }
        int attempts = writer.begin(SEEN);
        seen.write(writer);
        writer.end(attempts);
        if (queue.hasTraces()) {
            int traces = writer.begin(TRACES);
            queue.writeTraces(writer);
            writer.end(traces);
        }
    }

    static Job read(long id, byte[] bytes, Pages pages) {
        StateReader reader = new StateReader(bytes);
        int layout = reader.layout(OLDEST_LAYOUT, LAYOUT, "job");
        Job job = new Job(id, reader.signed(), pages);
        job.phase = Phase.BY_CODE[reader.count()];
        if (layout == OLDEST_LAYOUT) {
            job.readLayout1(reader);
        } else {
            while (reader.hasMore()) {
                job.readSection(reader.count(), reader);
            }
        }
        return job;
    }

    private void readSection(int tag, StateReader reader) {
        switch (tag) {
            case ADMISSION -> readAdmission(reader.section());
            case MEMORY -> readMemory(reader.section());
            case PAGES -> pages.read(reader.section());
            case QUEUE -> queue.read(reader.section());
            case SEEN -> seen.read(reader.section());
            // The section of the queue comes first, so the runs are there.
            case TRACES -> queue.readTraces(reader.section());
            case ENDING -> readEnding(reader.section());
            case COMMANDS -> readCommands(reader.section());
            case OUTCOMES -> ends.read(reader.section());
            case PRIORITY -> readPriority(reader.section());
            case GRAPH -> readGraph(reader.section());
            default -> keepUnknown(tag, reader);
        }
    }

    private void readAdmission(StateReader section) {
        slot = (int) section.signed();
        if (section.hasMore()) {
            arrival = section.unsigned();
            pendingPlace = section.unsigned();
            seat = section.unsigned();
        }
    }

    private void readMemory(StateReader section) {
        memoryPlace = section.unsigned();
        latestEvent = section.unsigned();
    }

    private void readEnding(StateReader section) {
        cleanupSeen = section.flag();
        commitPlace = section.unsigned();
        cleanupPlace = section.unsigned();
        gatePlace = section.unsigned();
        finalizingReadyAt = section.signed();
        finalizingTrace = section.hasMore() ? section.text() : null;
    }

    private void readCommands(StateReader section) {
        cancelled = section.flag();
        pausedPlace = section.unsigned();
        held = HELD_BY_CODE[section.count()];
    }

    private void readPriority(StateReader section) {
        priority = (int) section.signed();
        level = (int) section.signed();
    }

    private void readGraph(StateReader section) {
        hasGraph = !section.hasMore();
    }

    private void keepUnknown(int tag, StateReader reader) {
        if (unknown == null) {
            unknown = new UnknownSections();
        }
        unknown.keep(tag, reader);
    }

    /** Reads layout 1: the same values without sections, and traces at the end if there are any. */
    private void readLayout1(StateReader reader) {
        if (phase == Phase.FINALIZING) {
            readEnding(reader);
            return;
        }
        readMemory(reader);
        slot = (int) reader.signed();
        if (phase == Phase.ACTIVE || phase == Phase.PENDING) {
            arrival = reader.unsigned();
            pendingPlace = reader.unsigned();
            seat = reader.unsigned();
        }
        queue.readLayout1(reader);
        seen.readLayout1(reader);
        if (reader.hasMore()) {
            queue.readTraces(reader);
        }
    }
}
