package io.yardmaster.core.limits;

import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.Section;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.TaskKind;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The assignments that hold units of limits, by their numbers. As there may be many they are in the storage, but for those since the latest
 * flush; the latest ones are also in memory, so that the end of a short task costs no search.
 */
final class HeldUnits implements Section {
    private static final int TAG = 12;

    /** An assignment has the place of its number modulo this one, in which a later one may follow it. */
    private static final int RECENT = 1 << 13;

    /** An assignment holds the units of its shape, and counts as one task of its job, its group, and all. */
    record Held(Shape shape, long group, long job, int task, int attempt, long expected) {
        /** Returns whether an outcome with the assignment's number is about the same attempt of the same task. */
        boolean isOf(Event.AssignmentEnded outcome) {
            return outcome.kind() == TaskKind.TASK
                    && outcome.group() == group
                    && outcome.job() == job
                    && outcome.taskIndex() == task
                    && outcome.attempt() == attempt;
        }
    }

    private final Storage storage;
    private final Keys keys;
    private final Ledger ledger;
    private final StateWriter writer = new StateWriter();
    private @Nullable Held[] recent = {};
    private long[] recentNumbers = {};
    /** By place: true if the storage does not have the assignment. */
    private boolean[] isNew = {};

    private int allNew;
    private long size;

    HeldUnits(Storage storage, Keys keys, Ledger ledger) {
        this.storage = storage;
        this.keys = keys;
        this.ledger = ledger;
        ledger.keep(TAG, this);
    }

    boolean isEmpty() {
        return size == 0;
    }

    @Override
    public boolean isInitial() {
        return size == 0;
    }

    @Override
    public void write(StateWriter ledgerWriter) {
        ledgerWriter.unsigned(size);
    }

    @Override
    public void read(StateReader reader) {
        size = reader.unsigned();
    }

    @Override
    public void readLayout1(StateReader reader) {
        // Version 0.1.0 had no limits.
    }

    @Override
    public void beginSession() {
        size = 0;
        Arrays.fill(recent, null);
        Arrays.fill(isNew, false);
        allNew = 0;
    }

    private static int placeOf(long number) {
        return (int) number & (RECENT - 1);
    }

    void add(long number, Held held) {
        if (recent.length == 0) {
            recent = new Held[RECENT];
            recentNumbers = new long[RECENT];
            isNew = new boolean[RECENT];
        }
        int place = placeOf(number);
        store(place);
        recent[place] = held;
        recentNumbers[place] = number;
        isNew[place] = true;
        allNew++;
        size++;
        ledger.touch();
    }

    /** Writes the assignment that has a place, unless the storage has it. */
    private void store(int place) {
        Held held = recent[place];
        if (held == null || !isNew[place]) {
            return;
        }
        isNew[place] = false;
        allNew--;
        writer.reset().unsigned(held.shape().id).signed(held.group()).signed(held.job());
        writer.unsigned(held.task()).unsigned(held.attempt());
        if (held.expected() > 0) {
            writer.unsigned(held.expected());
        }
        storage.put(keys.holding(recentNumbers[place]), writer.toBytes());
    }

    /** Writes all changes to the storage. */
    void flush() {
        for (int place = 0; allNew > 0; place++) {
            store(place);
        }
    }

    private boolean isRecent(long number) {
        int place = placeOf(number);
        return recent.length > 0 && recent[place] != null && recentNumbers[place] == number;
    }

    /** Returns what an assignment holds; null if it holds nothing, or no more. */
    @Nullable
    Held find(long number, Shapes shapes) {
        if (size == 0 || isRecent(number)) {
            return size == 0 ? null : recent[placeOf(number)];
        }
        byte[] stored = storage.get(keys.holding(number));
        return stored == null ? null : read(stored, shapes);
    }

    /** Removes what an assignment holds, which was found. */
    void remove(long number) {
        int place = placeOf(number);
        boolean isStored = true;
        if (isRecent(number)) {
            isStored = !isNew[place];
            recent[place] = null;
            isNew[place] = false;
            allNew -= isStored ? 0 : 1;
        }
        if (isStored) {
            storage.delete(keys.holding(number));
        }
        size--;
        ledger.touch();
    }

    private static Held read(byte[] stored, Shapes shapes) {
        StateReader reader = new StateReader(stored);
        return new Held(
                shapes.of(reader.count()),
                reader.signed(),
                reader.signed(),
                reader.count(),
                reader.count(),
                reader.hasMore() ? reader.unsigned() : 0);
    }

    void forEach(Shapes shapes, Consumer<Held> each) {
        flush();
        if (size > 0) {
            storage.scan(keys.holdings(), (key, value) -> each.accept(read(value, shapes)));
        }
    }

    /** Passes what up to {@code most} of the oldest assignments hold. */
    void oldest(int most, Shapes shapes, Consumer<Held> each) {
        byte[] at = keys.holdings();
        byte[] end = Keys.end(at);
        long left = Math.min(most, size);
        for (long stored = Math.min(left, size - allNew); stored > 0; stored--, left--) {
            Map.Entry<byte[], byte[]> next =
                    Objects.requireNonNull(storage.next(at, end), "units that an assignment holds are missing");
            each.accept(read(next.getValue(), shapes));
            at = keys.holding(Keys.lastLong(next.getKey()) + 1);
        }
        for (int place = 0; left > 0; place++) {
            Held held = isNew[place] ? recent[place] : null;
            if (held != null) {
                each.accept(held);
                left--;
            }
        }
    }

    /** Up to {@code most} numbers, from this one on, in order. */
    long[] numbers(long from, int most) {
        flush();
        long[] numbers = new long[(int) Math.min(most, size)];
        int count = 0;
        byte[] at = keys.holding(from);
        byte[] end = Keys.end(keys.holdings());
        while (count < numbers.length) {
            Map.Entry<byte[], byte[]> next = storage.next(at, end);
            if (next == null) {
                break;
            }
            numbers[count] = Keys.lastLong(next.getKey());
            at = keys.holding(numbers[count++] + 1);
        }
        return Arrays.copyOf(numbers, count);
    }
}
