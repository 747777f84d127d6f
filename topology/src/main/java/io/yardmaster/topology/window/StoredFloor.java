package io.yardmaster.topology.window;

import java.nio.ByteBuffer;
import org.apache.kafka.common.Uuid;

/**
 * How far a group had taken the partitions of a topic.
 *
 * @param topic the topic's id: one that was deleted and made again has another
 * @param offsets by partition, of what to take next; 0 if nothing is known
 */
@SuppressWarnings("ArrayRecordComponent") // never compared or shown
public record StoredFloor(Uuid topic, long[] offsets) {
    private static final byte LAYOUT = 1;
    private static final int HEADER_BYTES = 1 + 2 * Long.BYTES;

    /** Nothing is known. */
    public static StoredFloor unknown() {
        return new StoredFloor(Uuid.ZERO_UUID, new long[0]);
    }

    /** What is stored; nothing, if that is null or of a layout that this version does not know. */
    public static StoredFloor decode(byte[] stored) {
        if (stored == null || stored.length < HEADER_BYTES || stored[0] != LAYOUT) {
            return unknown();
        }
        ByteBuffer bytes = ByteBuffer.wrap(stored, 1, stored.length - 1);
        Uuid topic = new Uuid(bytes.getLong(), bytes.getLong());
        long[] offsets = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(offsets);
        return new StoredFloor(topic, offsets);
    }

    public byte[] encode() {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + offsets.length * Long.BYTES)
                .put(LAYOUT)
                .putLong(topic.getMostSignificantBits())
                .putLong(topic.getLeastSignificantBits());
        for (long offset : offsets) {
            bytes.putLong(offset);
        }
        return bytes.array();
    }

    /** As it is known now; of partitions with -1 nothing new is known. */
    public StoredFloor moved(Uuid ofTopic, long[] taken) {
        long[] moved = new long[taken.length];
        for (int partition = 0; partition < taken.length; partition++) {
            moved[partition] = taken[partition] >= 0 ? taken[partition] : of(ofTopic, partition);
        }
        return new StoredFloor(ofTopic, moved);
    }

    /** 0 if nothing is known of that partition, or of that topic. */
    long of(Uuid ofTopic, int partition) {
        return topic.equals(ofTopic) && partition < offsets.length ? offsets[partition] : 0;
    }
}
