package io.yardmaster.core.order;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;

/**
 * A ring in order of joining, with a cursor. To join, to leave and to take a turn cost constant time, and change neither the
 * order of the other elements nor their turns (S6).
 *
 * <p>In a round every element has one turn. An element that joins during a round has its turn at the end of it if one of the
 * {@code places} has not been used in this round; otherwise it waits for the next round. So a round ends, however many elements
 * join and leave.
 */
public final class Rotation<E> {

    /** An element's position in this ring. The element does not know it, and may have seats in other rings. */
    public static final class Seat<E> {
        private final E element;
        /** Higher than the number of every element that joined earlier. */
        private final long number;

        private Seat<E> before;
        private Seat<E> behind;

        private Seat(E element, long number) {
            this.element = element;
            this.number = number;
        }
    }

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

    private final int places;
    private Seat<E> first;
    private Seat<E> last;
    private int size;

    /** The seat that had the latest turn or, if its element has left, the one before it; null before the first turn. */
    private Seat<E> latest;

    private long latestSeat = START;
    private long lastSeatOfRound = START;
    private int open;

    /** @param places an element may join a round of fewer turns than this; with 0 it always waits for the next round */
    Rotation(int places) {
        this.places = places;
    }

    /**
     * Adds an element at the tail.
     *
     * @param number of the seat, higher than all others
     */
    Seat<E> add(E element, long number) {
        Seat<E> seat = new Seat<>(element, number);
        if (open > 0 && (last == null || last.number <= lastSeatOfRound)) {
            open--;
            lastSeatOfRound = number;
        }
        seat.before = last;
        if (last == null) {
            first = seat;
        } else {
            last.behind = seat;
        }
        last = seat;
        size++;
        return seat;
    }

    /** @param seat a seat that {@link #add} of this ring returned */
    void remove(Seat<E> seat) {
        if (seat.number > latestSeat && seat.number <= lastSeatOfRound) {
            open++;
        }
        if (latest == seat) {
            latest = seat.before;
        }
        if (seat.before == null) {
            first = seat.behind;
        } else {
            seat.before.behind = seat.behind;
        }
        if (seat.behind == null) {
            last = seat.before;
        } else {
            seat.behind.before = seat.before;
        }
        size--;
    }

    /** The element whose turn it is; null at the end of the round, and before the first round. */
    E next() {
        return elementOf(nextSeat());
    }

    /** The element that would have the first turn of a round that began now; null if the ring is empty. */
    E first() {
        return elementOf(first);
    }

    private static <E> E elementOf(Seat<E> seat) {
        return seat == null ? null : seat.element;
    }

    private Seat<E> nextSeat() {
        Seat<E> next = latest == null ? first : latest.behind;
        return isInRound(next) ? next : null;
    }

    private boolean isInRound(Seat<E> seat) {
        return seat != null && seat.number <= lastSeatOfRound;
    }

    /** The first element with a turn left in this round for which the condition holds; null if there is none. */
    E next(Predicate<E> condition) {
        for (Seat<E> seat = nextSeat(); isInRound(seat); seat = seat.behind) {
            if (condition.test(seat.element)) {
                return seat.element;
            }
        }
        return null;
    }

    /** Ends the turn of the next element, whether or not it was used. */
    void advance() {
        latest = nextSeat();
        latestSeat = latest.number;
        if (nextSeat() == null) {
            endRound();
        }
    }

    /** Begins a round at the first element. */
    void beginRound() {
        latest = null;
        latestSeat = START;
        lastSeatOfRound = last == null ? START : last.number;
        open = Math.max(0, places - size);
    }

    /** Ends the round: an element that joins waits for the next one. */
    void endRound() {
        open = 0;
    }

    Cursor cursor() {
        return new Cursor(latestSeat, lastSeatOfRound, open);
    }

    /** Goes on at a saved cursor. Takes time proportional to the number of elements. */
    void moveTo(Cursor saved) {
        latest = null;
        for (Seat<E> next = first; next != null && next.number <= saved.latest; next = next.behind) {
            latest = next;
        }
        latestSeat = saved.latest;
        lastSeatOfRound = saved.last;
        open = saved.open;
    }

    /** The elements that have the next turns, in order, each once. */
    List<E> upcoming(int limit) {
        List<E> upcoming = new ArrayList<>();
        Seat<E> next = nextSeat();
        for (Seat<E> seat = next; upcoming.size() < limit && isInRest(seat, next); seat = seat.behind) {
            upcoming.add(seat.element);
        }
        for (Seat<E> seat = first; seat != null && upcoming.size() < limit; seat = seat.behind) {
            if (!isInRest(seat, next)) {
                upcoming.add(seat.element);
            }
        }
        return upcoming;
    }

    /** Passes each element with the number of turns before its next one, if no element joins or leaves. */
    void turnsBefore(ObjLongConsumer<E> each) {
        Seat<E> next = nextSeat();
        long turns = 0;
        for (Seat<E> seat = next; isInRest(seat, next); seat = seat.behind) {
            each.accept(seat.element, turns++);
        }
        for (Seat<E> seat = first; seat != null; seat = seat.behind, turns++) {
            if (!isInRest(seat, next)) {
                each.accept(seat.element, turns);
            }
        }
    }

    /** Returns whether the seat still has a turn in this round. */
    boolean isDue(Seat<E> seat) {
        return isInRest(seat, nextSeat());
    }

    /** The number of elements that joined too late for a turn in this round. */
    long late() {
        long late = 0;
        for (Seat<E> seat = last; seat != null && seat.number > lastSeatOfRound; seat = seat.before) {
            late++;
        }
        return late;
    }

    private boolean isInRest(Seat<E> seat, Seat<E> next) {
        return seat != null && next != null && seat.number >= next.number && isInRound(seat);
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
