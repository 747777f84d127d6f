package io.yardmaster.core.jobs;

import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Pages;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.UnknownSections;

/**
 * A job as long as it is in memory: always while it is active, otherwise between an event and the next flush. Its fields belong
 * to the rooms that they are named after, which alone change them.
 */
public final class Job {
    /** A place in none of the queues. */
    public static final long NOWHERE = 0;

    public static final int NO_SLOT = -1;

    public enum Phase {
        /** Nothing buffered; kept for what was seen. */
        IDLE(0),
        /** Has tasks and waits for a place in the rotation. */
        PENDING(1),
        /** Takes part in the rotation. */
        ACTIVE(2),
        /** Gated: being finalized, or ended. */
        FINALIZING(3);

        private static final Phase[] BY_CODE = values();

        /** As stored. */
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

    public final long id;
    public final long group;
    public final TaskQueue queue;
    public final SeenTasks seen;
    private final Pages pages;
    private UnknownSections unknown;

    public Phase phase = Phase.IDLE;
    /** Whether its record must be written at the next flush. */
    boolean changed;

    /** Of admission: its slot in the index of active jobs, now or when it was last active. */
    public int slot = NO_SLOT;
    /** Of admission, while pending or active: its rank among all jobs that ever waited, oldest first. */
    public long arrival;
    /** Of admission, while pending: its place in its group's queue. */
    public long pendingPlace = NOWHERE;
    /** Of the order, while active: higher than that of every job that joined the rotation earlier. */
    public long seat;

    /** Of ending, while not finalizing: its place in the queue of those that may be forgotten one day. */
    public long memoryPlace = NOWHERE;
    /** Of ending: age of the scheduler, in ms, at the latest event. */
    public long latestEvent;

    /** Of ending, as all that follow. */
    public boolean cleanupSeen;
    /** Places of the finalizing tasks that wait to be offered. */
    public long commitPlace = NOWHERE;

    public long cleanupPlace = NOWHERE;
    /** When the event of the waiting finalizing task was made. */
    public long finalizingReadyAt;
    /** The trace that came with it, or null. */
    public String finalizingTrace;
    /** Its place in the queue of gates that will be lifted; none while a finalizing task waits. */
    public long gatePlace = NOWHERE;

    Job(long id, long group, Pages pages) {
        this.id = id;
        this.group = group;
        this.pages = pages;
        this.queue = new TaskQueue(pages);
        this.seen = new SeenTasks(pages);
    }

    /** Whether a finalizing task of it waits to be offered. */
    public boolean waitsToBeFinalized() {
        return commitPlace != NOWHERE || cleanupPlace != NOWHERE;
    }

    /** Forgets its tasks, those that wait and those that were seen. */
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
        if (unknown != null) {
            unknown.write(writer);
        }
        return writer.toBytes();
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
        // This may move something to pages, which then have an owner.
        seen.shrink();
        if (pages.hasOwner()) {
            int owner = writer.begin(PAGES);
            pages.write(writer);
            writer.end(owner);
        }
        if (queue.size() > 0) {
            int waiting = writer.begin(QUEUE);
            queue.write(writer);
            writer.end(waiting);
        }
        int known = writer.begin(SEEN);
        seen.write(writer);
        writer.end(known);
        if (queue.hasTraces()) {
            int traces = writer.begin(TRACES);
            queue.writeTraces(writer);
            writer.end(traces);
        }
    }

    static Job read(long id, byte[] bytes, Pages pages) {
        StateReader reader = new StateReader(bytes);
        int layout = reader.version(OLDEST_LAYOUT, LAYOUT, "job");
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
            // The queue was read before, since it is written before.
            case TRACES -> queue.readTraces(reader.section());
            case ENDING -> readEnding(reader.section());
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

    private void keepUnknown(int tag, StateReader reader) {
        if (unknown == null) {
            unknown = new UnknownSections();
        }
        unknown.keep(tag, reader);
    }

    /** The same values one after the other, and traces at the end if there are any. */
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
