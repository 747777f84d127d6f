package io.yardmaster.topology;

import io.yardmaster.topology.window.StoredFloor;
import io.yardmaster.topology.window.Window;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps in the state of shard 0 the offset up to which the execution managers' group has taken each dispatch partition.
 * A group that has lost its offsets is given these back. See decision 26.
 */
final class TakenFloor {
    /** In the scheduler's store, behind all keys that begin with a session and before the ledger. Those of pools end with their names. */
    private static final byte[] KEY = {(byte) 0xFE, 1};

    private static final long INTERVAL_MS = 1_000;

    private final KeyValueStore<Bytes, byte[]> state;
    private final Window window;
    private final Bytes key;
    private StoredFloor floor;
    private long storeAgainAt;

    /** @param pool whose window it is; empty for the default one */
    TakenFloor(KeyValueStore<Bytes, byte[]> state, Window window, String pool) {
        this.state = state;
        this.window = window;
        byte[] name = pool.getBytes(StandardCharsets.UTF_8);
        this.key = Bytes.wrap(
                ByteBuffer.allocate(KEY.length + name.length).put(KEY).put(name).array());
        floor = StoredFloor.decode(state.get(key));
        window.floor(floor);
    }

    /** Stores changed offsets, at most once a second. */
    void tick(long now) {
        long[] taken = window.taken();
        if (taken == null || now < storeAgainAt) {
            return;
        }
        StoredFloor moved = floor.moved(window.topic(), taken);
        if (!moved.topic().equals(floor.topic()) || !Arrays.equals(moved.offsets(), floor.offsets())) {
            storeAgainAt = now + INTERVAL_MS;
            floor = moved;
            state.put(key, floor.encode());
            window.floor(floor);
        }
    }

    void close() {
        window.floor(null);
    }
}
