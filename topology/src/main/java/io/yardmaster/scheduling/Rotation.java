package io.yardmaster.scheduling;

/**
 * A ring in order of joining, with a cursor. Every operation but {@link #moveTo} takes constant time, and none changes
 * the order of the others or costs any of them its turn (S6).
 *
 * <p>A round is over when {@link #peek} returns null; one that joins before that still gets its turn in the round.
 */
final class Rotation<E extends Rotation.Seat<E>> {

    /** A place in a ring, taken by at most one ring at a time. */
    abstract static class Seat<E extends Seat<E>> {
        /** Higher than that of every element that joined earlier. */
        long seat;

        E before;
        E behind;
    }

    static final long START = -1;

    private E first;
    private E last;
    /** The element that had the latest turn or, where it has left, the one before it; null before the first. */
    private E latest;

    private long position = START;
    private int size;

    /** Joins at the tail; the element's seat is higher than all others'. */
    void add(E element) {
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

    /** Whose turn it is; null at the end of the round. */
    E peek() {
        return latest == null ? first : latest.behind;
    }

    /** The turn of the peeked element has been taken. */
    void advance() {
        latest = peek();
        position = latest.seat;
    }

    /** Begins a new round at the first element. */
    void rewind() {
        latest = null;
        position = START;
    }

    /** The seat that had the latest turn of this round, or {@link #START}. */
    long position() {
        return position;
    }

    /** Puts the cursor where {@link #position} said that it was. */
    void moveTo(long savedPosition) {
        rewind();
        for (E next = peek(); next != null && next.seat <= savedPosition; next = peek()) {
            advance();
        }
        position = savedPosition;
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
