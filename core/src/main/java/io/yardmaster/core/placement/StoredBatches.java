package io.yardmaster.core.placement;

import io.yardmaster.core.state.Storage;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Things of the state that come and go by the thousand in a second: {@link #flush} stores those that came since the last one together,
 * {@value #MOST} in an entry, and a mask beside it says which of them are gone. So each costs a small part of an entry when it comes and when it
 * goes, and one that came and went between two flushes costs none. A batch of which a quarter is left is dissolved, so that the state is
 * at most four times as large as what is left of it.
 *
 * @param <T> the things, which are told apart by identity
 */
final class StoredBatches<T> {
    /** In an entry; a mask has a bit for each. */
    static final int MOST = Long.SIZE;

    private static final int MOST_BYTES = 32 << 10;
    private static final int LEAST_PART = 4;

    private final Storage storage;
    private final byte kind;
    private final byte kindOfMasks;
    private final Function<List<T>, byte[]> encoding;
    private final ToIntFunction<T> size;
    private final IdentityHashMap<T, Slot<T>> slots = new IdentityHashMap<>();
    private final List<Slot<T>> fresh = new ArrayList<>();
    private final Set<Batch<T>> changed = new LinkedHashSet<>();
    private long nextNumber;

    private static final class Slot<T> {
        private final String pool;
        private final T thing;
        private boolean gone;
        /** Null until it is stored. */
        private @Nullable Batch<T> batch;

        private int place;

        Slot(String pool, T thing) {
            this.pool = pool;
            this.thing = thing;
        }
    }

    private static final class Batch<T> {
        private final String pool;
        private final byte[] number;
        private final List<Slot<T>> slots;
        private long gone;
        private boolean hasMask;

        Batch(String pool, long number, List<Slot<T>> slots) {
            this.pool = pool;
            this.number = PoolState.number(number);
            this.slots = List.copyOf(slots);
            for (int place = 0; place < slots.size(); place++) {
                slots.get(place).batch = this;
                slots.get(place).place = place;
            }
        }

        int left() {
            return slots.size() - Long.bitCount(gone);
        }
    }

    /**
     * Nothing yet.
     *
     * @param kind of the entries; {@code kindOfMasks} of those that say what is gone
     * @param size the approximate number of bytes of a thing
     */
    StoredBatches(
            Storage storage, byte kind, byte kindOfMasks, Function<List<T>, byte[]> encoding, ToIntFunction<T> size) {
        this.storage = storage;
        this.kind = kind;
        this.kindOfMasks = kindOfMasks;
        this.encoding = encoding;
        this.size = size;
    }

    /**
     * Takes over a batch from the state.
     *
     * @param mask of those that are gone; null if none is
     * @return those that are left
     */
    List<T> restore(String pool, long number, List<T> things, byte @Nullable [] mask) {
        List<Slot<T>> restored =
                things.stream().map(thing -> new Slot<>(pool, thing)).toList();
        Batch<T> batch = new Batch<>(pool, number, restored);
        if (mask != null) {
            batch.hasMask = true;
            batch.gone = PoolRecords.numbers(mask)[0];
        }
        nextNumber = Math.max(nextNumber, number + 1);
        List<T> left = new ArrayList<>();
        for (Slot<T> slot : restored) {
            slot.gone = (batch.gone >>> slot.place & 1) != 0;
            if (!slot.gone) {
                slots.put(slot.thing, slot);
                left.add(slot.thing);
            }
        }
        return left;
    }

    void add(String pool, T thing) {
        Slot<T> slot = new Slot<>(pool, thing);
        slots.put(thing, slot);
        fresh.add(slot);
    }

    void remove(T thing) {
        Slot<T> slot = slots.remove(thing);
        if (slot == null) {
            throw new IllegalStateException(thing + " is not in the state");
        }
        slot.gone = true;
        if (slot.batch != null) {
            slot.batch.gone |= 1L << slot.place;
            changed.add(slot.batch);
        }
    }

    /** Stores all that came or went since the last call; must precede the end of a transaction. */
    void flush() {
        for (Batch<T> batch : changed) {
            if (batch.left() * LEAST_PART <= batch.slots.size()) {
                dissolve(batch);
            } else {
                batch.hasMask = true;
                storage.put(PoolState.key(kindOfMasks, batch.pool, batch.number), PoolRecords.numbers(batch.gone, 0));
            }
        }
        changed.clear();
        Map<String, List<Slot<T>>> byPool = new LinkedHashMap<>();
        for (Slot<T> slot : fresh) {
            if (!slot.gone) {
                byPool.computeIfAbsent(slot.pool, pool -> new ArrayList<>()).add(slot);
            }
        }
        fresh.clear();
        byPool.forEach(this::store);
    }

    /** The things that are left go into a new batch. */
    private void dissolve(Batch<T> batch) {
        storage.delete(PoolState.key(kind, batch.pool, batch.number));
        if (batch.hasMask) {
            storage.delete(PoolState.key(kindOfMasks, batch.pool, batch.number));
        }
        for (Slot<T> slot : batch.slots) {
            slot.batch = null;
            if (!slot.gone) {
                fresh.add(slot);
            }
        }
    }

    private void store(String pool, List<Slot<T>> added) {
        int from = 0;
        while (from < added.size()) {
            int bytes = size.applyAsInt(added.get(from).thing);
            int to = from + 1;
            while (to < added.size() && to - from < MOST && bytes < MOST_BYTES) {
                bytes += size.applyAsInt(added.get(to).thing);
                to++;
            }
            Batch<T> batch = new Batch<>(pool, nextNumber, added.subList(from, to));
            nextNumber++;
            storage.put(
                    PoolState.key(kind, pool, batch.number),
                    encoding.apply(batch.slots.stream().map(slot -> slot.thing).toList()));
            from = to;
        }
    }
}
