package io.yardmaster.core.placement;

import java.util.List;

/**
 * A resource of the hosts of a pool.
 *
 * @param total the amount that all hosts have together
 * @param booked the amount of it that tasks have
 * @param largestFree the largest amount that is free on one host that may get tasks
 * @param largestFreeHost the name of that host; empty if there is none
 * @param hostsByUse the number of hosts by the part that is booked, of those that have the resource: none of it, up to a tenth, up to two
 *     tenths and so on, and at last more than nine tenths
 */
public record ResourceUse(
        String name, long total, long booked, long largestFree, String largestFreeHost, List<Integer> hostsByUse) {
    static final int PARTS = 10;

    public ResourceUse {
        hostsByUse = List.copyOf(hostsByUse);
    }
}
