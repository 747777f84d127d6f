package io.yardmaster.core.placement;

import java.util.List;

/**
 * The hosts of a pool at a glance.
 *
 * @param silentHosts hosts that get nothing new, as their heartbeats stay away
 * @param overbookedHosts hosts that have less of a resource than is booked, and get nothing new either
 * @param placedTasks tasks that have a host
 * @param waitingTasks tasks that wait for one
 * @param blockedMs the time for which the task or gang has waited that has had a reservation for longest; 0 if there is none
 * @param resources by name
 */
public record PoolHosts(
        String pool,
        int hosts,
        int silentHosts,
        int overbookedHosts,
        int placedTasks,
        int waitingTasks,
        long blockedMs,
        List<ResourceUse> resources) {
    public PoolHosts {
        resources = List.copyOf(resources);
    }
}
