package io.yardmaster.core.admission;

import java.util.List;

/** Which group's oldest pending job gets the next free place in the rotation (S4, S15). */
interface AdmissionOrder {
    /** The group has pending jobs, of which the oldest arrived at {@link Group#oldestArrival}. */
    void add(Group group);

    /** The group that was added under this arrival. */
    void remove(long arrival);

    /** The group whose turn it is; null if there is none. Changes nothing. */
    Group next();

    /** Whether the next group goes before others because it has no active job. */
    boolean isForGroupWithoutPlace();

    /** Whether jobs of all groups go by their arrival alone. */
    boolean isByArrival();

    /** The groups whose oldest pending job arrived earlier, in any order. */
    List<Group> beginningBefore(long arrival);
}
