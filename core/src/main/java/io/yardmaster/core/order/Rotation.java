package io.yardmaster.core.order;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;

/**
 * A ring in order of joining, with a cursor. Every operation but {@link #moveTo} takes constant time, and none changes
 * the order of the others or costs any of them its turn (S6).
 *
 * <p>In a round everyone has one turn. An element that joins during it has that turn too, at the end, as long as there is a
 * place that had none in this round; otherwise in the next one. So a round ends, however many come and go.
 */
public final class Rotation<E> {

    /**
     * Where a round stands.
     *
     * @param latest the seat that had the latest turn, or {@link #START}
     * @param last the highest seat that has a turn in this round
     * @param open how many of those that join next have a turn in this round
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

    /** In place of a seat, where there is none. */
    private static final int NONE = -1;

    private static final int FIRST_LENGTH = 1;

    private final int places;

    // By seat. In arrays, since a round goes through all of them: one after the other is what a processor reads ahead.
    private Object[] elements = new Object[FIRST_LENGTH];
    private long[] numbers = new long[FIRST_LENGTH];
    private int[] before = new int[FIRST_LENGTH];
    private int[] behind = new int[FIRST_LENGTH];

    /** One past the highest seat that was ever taken. */
    private int seats;
    /** The free seat of those below that is taken next; the others are behind it. */
    private int free = NONE;

    private int first = NONE;
    private int last = NONE;
    private int size;

    /** The seat that had the latest turn or, where it was left, the one before it. */
    private int latest = NONE;

    private long latestNumber = START;
    private long lastNumberOfRound = START;
    private int open;

    /** @param places how many turns a round may have to which new elements join; without any, they await the next */
    Rotation(int places) {
        this.places = places;
    }

    /**
     * Joins at the tail.
     *
     * @param number in the order of joining: higher than all others'
     * @return its seat in this ring until it leaves, 0 or more. The element knows nothing of it, and may have seats in others
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

    /** @param seat which {@link #add} returned, and which nobody has left since */
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
    }

    /** Whose turn it is; null at the end of the round, and before the first. */
    E next() {
        return elementOf(nextSeat());
    }

    /** Who would have the first turn of a round that began now; null if nobody is there. */
    E first() {
        return elementOf(first);
    }

    @SuppressWarnings("unchecked") // nothing else gets in
    private E elementOf(int seat) {
        return seat == NONE ? null : (E) elements[seat];
    }

    private int nextSeat() {
        int next = latest == NONE ? first : behind[latest];
        return isInRound(next) ? next : NONE;
    }

    private boolean isInRound(int seat) {
        return seat != NONE && numbers[seat] <= lastNumberOfRound;
    }

    /** The first of those that still have a turn in this round, in order, for which the condition holds; null if there is none. */
    E next(Predicate<E> condition) {
        for (int seat = nextSeat(); isInRound(seat); seat = behind[seat]) {
            if (condition.test(elementOf(seat))) {
                return elementOf(seat);
            }
        }
        return null;
    }

    /** The turn of the next element has been taken, or has passed. */
    void advance() {
        latest = nextSeat();
        latestNumber = numbers[latest];
        if (nextSeat() == NONE) {
            endRound();
        }
    }

    /** Begins a round at the first element. */
    void beginRound() {
        latest = NONE;
        latestNumber = START;
        lastNumberOfRound = last == NONE ? START : numbers[last];
        open = Math.max(0, places - size);
    }

    /** Nobody has a turn any more before the next round begins, whoever joins. */
    void endRound() {
        open = 0;
    }

    Cursor cursor() {
        return new Cursor(latestNumber, lastNumberOfRound, open);
    }

    /** Goes on where the cursor was that was saved. */
    void moveTo(Cursor saved) {
        latest = NONE;
        for (int seat = first; seat != NONE && numbers[seat] <= saved.latest; seat = behind[seat]) {
            latest = seat;
        }
        latestNumber = saved.latest;
        lastNumberOfRound = saved.last;
        open = saved.open;
    }

    /** Those that have the next turns, in order, each once. */
    List<E> upcoming(int limit) {
        List<E> upcoming = new ArrayList<>();
        int next = nextSeat();
        for (int seat = next; upcoming.size() < limit && isInRest(seat, next); seat = behind[seat]) {
            upcoming.add(elementOf(seat));
        }
        for (int seat = first; seat != NONE && upcoming.size() < limit; seat = behind[seat]) {
            if (!isInRest(seat, next)) {
                upcoming.add(elementOf(seat));
            }
        }
        return upcoming;
    }

    /** Says of each how many turns there are before its next one, if nobody joins or leaves. */
    void turnsBefore(ObjLongConsumer<E> each) {
        int next = nextSeat();
        long turns = 0;
        for (int seat = next; isInRest(seat, next); seat = behind[seat]) {
            each.accept(elementOf(seat), turns++);
        }
        for (int seat = first; seat != NONE; seat = behind[seat], turns++) {
            if (!isInRest(seat, next)) {
                each.accept(elementOf(seat), turns);
            }
        }
    }

    /** Whether it still has a turn in this round. */
    boolean isDue(int seat) {
        return isInRest(seat, nextSeat());
    }

    /** How many have joined that have no turn in this round. */
    long late() {
        long late = 0;
        for (int seat = last; seat != NONE && numbers[seat] > lastNumberOfRound; seat = before[seat]) {
            late++;
        }
        return late;
    }

    private boolean isInRest(int seat, int next) {
        return seat != NONE && next != NONE && numbers[seat] >= numbers[next] && isInRound(seat);
    }

    /** The element that joined last; null if there is none. */
    E youngest() {
        return elementOf(last);
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
