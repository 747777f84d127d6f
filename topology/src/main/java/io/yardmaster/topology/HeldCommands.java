package io.yardmaster.topology;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Commands about jobs of which nothing was read yet. As commands overtake events, such a command waits until its job begins; or
 * until the lanes have passed the time at which it was sent, or were silent for a second, as then nothing about the job was sent
 * before it; at most ten minutes. They are in the shard's store, so that they survive a restart.
 */
final class HeldCommands {
    static final int MOST = 10_000;
    private static final long SILENCE_MS = 1_000;
    private static final long LONGEST_MS = 600_000;

    /** In the scheduler's store, behind all keys that begin with a session and before the stored share. */
    private static final byte KIND = (byte) 0xFD;

    private final KeyValueStore<Bytes, byte[]> state;
    /** By their offset. */
    private final SortedMap<Long, HeldCommand> held = new TreeMap<>();
    /** The number of held commands by job. */
    private final Map<Long, Integer> jobs = new HashMap<>();

    private long laneTime = Long.MIN_VALUE;
    private boolean laneWasRead;
    private long silentSince;

    HeldCommands(KeyValueStore<Bytes, byte[]> state) {
        this.state = state;
        try (KeyValueIterator<Bytes, byte[]> stored = state.range(key(0), key(-1))) {
            stored.forEachRemaining(entry -> {
                HeldCommand command = HeldCommand.decode(entry.value);
                add(command);
            });
        }
    }

    private void add(HeldCommand command) {
        held.put(command.offset(), command);
        jobs.merge(command.command().getJobId(), 1, Integer::sum);
    }

    private static Bytes key(long offset) {
        return Bytes.wrap(
                ByteBuffer.allocate(1 + Long.BYTES).put(KIND).putLong(offset).array());
    }

    /** Holds a command; false if as many are held as may be. */
    boolean hold(HeldCommand command) {
        if (held.size() >= MOST) {
            return false;
        }
        add(command);
        state.put(key(command.offset()), command.encode());
        return true;
    }

    /** Notes that a record of a lane with this timestamp was read. */
    void laneRead(long timestamp) {
        laneTime = timestamp;
        laneWasRead = true;
    }

    /** Releases the commands about a job of which an event was read, in their order. */
    List<HeldCommand> known(long job) {
        if (jobs.isEmpty() || !jobs.containsKey(job)) {
            return List.of();
        }
        return release(held.values().stream()
                .filter(command -> command.command().getJobId() == job)
                .toList());
    }

    /** Releases the commands that have waited long enough, in their order. */
    List<HeldCommand> expired(long now) {
        if (laneWasRead) {
            laneWasRead = false;
            silentSince = now;
        }
        // Brokers stamp commands in their order, so the first has waited longest.
        return held.isEmpty()
                ? List.of()
                : release(held.values().stream()
                        .takeWhile(command -> hasWaited(command, now))
                        .toList());
    }

    private boolean hasWaited(HeldCommand command, long now) {
        return laneTime > command.sentAt()
                || now - Math.max(silentSince, command.readAt()) >= SILENCE_MS
                || now - command.readAt() >= LONGEST_MS;
    }

    private List<HeldCommand> release(List<HeldCommand> released) {
        for (HeldCommand command : released) {
            held.remove(command.offset());
            jobs.computeIfPresent(command.command().getJobId(), (job, count) -> count == 1 ? null : count - 1);
            state.delete(key(command.offset()));
        }
        return released;
    }
}
