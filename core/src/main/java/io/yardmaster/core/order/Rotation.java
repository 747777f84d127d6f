package io.yardmaster.core.order;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A ring in order of joining, with a cursor. To join, to leave and to take a turn cost constant time, and change neither the
 * order of the other elements nor their turns (S6).
 *
 * <p>In a round every element has one turn. An element that joins during a round has its turn at the end of it if one of the
 * {@code places} has not been used in this round; otherwise it waits for the next round. So a round ends, however many elements
 * join and leave.
 */
public final class Rotation<E> {

    /**
     * The progress of a round.
     *
     * @param latest the seat that had the latest turn, or {@link #START}
     * @param last the highest seat that has a turn in this round
     * @param open the number of elements that may still join this round
     */
    public record Cursor(long latest, long last, int open) {
        public static final Cursor START = new Cursor(Rotation.START, Rotation.START, 0);

        public void write(StateWriter writer) {
            writer.signed(latest).signed(last).unsigned(open);
        }

        public static Cursor read(StateReader reader) {
            return new Cursor(reader.signed(), reader.signed(), reader.count());
        }
    }

    private static final long START = -1;

    /** No seat. */
    private static final int NONE = -1;

    private static final int FIRST_LENGTH = 1;

    private final int places;

    // By seat. In arrays, because a round visits all of them in order, and a processor reads ahead in an array.
    private Object[] elements = new Object[FIRST_LENGTH];
    private long[] numbers = new long[FIRST_LENGTH];
    private int[] before = new int[FIRST_LENGTH];
    private int[] behind = new int[FIRST_LENGTH];

    /** One past the highest seat that was ever taken. */
    private int seats;
    /** The first of the list of seats that were left; {@link #behind} leads to the next. */
    private int free = NONE;

    private int first = NONE;
    private int last = NONE;
    private int size;

    /** The seat that had the latest turn or, if its element has left, the one before it; none before the first turn. */
    private int latest = NONE;

    /** The seat whose turn it is; none at the end of the round, and before the first round. */
    private int next = NONE;

    private long latestNumber = START;
    private long lastNumberOfRound = START;
    private int open;

    /** @param places an element may join a round of fewer turns than this; with 0 it always waits for the next round */
    Rotation(int places) {
        this.places = places;
    }

    /**
     * Adds an element at the tail.
     *
     * @param number in the order of joining: higher than all others'
     * @return its seat in this ring until it leaves, 0 or more. The element does not know it, and may have seats in other rings
     */
    int add(E element, long number) {
        if (open > 0 && (last == NONE || numbers[last] <= lastNumberOfRound)) {
            open--;
            lastNumberOfRound = number;
        }
        int seat = freeSeat();
        elements[seat] = element;
        numbers[seat] = number;
        before[seat] = last;
        behind[seat] = NONE;
        if (last == NONE) {
            first = seat;
        } else {
            behind[last] = seat;
        }
        last = seat;
        size++;
        next = seatAfterLatest();
        return seat;
    }

    private int freeSeat() {
        if (free != NONE) {
            int seat = free;
            free = behind[seat];
            return seat;
        }
        if (seats == elements.length) {
            int length = 2 * seats;
            elements = Arrays.copyOf(elements, length);
            numbers = Arrays.copyOf(numbers, length);
            before = Arrays.copyOf(before, length);
            behind = Arrays.copyOf(behind, length);
        }
        return seats++;
    }

    /** @param seat that {@link #add} returned and that its element has not left since */
    void remove(int seat) {
        if (numbers[seat] > latestNumber && numbers[seat] <= lastNumberOfRound) {
            open++;
        }
        if (latest == seat) {
            latest = before[seat];
        }
        if (before[seat] == NONE) {
            first = behind[seat];
        } else {
            behind[before[seat]] = behind[seat];
        }
        if (behind[seat] == NONE) {
            last = before[seat];
        } else {
            before[behind[seat]] = before[seat];
        }
        elements[seat] = null;
        behind[seat] = free;
        free = seat;
        size--;
        next = seatAfterLatest();
    }

    /** The element whose turn it is; null at the end of the round, and before the first round. */
    @Nullable
    E next() {
        return elementOf(next);
    }

    /** The element that would have the first turn of a round that began now; null if the ring is empty. */
    @Nullable
    E first() {
        return elementOf(first);
    }

    private @Nullable E elementOf(int seat) {
        return seat == NONE ? null : elementAt(seat);
    }

    @SuppressWarnings("unchecked") // nothing else gets in
    private E elementAt(int seat) {
        return (E) elements[seat];
    }

    private int seatAfterLatest() {
        int seat = latest == NONE ? first : behind[latest];
        return isInRound(seat) ? seat : NONE;
    }

    private boolean isInRound(int seat) {
        return seat != NONE && numbers[seat] <= lastNumberOfRound;
    }

    /** The first element with a turn left in this round for which the condition holds; null if there is none. */
    @Nullable
    E next(Predicate<E> condition) {
        for (int seat = next; isInRound(seat); seat = behind[seat]) {
            if (condition.test(elementAt(seat))) {
                return elementAt(seat);
            }
        }
        return null;
    }

    /** Ends the turn of the next element, whether or not it was used. */
    void advance() {
        latest = next;
        latestNumber = numbers[latest];
        next = seatAfterLatest();
        if (next == NONE) {
            endRound();
        }
    }

    /** Begins a round at the first element. */
    void beginRound() {
        latest = NONE;
        latestNumber = START;
        lastNumberOfRound = last == NONE ? START : numbers[last];
        open = Math.max(0, places - size);
        next = seatAfterLatest();
    }

    /** Ends the round: an element that joins waits for the next one. */
    void endRound() {
        open = 0;
    }

    Cursor cursor() {
        return new Cursor(latestNumber, lastNumberOfRound, open);
    }

    /** Goes on at a saved cursor. Takes time proportional to the number of elements. */
    void moveTo(Cursor saved) {
        latest = NONE;
        for (int seat = first; seat != NONE && numbers[seat] <= saved.latest; seat = behind[seat]) {
            latest = seat;
        }
        latestNumber = saved.latest;
        lastNumberOfRound = saved.last;
        open = saved.open;
        next = seatAfterLatest();
    }

    /** The elements that have the next turns, in order, each once. */
    List<E> upcoming(int limit) {
        List<E> upcoming = new ArrayList<>();
        for (int seat = next; upcoming.size() < limit && isInRest(seat); seat = behind[seat]) {
            upcoming.add(elementAt(seat));
        }
        for (int seat = first; seat != NONE && upcoming.size() < limit; seat = behind[seat]) {
            if (!isInRest(seat)) {
                upcoming.add(elementAt(seat));
            }
        }
        return upcoming;
    }

    /** Passes each element with the number of turns before its next one, if no element joins or leaves. */
    void turnsBefore(ObjLongConsumer<E> each) {
        long turns = 0;
        for (int seat = next; isInRest(seat); seat = behind[seat]) {
            each.accept(elementAt(seat), turns++);
        }
        for (int seat = first; seat != NONE; seat = behind[seat], turns++) {
            if (!isInRest(seat)) {
                each.accept(elementAt(seat), turns);
            }
        }
    }

    /** Returns whether the seat still has a turn in this round. */
    boolean isDue(int seat) {
        return isInRest(seat);
    }

    /** The number of elements that joined too late for a turn in this round. */
    long late() {
        long late = 0;
        for (int seat = last; seat != NONE && numbers[seat] > lastNumberOfRound; seat = before[seat]) {
            late++;
        }
        return late;
    }

    private boolean isInRest(int seat) {
        return seat != NONE && next != NONE && numbers[seat] >= numbers[next] && isInRound(seat);
    }

    /** The element that joined last; there is one at least. */
    E youngest() {
        return elementAt(last);
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
