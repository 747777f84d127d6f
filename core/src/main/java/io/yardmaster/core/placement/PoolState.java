package io.yardmaster.core.placement;

import io.yardmaster.core.state.Storage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The state of the pools of one partition in a {@link Storage}: a key begins with the kind of its entry and the name of the pool, which a
 * zero byte ends. Tasks, waiting or placed, are stored by {@link #flush}, all else at once.
 */
final class PoolState {
    private static final byte HOST = 'H';
    private static final byte RELEASED = 'R';
    private static final byte PLACED = 'B';
    private static final byte ENDED = 'E';
    private static final byte UNIT = 'O';
    private static final byte WITHDRAWN = 'W';
    private static final byte RESERVATION = 'V';
    private static final byte STANDING = 'S';
    private static final byte PREEMPTED = 'P';
    private static final byte[] LEDGER = {(byte) 0xFF};

    private final Storage storage;
    private final StoredBatches<PlacedTask> placed;
    private final StoredBatches<OfferedUnit> units;

    PoolState(Storage storage) {
        this.storage = storage;
        placed = new StoredBatches<>(storage, PLACED, ENDED, PoolRecords::placed, PoolRecords::size);
        units = new StoredBatches<>(storage, UNIT, WITHDRAWN, PoolRecords::units, PoolRecords::size);
    }

    /** Stores the tasks that came or went; must precede the end of a transaction. */
    void flush() {
        placed.flush();
        units.flush();
    }

    void put(String pool, Host host) {
        storage.put(key(HOST, pool, text(host.name())), PoolRecords.host(host));
        storage.delete(key(RELEASED, pool, text(host.name())));
    }

    void deleteHost(String pool, String host) {
        storage.delete(key(HOST, pool, text(host)));
    }

    void release(String pool, Host host) {
        storage.delete(key(HOST, pool, text(host.name())));
        storage.put(key(RELEASED, pool, text(host.name())), PoolRecords.numbers(host.incarnation(), 0));
    }

    void forget(String pool, String host) {
        storage.delete(key(RELEASED, pool, text(host)));
    }

    void put(String pool, PlacedTask task) {
        placed.add(pool, task);
    }

    /** Nothing happens if there is none. */
    void delete(@Nullable PlacedTask task) {
        if (task != null) {
            placed.remove(task);
        }
    }

    void put(String pool, OfferedUnit unit) {
        units.add(pool, unit);
    }

    void delete(OfferedUnit unit) {
        units.remove(unit);
    }

    /** Stores the reservations in place of those before. */
    void put(String pool, List<Reservation> before, List<Reservation> now) {
        for (Reservation each : before) {
            if (now.stream().noneMatch(other -> other.priority() == each.priority())) {
                storage.delete(key(RESERVATION, pool, number(each.priority())));
            }
        }
        for (Reservation each : now) {
            if (!before.contains(each)) {
                storage.put(key(RESERVATION, pool, number(each.priority())), PoolRecords.reservation(each));
            }
        }
    }

    void put(PoolStanding standing) {
        storage.put(key(STANDING, standing.pool(), new byte[0]), PoolRecords.standing(standing));
    }

    void deleteStanding(String pool) {
        storage.delete(key(STANDING, pool, new byte[0]));
    }

    void put(String pool, Preemptions.Spent spent) {
        storage.put(key(PREEMPTED, pool, new byte[0]), PoolRecords.numbers(spent.owed(), spent.at()));
    }

    Map<String, Preemptions.Spent> preempted() {
        Map<String, Preemptions.Spent> found = new HashMap<>();
        scan(PREEMPTED, (where, stored) -> {
            long[] numbers = PoolRecords.numbers(stored);
            found.put(where.pool, new Preemptions.Spent(numbers[0], numbers[1]));
        });
        return found;
    }

    void putLedger(long session, long nextOrder) {
        storage.put(LEDGER, PoolRecords.numbers(session, nextOrder));
    }

    /** The session and the next order. */
    long[] ledger() {
        byte[] stored = storage.get(LEDGER);
        return stored == null ? new long[] {-1, 0} : PoolRecords.numbers(stored);
    }

    List<PoolStanding> standings() {
        List<PoolStanding> found = new ArrayList<>();
        scan(STANDING, (where, stored) -> found.add(PoolRecords.standing(where.pool, stored)));
        return found;
    }

    /** Fills the books, which {@code books} makes. All hosts have been heard of just now. */
    void restore(Function<String, PoolBook> books, long now) {
        Map<String, List<Host>> hosts = new HashMap<>();
        Map<String, Map<String, Long>> released = new HashMap<>();
        Map<String, List<Reservation>> reservations = new HashMap<>();
        scan(HOST, (where, stored) -> hosts.computeIfAbsent(where.pool, pool -> new ArrayList<>())
                .add(PoolRecords.host(where.pool, new String(where.rest, StandardCharsets.UTF_8), stored, now)));
        scan(RELEASED, (where, stored) -> released.computeIfAbsent(where.pool, pool -> new HashMap<>())
                .put(new String(where.rest, StandardCharsets.UTF_8), PoolRecords.numbers(stored)[0]));
        restore(placed, PLACED, ENDED, PoolRecords::placed, (pool, task) -> books.apply(pool)
                .place(task));
        restore(units, UNIT, WITHDRAWN, PoolRecords::units, (pool, unit) -> books.apply(pool)
                .add(unit));
        scan(RESERVATION, (where, stored) -> reservations
                .computeIfAbsent(where.pool, pool -> new ArrayList<>())
                .add(PoolRecords.reservation((int) ByteBuffer.wrap(where.rest).getLong(), stored)));
        for (Map.Entry<String, List<Host>> each : hosts.entrySet()) {
            PoolBook book = books.apply(each.getKey());
            List<Booking> bookings =
                    book.placed().stream().map(PlacedTask::booking).toList();
            book.hosts().restore(each.getValue(), bookings, released.getOrDefault(each.getKey(), Map.of()), now);
        }
        released.forEach((pool, incarnations) -> {
            if (!hosts.containsKey(pool)) {
                books.apply(pool).hosts().restore(List.of(), List.of(), incarnations, now);
            }
        });
        reservations.forEach((pool, each) -> books.apply(pool).reserve(each));
    }

    private <T> void restore(
            StoredBatches<T> batches,
            byte kind,
            byte kindOfMasks,
            Function<byte[], List<T>> decoding,
            BiConsumer<String, T> each) {
        scan(kind, (where, stored) -> batches.restore(
                        where.pool,
                        ByteBuffer.wrap(where.rest).getLong(),
                        decoding.apply(stored),
                        storage.get(key(kindOfMasks, where.pool, where.rest)))
                .forEach(thing -> each.accept(where.pool, thing)));
    }

    @SuppressWarnings("ArrayRecordComponent") // places are not compared
    private record Where(String pool, byte[] rest) {}

    private void scan(byte kind, BiConsumer<Where, byte[]> entry) {
        storage.scan(new byte[] {kind}, (key, value) -> {
            int end = 1;
            while (key[end] != 0) {
                end++;
            }
            byte[] rest = new byte[key.length - end - 1];
            System.arraycopy(key, end + 1, rest, 0, rest.length);
            entry.accept(new Where(new String(key, 1, end - 1, StandardCharsets.UTF_8), rest), value);
        });
    }

    static byte[] key(byte kind, String pool, byte[] rest) {
        byte[] name = text(pool);
        return ByteBuffer.allocate(2 + name.length + rest.length)
                .put(kind)
                .put(name)
                .put((byte) 0)
                .put(rest)
                .array();
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
