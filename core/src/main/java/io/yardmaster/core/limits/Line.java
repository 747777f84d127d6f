package io.yardmaster.core.limits;

import io.yardmaster.core.order.TurnWeights;
import java.util.Collection;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The lists of one shape and priority, in the order of their turns. */
final class Line {
    /** Names a line. */
    record Key(int level, int shape) {}

    /** Higher priorities first, then the line whose next list has waited longest. */
    static final Comparator<Line> ORDER = Comparator.<Line>comparingInt(line -> -line.level)
            .thenComparingLong(line -> line.turn)
            .thenComparingInt(line -> line.shape.id);

    private static final Comparator<WaitingList> BY_TURN =
            Comparator.<WaitingList>comparingLong(list -> list.turn).thenComparingLong(list -> list.id);

    /** The turns of a group of weight 1 are so far apart. */
    private static final long STEP = 1_024 * TurnWeights.ONE;

    final int level;
    final Shape shape;
    /** The turn under which it is filed among the lines that may have something to grant, or at a limit. */
    long turn;
    /** The limit or the rate at which it waits for units; null if it does not. */
    @Nullable
    Constraint lacking;
    /** All lists. */
    private final TreeSet<WaitingList> lists = new TreeSet<>(BY_TURN);
    /** Those with jobs that do not wait for the limit or the rate of their group. */
    private final TreeSet<WaitingList> ring = new TreeSet<>(BY_TURN);

    Line(int level, Shape shape) {
        this.level = level;
        this.shape = shape;
    }

    Key key() {
        return new Key(level, shape.id);
    }

    boolean isEmpty() {
        return lists.isEmpty();
    }

    Collection<WaitingList> lists() {
        return lists;
    }

    /** Adds a new list, whose turn is with the first: it has saved none up (L2). */
    void begin(WaitingList list) {
        list.turn = lists.isEmpty() ? 0 : lists.first().turn;
        add(list);
    }

    void add(WaitingList list) {
        lists.add(list);
        refile(list);
    }

    void remove(WaitingList list) {
        lists.remove(list);
        ring.remove(list);
    }

    /** Must follow each change of whether a list has jobs or is blocked. */
    void refile(WaitingList list) {
        if (list.jobs.size() > 0 && !list.isBlocked) {
            ring.add(list);
        } else {
            ring.remove(list);
        }
    }

    /** The list that has the next turn; null if none has one. */
    @Nullable
    WaitingList next() {
        return ring.isEmpty() ? null : ring.first();
    }

    /** Ends the turn of a list; that of a group of less weight comes later. */
    void pass(WaitingList list, long weight) {
        remove(list);
        list.turn += Math.max(1, STEP / weight);
        add(list);
    }
}
