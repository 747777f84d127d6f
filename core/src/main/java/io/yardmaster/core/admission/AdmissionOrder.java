package io.yardmaster.core.admission;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides which group's oldest pending job gets the next free place in the rotation (S4, S15). */
interface AdmissionOrder {
    /** Adds a group with pending jobs, of which the oldest arrived at {@link Group#oldestArrival}. */
    void add(Group group);

    /** Removes the group that was added under this arrival. */
    void remove(long arrival);

    /** The group that gets the next free place; null if there is none. Changes nothing. */
    @Nullable
    Group next();

    /** Returns whether the next group goes before others because it has no active job. */
    boolean isForGroupWithoutPlace();

    /** Returns whether jobs of all groups go by their arrival alone. */
    boolean isByArrival();

    /** The groups whose oldest pending job arrived earlier, in any order. */
    List<Group> beginningBefore(long arrival);
}
