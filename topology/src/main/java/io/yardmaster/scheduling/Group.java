package io.yardmaster.scheduling;

/** A resource group that has active or pending jobs. */
final class Group extends Rotation.Seat<Group> {
    private static final int OLDEST_LAYOUT = 2;
    private static final int LAYOUT = 3;

    final long id;
    final Fifo pending;
    /** Its active jobs, where turns go from group to group. */
    final Rotation<Job> jobs;

    /** Where the turns of its jobs stood, which has its effect once they are seated again. */
    Rotation.Cursor storedCursor = Rotation.Cursor.START;

    final WeightedTurns turns = new WeightedTurns();

    int activeJobs;
    /** Buffered tasks of its pending jobs. */
    long pendingTasks;

    boolean changed;
    /** Whether the storage has a record of it. */
    boolean stored;

    /** Under which arrival {@link WaitingJobs} has filed it; none where it has no pending job. */
    long filedUnder = NOT_FILED;

    static final long NOT_FILED = -1;

    /** @param places how many jobs may be active */
    Group(long id, Storage storage, Keys keys, int places) {
        this.id = id;
        this.jobs = new Rotation<>(places);
        this.pending = new Fifo(storage, keys, Fifo.PENDING, id);
    }

    boolean isEmpty() {
        return activeJobs == 0 && pending.size() == 0;
    }

    byte[] write(RecordWriter writer) {
        writer.reset().unsigned(LAYOUT).unsigned(seat);
        jobs.cursor().write(writer);
        writer.unsigned(turns.saved());
        pending.write(writer);
        return writer.unsigned(pendingTasks).toBytes();
    }

    void read(byte[] bytes) {
        RecordReader reader = new RecordReader(bytes);
        int layout = reader.version(OLDEST_LAYOUT, LAYOUT, "resource group");
        seat = reader.unsigned();
        storedCursor = Rotation.Cursor.read(reader);
        turns.restore(reader.count());
        if (layout == OLDEST_LAYOUT) {
            pending.readLayout1(reader);
        } else {
            pending.read(reader);
        }
        pendingTasks = reader.hasMore() ? reader.unsigned() : 0;
    }
}
