package io.yardmaster.topology.views;

/**
 * A record in the dead-letter topic.
 *
 * @param topic from which the refused record was read, with partition and offset; null if the headers do not name them
 * @param key job id of the event or assignment; null if it has no such key
 * @param place of the dead letter itself
 */
public record DeadLetter(
        long atMs, String topic, Integer partition, Long offset, Long key, String reason, Place place) {

    /** A partition and an offset of the dead-letter topic. */
    public record Place(int partition, long offset) {}
}
