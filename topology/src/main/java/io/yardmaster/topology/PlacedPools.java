package io.yardmaster.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The pools whose tasks one shard hands over to placement, and those whose tasks it did and that still have some on hosts: a pool's
 * placement may change while its tasks run. Kept in the shard's state, by pool the numbers of the assignments that were handed over.
 */
final class PlacedPools {
    /** In the scheduler's store, beside those of {@link TakenFloor}; the keys go on with the names of pools. */
    private static final byte[] KEY = {(byte) 0xFE, 3};

    private static final byte[] BEHIND = {(byte) 0xFE, 4};

    private final KeyValueStore<Bytes, byte[]> state;
    private final Map<String, Numbers> pools = new TreeMap<>();

    /** @param to the first number behind them; the largest one as long as more are handed over */
    private record Numbers(long from, long to) {
        byte[] encode() {
            return ByteBuffer.allocate(2 * Long.BYTES).putLong(from).putLong(to).array();
        }

        static Numbers decode(byte[] stored) {
            ByteBuffer bytes = ByteBuffer.wrap(stored);
            return new Numbers(bytes.getLong(), bytes.getLong());
        }
    }

    PlacedPools(KeyValueStore<Bytes, byte[]> state) {
        this.state = state;
        try (KeyValueIterator<Bytes, byte[]> stored = state.range(Bytes.wrap(KEY), Bytes.wrap(BEHIND))) {
            while (stored.hasNext()) {
                KeyValue<Bytes, byte[]> next = stored.next();
                byte[] key = next.key.get();
                if (key.length > KEY.length && key[1] == KEY[1]) {
                    pools.put(
                            new String(key, KEY.length, key.length - KEY.length, StandardCharsets.UTF_8),
                            Numbers.decode(next.value));
                }
            }
        }
    }

    /**
     * Follows the policy.
     *
     * @param placed the pools that place tasks on hosts from now on
     * @param made the number of the latest assignment
     * @param oldest the lowest number of an assignment that has not ended
     */
    void follow(Set<String> placed, long made, long oldest) {
        for (String pool : placed) {
            Numbers before = pools.get(pool);
            if (before == null || before.to() != Long.MAX_VALUE) {
                put(pool, new Numbers(before == null ? made + 1 : before.from(), Long.MAX_VALUE));
            }
        }
        for (String pool : List.copyOf(pools.keySet())) {
            if (!placed.contains(pool)) {
                Numbers numbers = pools.get(pool);
                long to = Math.min(numbers.to(), made + 1);
                if (oldest >= to) {
                    pools.remove(pool);
                    state.delete(key(pool));
                } else if (to != numbers.to()) {
                    put(pool, new Numbers(numbers.from(), to));
                }
            }
        }
    }

    private void put(String pool, Numbers numbers) {
        pools.put(pool, numbers);
        state.put(key(pool), numbers.encode());
    }

    private static Bytes key(String pool) {
        byte[] name = pool.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(
                ByteBuffer.allocate(KEY.length + name.length).put(KEY).put(name).array());
    }

    /** The pools of which placement may have tasks of this shard. */
    Set<String> names() {
        return pools.keySet();
    }

    /** Returns whether the assignment with a number was handed over, if it is one of the pool. */
    boolean contains(String pool, long number) {
        Numbers numbers = pools.get(pool);
        return numbers != null && number >= numbers.from() && number < numbers.to();
    }
}
