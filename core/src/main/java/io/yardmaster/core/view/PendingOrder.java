package io.yardmaster.core.view;

import io.yardmaster.core.admission.Group;
import io.yardmaster.core.admission.Level;
import io.yardmaster.core.state.Fifo;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Pending jobs of one level, of one group or of all groups, merged by their arrival. */
final class PendingOrder {
    private record Head(Group group, Fifo.Entry entry) {}

    private final PriorityQueue<Head> heads =
            new PriorityQueue<>(Comparator.comparingLong(head -> head.entry().stamp()));
    /** Groups that are not merged yet, by the arrival of their oldest job. */
    private final Iterator<Group> later;

    private @Nullable Group nextToMerge;

    /** @param after only jobs that arrived later are listed */
    PendingOrder(Level level, OptionalLong wanted, long after) {
        List<Group> groups = wanted.isPresent()
                ? level.groups().withPending(wanted.getAsLong())
                : level.pending().byOldest();
        this.later = groups.iterator();
        this.nextToMerge = nextGroup();
        while (nextToMerge != null && nextToMerge.oldestArrival() <= after) {
            push(nextToMerge, nextToMerge.pending().placeAbove(after), after);
            nextToMerge = nextGroup();
        }
    }

    private @Nullable Group nextGroup() {
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

    /** The next job; null at the end. */
    Fifo.@Nullable Entry next() {
        while (nextToMerge != null
                && (heads.isEmpty()
                        || nextToMerge.oldestArrival() < heads.peek().entry().stamp())) {
            push(nextToMerge, nextToMerge.pending().head(), Long.MIN_VALUE);
            nextToMerge = nextGroup();
        }
        Head head = heads.poll();
        if (head == null) {
            return null;
        }
        push(head.group(), head.entry().place() + 1, Long.MIN_VALUE);
        return head.entry();
    }
}
