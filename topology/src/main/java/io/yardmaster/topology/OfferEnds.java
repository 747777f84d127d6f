package io.yardmaster.topology;

import io.yardmaster.schemas.OfferEnd;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The ends of assignments of one shard that placement is still to be told of, by pool. A transaction may end before they are written, because
 * Streams also commits when nobody has asked for it: then they are in the shard's state, and another instance goes on with them.
 */
final class OfferEnds {
    /** The most ends that wait, of all pools together: so no record has more. */
    static final int MOST = 1_000;

    /** Beside those of {@link PlacedPools}. */
    private static final Bytes KEY = Bytes.wrap(new byte[] {(byte) 0xFE, 5});

    private static final int BYTES = 2 * Long.BYTES + 2 * Integer.BYTES + 1;

    private final KeyValueStore<Bytes, byte[]> state;
    private final Map<String, List<OfferEnd>> pools = new LinkedHashMap<>();
    private int count;
    /** True if the state has some. */
    private boolean stored;
    /** True if the state has not those that are here. */
    private boolean changed;

    /** Goes on with those in the state. */
    OfferEnds(KeyValueStore<Bytes, byte[]> state) {
        this.state = state;
        byte[] left = state.get(KEY);
        if (left != null) {
            stored = true;
            decode(ByteBuffer.wrap(left));
        }
    }

    /** Returns whether there are as many now as a record may have: they are to be taken. */
    boolean add(String pool, OfferEnd end) {
        pools.computeIfAbsent(pool, first -> new ArrayList<>()).add(end);
        count++;
        changed = true;
        return count >= MOST;
    }

    /** Takes all, pool by pool: the caller writes them in the transaction under way. */
    void take(BiConsumer<String, List<OfferEnd>> writer) {
        pools.forEach(writer);
        pools.clear();
        count = 0;
        changed = false;
        if (stored) {
            stored = false;
            state.delete(KEY);
        }
    }

    /** Keeps those that were not taken in the state; must precede the end of a transaction. */
    void store() {
        if (changed) {
            changed = false;
            stored = true;
            state.put(KEY, encode());
        }
    }

    private byte[] encode() {
        int size = 0;
        for (Map.Entry<String, List<OfferEnd>> pool : pools.entrySet()) {
            size += 2 * Integer.BYTES
                    + utf8(pool.getKey()).length
                    + pool.getValue().size() * BYTES;
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        pools.forEach((pool, ends) -> {
            byte[] name = utf8(pool);
            bytes.putInt(name.length).put(name).putInt(ends.size());
            for (OfferEnd end : ends) {
                bytes.putLong(end.getJobId()).putInt(end.getTask()).putInt(end.getAttempt());
                bytes.putLong(end.getAssignmentId()).put((byte) (end.getRefused() ? 1 : 0));
            }
        });
        return bytes.array();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void decode(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte[] name = new byte[bytes.getInt()];
            bytes.get(name);
            List<OfferEnd> ends = new ArrayList<>();
            for (int left = bytes.getInt(); left > 0; left--) {
                ends.add(new OfferEnd(
                        bytes.getLong(), bytes.getInt(), bytes.getInt(), bytes.getLong(), bytes.get() != 0));
            }
            pools.put(new String(name, StandardCharsets.UTF_8), ends);
            count += ends.size();
        }
    }
}
