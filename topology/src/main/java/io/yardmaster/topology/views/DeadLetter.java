package io.yardmaster.topology.views;

/**
 * A record that was put aside.
 *
 * @param topic where it was read, as are partition and offset; null if its headers do not say
 * @param place in the dead-letter topic, as partition and offset
 */
public record DeadLetter(long atMs, String topic, Integer partition, Long offset, String reason, Place place) {

    /** Where it lies in the dead-letter topic. */
    public record Place(int partition, long offset) {}
}
