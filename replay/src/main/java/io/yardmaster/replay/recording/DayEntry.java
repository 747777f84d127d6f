package io.yardmaster.replay.recording;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.LivePolicy;
import java.util.Optional;

/** Something that happened in a recorded deployment. Times are those of the records, in epoch ms. */
public sealed interface DayEntry {
    long at();

    /**
     * An input of one shard.
     *
     * @param topic in which it came
     * @param offset in the shard's partition of it
     * @param expectsNew whether its sender expected the job to be new, or not to be; empty if it did not say
     */
    record Arrived(int shard, RecordedTopic topic, long offset, long at, Event event, Optional<Boolean> expectsNew)
            implements DayEntry {}

    /** A session that every shard follows. */
    record SessionPublished(long at, Event.SessionBegan event) implements DayEntry {}

    /** The policy that is in force from then on. */
    record PolicyChanged(long at, LivePolicy live) implements DayEntry {}

    /** From then on the scheduler places the tasks of this pool on hosts. */
    record PoolPlaced(long at, String pool) implements DayEntry {}

    /**
     * An assignment that a shard made.
     *
     * @param number counts the assignments of the shard, from 1
     * @param ticks a part of the record of ticks, in Base64, if the assignment carries one
     */
    record Assigned(int shard, long at, long number, AssignedTask task, Optional<String> ticks) implements DayEntry {}
}
