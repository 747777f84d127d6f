package io.yardmaster.core.placement;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The hosts on which the blocked head of a level gathers room. Others pass only if they end before its turn, or leave it the room.
 *
 * @param priority the level
 * @param offer {@link Offer#order} of the head
 * @param firstTask the index of the first task of the head, which is one gang or one task
 * @param since when it was made, in epoch ms; it tells the bookings made beside it from those before it
 * @param turn until when tasks must end that pass, in epoch ms; {@code since} if nobody knows when there will be room
 * @param tasks how many tasks of the head each host is to take, by the names of the hosts
 */
public record Reservation(int priority, long offer, int firstTask, long since, long turn, Map<String, Integer> tasks) {
    public Reservation {
        tasks = Collections.unmodifiableSortedMap(new TreeMap<>(tasks));
    }
}
