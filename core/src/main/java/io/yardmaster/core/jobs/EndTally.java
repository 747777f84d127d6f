package io.yardmaster.core.jobs;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.values.EndCounts;
import io.yardmaster.core.values.TaskEnd;

/** Counts the assignments of a job that have ended, without a new object for each. */
public final class EndTally {
    private long succeeded;
    private long failed;
    private long killed;
    private long refused;

    /** Counts one more. */
    public void count(TaskEnd end) {
        switch (end) {
            case SUCCEEDED -> succeeded++;
            case FAILED -> failed++;
            case KILLED -> killed++;
            case REFUSED -> refused++;
        }
    }

    public EndCounts counts() {
        return new EndCounts(succeeded, failed, killed, refused);
    }

    boolean isEmpty() {
        return (succeeded | failed | killed | refused) == 0;
    }

    void write(StateWriter writer) {
        writer.unsigned(succeeded).unsigned(failed).unsigned(killed).unsigned(refused);
    }

    void read(StateReader reader) {
        succeeded = reader.unsigned();
        failed = reader.unsigned();
        killed = reader.unsigned();
        refused = reader.unsigned();
    }
}
