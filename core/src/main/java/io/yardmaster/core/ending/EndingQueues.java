package io.yardmaster.core.ending;

import io.yardmaster.core.state.Fifo;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.Section;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import java.util.List;

/** The queues that jobs pass through at their end. */
public final class EndingQueues implements Section {
    private static final int TAG = 3;

    private final Fifo commits;
    private final Fifo cleanups;
    private final Fifo gates;
    private final Fifo memories;
    private final List<Fifo> all;

    public EndingQueues(Storage storage, Keys keys, Ledger ledger) {
        this.commits = new Fifo(storage, keys, Fifo.COMMITS, 0);
        this.cleanups = new Fifo(storage, keys, Fifo.CLEANUPS, 0);
        this.gates = new Fifo(storage, keys, Fifo.GATES, 0);
        this.memories = new Fifo(storage, keys, Fifo.MEMORIES, 0);
        this.all = List.of(commits, cleanups, gates, memories);
        ledger.keep(TAG, this);
    }

    /** Commit tasks that wait to be offered. */
    public Fifo commits() {
        return commits;
    }

    /** Cleanup tasks that wait to be offered. */
    public Fifo cleanups() {
        return cleanups;
    }

    /** Jobs whose gate is closed and of which no task waits; the stamp is the age from which the gate's time counts. */
    public Fifo gates() {
        return gates;
    }

    /** Jobs that {@link DedupMemory} may forget; the stamp is the age at their first event or latest examination. */
    Fifo memories() {
        return memories;
    }

    /** Finalizing tasks that wait to be offered. */
    public long waiting() {
        return commits.size() + cleanups.size();
    }

    /** The number of jobs whose gate is closed: being finalized, or ended. */
    public long jobs() {
        return waiting() + gates.size();
    }

    @Override
    public void write(StateWriter writer) {
        all.forEach(queue -> queue.write(writer));
    }

    @Override
    public void read(StateReader reader) {
        all.forEach(queue -> queue.read(reader));
    }

    @Override
    public void readLayout1(StateReader reader) {
        all.forEach(queue -> queue.readLayout1(reader));
    }

    @Override
    public void beginSession() {
        all.forEach(Fifo::clear);
    }
}
