package io.yardmaster.scheduling;

/** A job as long as it is in memory: always while it is active, otherwise between an event and the next flush. */
final class Job extends Rotation.Seat<Job> {
    /** A place in none of the queues. */
    static final long NOWHERE = 0;

    static final int NO_SLOT = -1;

    enum Phase {
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

    final long id;
    final long group;
    final TaskQueue queue;
    final SeenTasks seen;
    private final Pages pages;

    Phase phase = Phase.IDLE;
    /** Whether its record must be written at the next flush. */
    boolean changed;

    /** Its slot in the index of active jobs, now or when it was last active. */
    int slot = NO_SLOT;
    /** While pending or active: its rank among all jobs that ever waited, oldest first. */
    long arrival;
    /** While pending: its place in its group's queue. */
    long pendingPlace = NOWHERE;

    /** While not finalizing: its place in the queue of those that may be forgotten one day. */
    long memoryPlace = NOWHERE;
    /** Age of the scheduler, in ms, at the latest event. */
    long latestEvent;

    boolean cleanupSeen;
    /** Places of the finalizing tasks that wait to be offered. */
    long commitPlace = NOWHERE;

    long cleanupPlace = NOWHERE;
    /** When the event of the waiting finalizing task was made. */
    long finalizingReadyAt;
    /** What came with it as its trace, or null. */
    String finalizingTrace;
    /** Its place in the queue of gates that will be lifted; none while a finalizing task waits. */
    long gatePlace = NOWHERE;

    Job(long id, long group, Pages pages) {
        this.id = id;
        this.group = group;
        this.pages = pages;
        this.queue = new TaskQueue(pages);
        this.seen = new SeenTasks(pages);
    }

    /** Forgets its tasks, those that wait and those that were seen. */
    void discardTasks() {
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

    /** Traces come last, and only if there are any: a version that knows nothing of them reads all else. */
    byte[] write(RecordWriter writer) {
        writer.reset().unsigned(LAYOUT).signed(group).unsigned(phase.code);
        if (phase == Phase.FINALIZING) {
            writer.flag(cleanupSeen)
                    .unsigned(commitPlace)
                    .unsigned(cleanupPlace)
                    .unsigned(gatePlace);
            writer.signed(finalizingReadyAt);
            if (finalizingTrace != null) {
                writer.text(finalizingTrace);
            }
            return writer.toBytes();
        }
        writer.unsigned(memoryPlace).unsigned(latestEvent).signed(slot);
        if (phase == Phase.ACTIVE || phase == Phase.PENDING) {
            writer.unsigned(arrival).unsigned(pendingPlace).unsigned(seat);
        }
        seen.shrink();
        pages.write(writer);
        queue.write(writer);
        seen.write(writer);
        if (queue.hasTraces()) {
            queue.writeTraces(writer);
        }
        return writer.toBytes();
    }

    static Job read(long id, byte[] bytes, Pages pages) {
        RecordReader reader = new RecordReader(bytes);
        int layout = reader.version(OLDEST_LAYOUT, LAYOUT, "job");
        Job job = new Job(id, reader.signed(), pages);
        job.phase = Phase.BY_CODE[reader.count()];
        if (job.phase == Phase.FINALIZING) {
            job.cleanupSeen = reader.flag();
            job.commitPlace = reader.unsigned();
            job.cleanupPlace = reader.unsigned();
            job.gatePlace = reader.unsigned();
            job.finalizingReadyAt = reader.signed();
            job.finalizingTrace = reader.hasMore() ? reader.text() : null;
            return job;
        }
        job.memoryPlace = reader.unsigned();
        job.latestEvent = reader.unsigned();
        job.slot = (int) reader.signed();
        if (job.phase == Phase.ACTIVE || job.phase == Phase.PENDING) {
            job.arrival = reader.unsigned();
            job.pendingPlace = reader.unsigned();
            job.seat = reader.unsigned();
        }
        if (layout == OLDEST_LAYOUT) {
            job.queue.readLayout1(reader);
            job.seen.readLayout1(reader);
        } else {
            pages.read(reader);
            job.queue.read(reader);
            job.seen.read(reader);
        }
        if (reader.hasMore()) {
            job.queue.readTraces(reader);
        }
        return job;
    }
}
