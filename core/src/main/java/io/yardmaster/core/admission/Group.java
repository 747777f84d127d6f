package io.yardmaster.core.admission;

import io.yardmaster.core.order.TurnOrder;
import io.yardmaster.core.state.Fifo;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.state.UnknownSections;

/** A resource group that has active or pending jobs in a level. */
public final class Group {
    private static final int OLDEST_LAYOUT = 2;
    private static final int LAYOUT = 3;

    /** The sections of its record. */
    private static final int PENDING = 1;

    private static final int ORDER = 2;

    /** The numbers that the order has in layout 2: a seat, a cursor of three, and a counter. */
    private static final int VALUES_OF_ORDER = 5;

    static final long NOT_FILED = -1;

    private final long id;
    final Fifo pending;
    int activeJobs;
    /** Buffered tasks of its pending jobs. */
    long pendingTasks;

    boolean changed;
    /** True if the storage has a record of it. */
    boolean stored;
    /** The arrival under which an {@link AdmissionOrder} has filed it; {@link #NOT_FILED} if it has no pending job. */
    long filedUnder = NOT_FILED;

    private final UnknownSections unknown = new UnknownSections();

    Group(long id, int level, Storage storage, Keys keys) {
        this.id = id;
        this.pending = new Fifo(storage, keys, Fifo.PENDING, id, level);
    }

    public long id() {
        return id;
    }

    public int activeJobs() {
        return activeJobs;
    }

    /** Its pending jobs by their arrival. */
    public Fifo pending() {
        return pending;
    }

    /** Buffered tasks of its pending jobs. */
    public long pendingTasks() {
        return pendingTasks;
    }

    /** The arrival of its oldest pending job. */
    public long oldestArrival() {
        return filedUnder;
    }

    public boolean isEmpty() {
        return activeJobs == 0 && pending.size() == 0;
    }

    byte[] write(StateWriter writer, TurnOrder order) {
        writer.reset().unsigned(LAYOUT);
        int queue = writer.begin(PENDING);
        pending.write(writer);
        writer.unsigned(pendingTasks);
        writer.end(queue);
        if (order.keepsGroups()) {
            int turns = writer.begin(ORDER);
            order.writeGroup(id, writer);
            writer.end(turns);
        }
        unknown.write(writer);
        return writer.toBytes();
    }

    void read(byte[] bytes, TurnOrder order) {
        StateReader reader = new StateReader(bytes);
        if (reader.layout(OLDEST_LAYOUT, LAYOUT, "resource group") == OLDEST_LAYOUT) {
            readLayout2(reader, order);
            return;
        }
        while (reader.hasMore()) {
            int tag = reader.count();
            switch (tag) {
                case PENDING -> readPending(reader.section());
                case ORDER -> order.readGroup(id, reader.section());
                default -> unknown.keep(tag, reader);
            }
        }
    }

    private void readPending(StateReader section) {
        pending.read(section);
        pendingTasks = section.unsigned();
    }

    /** Reads the record of version 0.1.0: numbers of the order, which were always there, the queue, perhaps the tasks. */
    private void readLayout2(StateReader reader, TurnOrder order) {
        order.readGroup(id, reader.values(VALUES_OF_ORDER));
        pending.readLayout1(reader);
        pendingTasks = reader.hasMore() ? reader.unsigned() : 0;
    }
}
