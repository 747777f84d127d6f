package io.yardmaster.schemas;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Utils;

/**
 * The partition of each lane in which all events of a job must lie: the one in which Kafka's own default partitioner (murmur2)
 * puts the job's key, 8 bytes big-endian. Clients on librdkafka need the setting {@code partitioner=murmur2_random}.
 */
public final class JobPartition {
    private JobPartition() {}

    /**
     * Returns the partition of a job.
     *
     * @param partitions the number of partitions of each lane, 1 or more
     */
    public static int of(long job, int partitions) {
        return ofKey(key(job), partitions);
    }

    /**
     * Returns the partition in which Kafka's own default partitioner puts a record.
     *
     * @param partitions the number of partitions of its topic, 1 or more
     */
    public static int ofKey(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    /** The key of all records about a job: its id in 8 bytes, big-endian. */
    public static byte[] key(long job) {
        return ByteBuffer.allocate(Long.BYTES).putLong(job).array();
    }
}
