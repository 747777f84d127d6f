package io.yardmaster.topology.views;

/**
 * A record that was put aside.
 *
 * @param topic where it was read, as are partition and offset; null if its headers do not say
 * @param key job id of the event or assignment; null if it has no such key
 * @param place in the dead-letter topic, as partition and offset
 */
public record DeadLetter(
        long atMs, String topic, Integer partition, Long offset, Long key, String reason, Place place) {

    /** Where it lies in the dead-letter topic. */
    public record Place(int partition, long offset) {}
}
