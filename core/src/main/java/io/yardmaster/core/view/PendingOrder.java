package io.yardmaster.core.view;

import io.yardmaster.core.admission.Group;
import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.state.Fifo;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/** Pending jobs of one group or of all, merged by their arrival. */
final class PendingOrder {
    private record Head(Group group, Fifo.Entry entry) {}

    private final PriorityQueue<Head> heads =
            new PriorityQueue<>(Comparator.comparingLong(head -> head.entry().stamp()));
    /** Groups that begin later, by the arrival of their oldest job; looked at when their time comes. */
    private final Iterator<Group> later;

    private Group latecomer;

    /** @param after all of them arrived later than that */
    PendingOrder(Pool pool, OptionalLong wanted, long after) {
        List<Group> groups = wanted.isPresent()
                ? pool.groups().withPending(wanted.getAsLong())
                : pool.waiting().byOldest();
        this.later = groups.iterator();
        this.latecomer = nextGroup();
        while (latecomer != null && latecomer.oldestArrival() <= after) {
            push(latecomer, latecomer.pending().placeAbove(after), after);
            latecomer = nextGroup();
        }
    }

    private Group nextGroup() {
        return later.hasNext() ? later.next() : null;
    }

    private void push(Group group, long place, long after) {
        Fifo.Entry entry = group.pending().from(place);
        while (entry != null && entry.stamp() <= after) {
            entry = group.pending().from(entry.place() + 1);
        }
        if (entry != null) {
            heads.add(new Head(group, entry));
        }
    }

    /** The next one; null at the end. */
    Fifo.Entry next() {
        while (latecomer != null
                && (heads.isEmpty()
                        || latecomer.oldestArrival() < heads.peek().entry().stamp())) {
            push(latecomer, latecomer.pending().head(), Long.MIN_VALUE);
            latecomer = nextGroup();
        }
        Head head = heads.poll();
        if (head == null) {
            return null;
        }
        push(head.group(), head.entry().place() + 1, Long.MIN_VALUE);
        return head.entry();
    }
}
