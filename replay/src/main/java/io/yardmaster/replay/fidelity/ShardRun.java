package io.yardmaster.replay.fidelity;

import io.yardmaster.replay.recording.DayEntry;

/** A comparison of one shard. */
interface ShardRun {
    /** Takes the next entry of the recording that is about this shard, or about all. */
    void accept(DayEntry entry);

    /** Ends the comparison. */
    ShardOrder end();
}
