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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The assignments that hold units of limits, by their numbers; in the storage, as there may be many. */
final class HeldUnits implements Section {
    private static final int TAG = 12;

    /** An assignment holds the units of its shape, and counts as one task of its job, its group, and all. */
    record Held(Shape shape, long group, long job, int task, int attempt) {
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
    private long size;

    HeldUnits(Storage storage, Keys keys, Ledger ledger) {
        this.storage = storage;
        this.keys = keys;
        this.ledger = ledger;
        ledger.keep(TAG, this);
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
    }

    void add(long number, Held held) {
        writer.reset().unsigned(held.shape().id).signed(held.group()).signed(held.job());
        writer.unsigned(held.task()).unsigned(held.attempt());
        storage.put(keys.holding(number), writer.toBytes());
        size++;
        ledger.touch();
    }

    /** Returns what an assignment holds; null if it holds nothing, or no more. */
    @Nullable
    Held find(long number, Shapes shapes) {
        byte[] stored = size == 0 ? null : storage.get(keys.holding(number));
        return stored == null ? null : read(stored, shapes);
    }

    /** Removes what an assignment holds, which was found. */
    void remove(long number) {
        storage.delete(keys.holding(number));
        size--;
        ledger.touch();
    }

    private static Held read(byte[] stored, Shapes shapes) {
        StateReader reader = new StateReader(stored);
        return new Held(shapes.of(reader.count()), reader.signed(), reader.signed(), reader.count(), reader.count());
    }

    void forEach(Shapes shapes, Consumer<Held> each) {
        if (size > 0) {
            storage.scan(keys.holdings(), (key, value) -> each.accept(read(value, shapes)));
        }
    }

    /** Passes what up to {@code most} of the oldest assignments hold. */
    void oldest(int most, Shapes shapes, Consumer<Held> each) {
        byte[] at = keys.holdings();
        byte[] end = Keys.end(at);
        for (long left = Math.min(most, size); left > 0; left--) {
            Map.Entry<byte[], byte[]> next = storage.next(at, end);
            if (next == null) {
                return;
            }
            each.accept(read(next.getValue(), shapes));
            at = keys.holding(Keys.lastLong(next.getKey()) + 1);
        }
    }

    /** Up to {@code most} numbers, from this one on, in order. */
    long[] numbers(long from, int most) {
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
