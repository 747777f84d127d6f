package io.yardmaster.core.placement;

import java.util.List;
import java.util.Map;

/** Keeps the tasks of pools that wait for a place, in memory and in the state, and tells the turns of pools of each change. */
final class WaitingUnits {
    /** Stands for all tasks of a job. */
    static final int ALL = 0;

    private final PoolState state;
    private final PoolTurns turns;
    private final PlacementOutput output;

    WaitingUnits(PoolState state, PoolTurns turns, PlacementOutput output) {
        this.state = state;
        this.turns = turns;
        this.output = output;
    }

    /** Something that plans depend on has changed in a pool. */
    void changed(PoolBook book) {
        if (book.waiting() > 0) {
            turns.changed(book.pool(), book.rank());
        } else {
            turns.emptied(book.pool());
        }
    }

    /** Mends the turns, which may be older than the books. */
    void restored(Map<String, PoolBook> books) {
        turns.retain(pool -> {
            PoolBook book = books.get(pool);
            return book != null && book.waiting() > 0;
        });
        books.values().stream()
                .filter(book -> book.waiting() > 0 && !turns.has(book.pool(), book.rank()))
                .forEach(this::changed);
        books.values().forEach(book -> reserve(book, book.reservations()));
    }

    /**
     * Keeps the reservations of offers that wait, in place of those before.
     *
     * @return whether these are all
     */
    boolean reserve(PoolBook book, List<Reservation> newer) {
        List<Reservation> kept =
                newer.stream().filter(each -> book.isWaiting(each.offer())).toList();
        state.put(book.pool(), book.reservations(), kept);
        book.reserve(kept);
        return kept.size() == newer.size();
    }

    void add(PoolBook book, OfferedUnit unit) {
        book.add(unit);
        state.put(book.pool(), unit);
        changed(book);
    }

    void remove(PoolBook book, OfferedUnit unit) {
        book.remove(unit);
        state.delete(unit);
        boolean hadNoneReserved = reserve(book, book.reservations());
        if (book.waiting() == 0) {
            turns.emptied(book.pool());
        } else if (!hadNoneReserved) {
            changed(book);
        }
    }

    /**
     * Takes tasks of a job away, and their gangs with them.
     *
     * @param first the lowest index
     * @param tasks the number of successive indices; {@link #ALL} for all of the job
     */
    void withdraw(PoolBook book, long job, int first, int tasks, boolean killed, String reason) {
        for (OfferedUnit unit : book.unitsOf(job)) {
            Offer offer = unit.offer();
            boolean isMeant = tasks == ALL
                    || (offer.firstTask() < (long) first + tasks && first < (long) offer.firstTask() + offer.tasks());
            if (isMeant) {
                remove(book, unit);
                giveBack(book, unit, killed, reason);
            }
        }
    }

    /** Gives all that waits in a pool back. */
    void recall(PoolBook book, String reason) {
        for (OfferedUnit unit : book.units()) {
            remove(book, unit);
            giveBack(book, unit, false, reason);
        }
    }

    /** The tasks of a job that wait have another priority from now on, and keep their places among equals. */
    void prioritize(PoolBook book, long job, int priority) {
        for (OfferedUnit unit : List.copyOf(book.unitsOf(job))) {
            if (unit.offer().priority() != priority) {
                book.remove(unit);
                state.delete(unit);
                add(book, unit.withPriority(priority));
            }
        }
    }

    void giveBack(PoolBook book, OfferedUnit unit, boolean killed, String reason) {
        for (int place = 0; place < unit.offer().tasks(); place++) {
            TaskRef task = unit.task(place);
            output.returned(book.pool(), task, unit.offer().group(), unit.assignment(task), killed, reason);
        }
    }
}
