package io.yardmaster.scheduling;

/**
 * A ring in order of joining, with a cursor. Every operation but {@link #moveTo} takes constant time, and none changes
 * the order of the others or costs any of them its turn (S6).
 *
 * <p>In a round everyone who was there at its beginning has one turn; who joins later has to wait for the next round. So
 * a round ends, however many come and go during it.
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
    /** The highest seat at the beginning of the round. */
    private long roundEnd = START;

    /** Joins at the tail; the element's seat is higher than all others'. */
    void add(E element) {
        element.before = last;
        if (last == null) {
            first = element;
        } else {
            last.behind = element;
        }
        last = element;
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
    }

    /** Whose turn it is; null at the end of the round. */
    E peek() {
        E next = latest == null ? first : latest.behind;
        return next != null && next.seat <= roundEnd ? next : null;
    }

    /** The turn of the peeked element has been taken. */
    void advance() {
        latest = peek();
        position = latest.seat;
    }

    /** Begins a round at the first element. None has begun before the first call. */
    void beginRound() {
        latest = null;
        position = START;
        roundEnd = last == null ? START : last.seat;
    }

    /** The seat that had the latest turn of this round, or {@link #START}. */
    long position() {
        return position;
    }

    long roundEnd() {
        return roundEnd;
    }

    /** Puts the cursor where {@link #position} and {@link #roundEnd} said that it was. */
    void moveTo(long savedPosition, long savedRoundEnd) {
        beginRound();
        for (E next = peek(); next != null && next.seat <= savedPosition; next = peek()) {
            advance();
        }
        position = savedPosition;
        roundEnd = savedRoundEnd;
    }

    /** The element that joined last; null if there is none. */
    E youngest() {
        return last;
    }

    boolean isEmpty() {
        return first == null;
    }
}
