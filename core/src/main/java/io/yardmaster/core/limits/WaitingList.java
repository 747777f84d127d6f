package io.yardmaster.core.limits;

import io.yardmaster.core.state.Fifo;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;

/** The jobs of one group that have tasks of one shape, and of one priority, that wait for a grant: first in, first out. */
final class WaitingList {

    /** Names a list. */
    record Key(int level, int shape, long group) {}

    final long id;
    final Key key;
    final Line line;
    final Fifo jobs;
    /** Lists of a line are granted tasks in the order of their turns. */
    long turn;
    /** Tasks that wait for a grant. */
    long tasks;
    /** Tasks that were granted and are not dispatched yet. */
    long granted;
    /** True if it waits for the limit or the rate of its group. */
    boolean isBlocked;

    WaitingList(long id, Key key, Line line, Fifo jobs) {
        this.id = id;
        this.key = key;
        this.line = line;
        this.jobs = jobs;
    }

    boolean isEmpty() {
        return jobs.size() == 0 && granted == 0;
    }

    void write(StateWriter writer) {
        writer.reset().signed(key.level).unsigned(key.shape).signed(key.group);
        writer.unsigned(turn).unsigned(tasks).unsigned(granted);
        jobs.write(writer);
    }

    static Key readKey(StateReader reader) {
        return new Key((int) reader.signed(), reader.count(), reader.signed());
    }

    /** Reads what follows the key. */
    void read(StateReader reader) {
        turn = reader.unsigned();
        tasks = reader.unsigned();
        granted = reader.unsigned();
        jobs.read(reader);
    }
}
