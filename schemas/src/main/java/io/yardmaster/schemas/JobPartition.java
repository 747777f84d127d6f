package io.yardmaster.schemas;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Utils;

/**
 * Where all events of a job belong: the partition of each lane in which Kafka's own default partitioner (murmur2) puts the
 * job's key, 8 bytes big-endian. Clients on librdkafka have to be told: {@code partitioner=murmur2_random}.
 */
public final class JobPartition {
    private JobPartition() {}

    /**
     * Where the events of a job lie.
     *
     * @param partitions of each lane, 1 or more
     */
    public static int of(long job, int partitions) {
        byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(job).array();
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
