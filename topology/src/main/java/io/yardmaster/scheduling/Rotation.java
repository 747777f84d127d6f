package io.yardmaster.scheduling;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;

/**
 * A ring in order of joining, with a cursor. Every operation but {@link #moveTo} takes constant time, and none changes
 * the order of the others or costs any of them its turn (S6).
 *
 * <p>In a round everyone has one turn. Who joins during it has that turn too, at the end, as long as there is a place
 * that had none in this round; otherwise in the next one. So a round ends, however many come and go.
 */
final class Rotation<E extends Rotation.Seat<E>> {

    /** A place in a ring, taken by at most one ring at a time. */
    abstract static class Seat<E extends Seat<E>> {
        /** Higher than that of every element that joined earlier. */
        long seat;

        E before;
        E behind;
    }

    /**
     * Where a round stands.
     *
     * @param latest the seat that had the latest turn, or {@link #START}
     * @param last the highest seat that has a turn in this round
     * @param open how many of those that join next have a turn in this round
     */
    record Cursor(long latest, long last, int open) {
        static final Cursor START = new Cursor(Rotation.START, Rotation.START, 0);

        void write(RecordWriter writer) {
            writer.signed(latest).signed(last).unsigned(open);
        }

        static Cursor read(RecordReader reader) {
            return new Cursor(reader.signed(), reader.signed(), reader.count());
        }
    }

    private static final long START = -1;

    private final int places;
    private E first;
    private E last;
    private int size;

    /** The element that had the latest turn or, where it has left, the one before it; null before the first. */
    private E latest;

    private long latestSeat = START;
    private long lastSeatOfRound = START;
    private int open;

    /** @param places how many turns a round may have to which new elements join; without any, they await the next */
    Rotation(int places) {
        this.places = places;
    }

    /** Joins at the tail; the element's seat is higher than all others'. */
    void add(E element) {
        if (open > 0 && (last == null || last.seat <= lastSeatOfRound)) {
            open--;
            lastSeatOfRound = element.seat;
        }
        element.before = last;
        if (last == null) {
            first = element;
        } else {
            last.behind = element;
        }
        last = element;
        size++;
    }

    void remove(E element) {
        if (element.seat > latestSeat && element.seat <= lastSeatOfRound) {
            open++;
        }
        if (latest == element) {
            latest = element.before;
        }
        if (element.before == null) {
            first = element.behind;
        } else {
            element.before.behind = element.behind;
        }
        if (element.behind == null) {
            last = element.before;
        } else {
            element.behind.before = element.before;
        }
        element.before = null;
        element.behind = null;
        size--;
    }

    /** Whose turn it is; null at the end of the round, and before the first. */
    E peek() {
        E next = latest == null ? first : latest.behind;
        return next != null && next.seat <= lastSeatOfRound ? next : null;
    }

    /** The turn of the peeked element has been taken. */
    void advance() {
        latest = peek();
        latestSeat = latest.seat;
        if (peek() == null) {
            endRound();
        }
    }

    /** Begins a round at the first element. */
    void beginRound() {
        latest = null;
        latestSeat = START;
        lastSeatOfRound = last == null ? START : last.seat;
        open = Math.max(0, places - size);
    }

    /** Nobody has a turn any more before the next round begins, whoever joins. */
    void endRound() {
        open = 0;
    }

    Cursor cursor() {
        return new Cursor(latestSeat, lastSeatOfRound, open);
    }

    /** Goes on where the cursor was that was saved. */
    void moveTo(Cursor saved) {
        latest = null;
        for (E next = first; next != null && next.seat <= saved.latest; next = next.behind) {
            latest = next;
        }
        latestSeat = saved.latest;
        lastSeatOfRound = saved.last;
        open = saved.open;
    }

    /** Those that have the next turns, in order, each once. */
    List<E> next(int limit) {
        List<E> upcoming = new ArrayList<>();
        E next = peek();
        for (E element = next; upcoming.size() < limit && isInRest(element, next); element = element.behind) {
            upcoming.add(element);
        }
        for (E element = first; element != null && upcoming.size() < limit; element = element.behind) {
            if (!isInRest(element, next)) {
                upcoming.add(element);
            }
        }
        return upcoming;
    }

    /** Says of each how many turns there are before its next one, if nobody joins or leaves. */
    void turnsBefore(ObjLongConsumer<E> each) {
        E next = peek();
        long turns = 0;
        for (E element = next; isInRest(element, next); element = element.behind) {
            each.accept(element, turns++);
        }
        for (E element = first; element != null; element = element.behind, turns++) {
            if (!isInRest(element, next)) {
                each.accept(element, turns);
            }
        }
    }

    /** Whether it still has a turn in this round. */
    boolean isDue(E element) {
        return isInRest(element, peek());
    }

    /** How many have joined that have no turn in this round. */
    long late() {
        long late = 0;
        for (E element = last; element != null && element.seat > lastSeatOfRound; element = element.before) {
            late++;
        }
        return late;
    }

    private boolean isInRest(E element, E next) {
        return element != null && next != null && element.seat >= next.seat && element.seat <= lastSeatOfRound;
    }

    /** The element that joined last; null if there is none. */
    E youngest() {
        return last;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
