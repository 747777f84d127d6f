package io.yardmaster.topology.window;

import java.nio.ByteBuffer;
import org.apache.kafka.common.Uuid;

/**
 * Offsets up to which a group had taken the partitions of a topic.
 *
 * @param topic the topic's id; a topic that was deleted and made again has another one
 * @param offsets by partition, the next offset to take; 0 if unknown
 */
@SuppressWarnings("ArrayRecordComponent") // never compared or shown
public record StoredFloor(Uuid topic, long[] offsets) {
    private static final byte LAYOUT = 1;
    private static final int HEADER_BYTES = 1 + 2 * Long.BYTES;

    /** A floor without any offset. */
    public static StoredFloor unknown() {
        return new StoredFloor(Uuid.ZERO_UUID, new long[0]);
    }

    /** Decodes a stored floor; {@link #unknown} if it is null or has a layout that this version does not know. */
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

    /** The floor with these offsets; partitions with -1 keep the offset that was known. */
    public StoredFloor moved(Uuid ofTopic, long[] taken) {
        long[] moved = new long[taken.length];
        for (int partition = 0; partition < taken.length; partition++) {
            moved[partition] = taken[partition] >= 0 ? taken[partition] : of(ofTopic, partition);
        }
        return new StoredFloor(ofTopic, moved);
    }

    /** The offset of a partition; 0 if it, or the topic, is unknown. */
    long of(Uuid ofTopic, int partition) {
        return topic.equals(ofTopic) && partition < offsets.length ? offsets[partition] : 0;
    }
}
