package io.yardmaster.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.serialization.LongSerializer;
import org.junit.jupiter.api.Test;

class JobPartitionTest {
    /** Reference values for clients in other languages. */
    @Test
    void ofSomeJobs() {
        assertThat(JobPartition.of(0, 4)).isEqualTo(3);
        assertThat(JobPartition.of(1, 4)).isEqualTo(0);
        assertThat(JobPartition.of(-1, 4)).isEqualTo(1);
        assertThat(JobPartition.of(9_000_000_000L, 7)).isEqualTo(6);
    }

    @Test
    void isThePartitionThatKafkasOwnProducerChooses() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (LongSerializer keys = new LongSerializer()) {
            for (int i = 0; i < 10_000; i++) {
                long job = random.nextLong();
                int partitions = 1 + random.nextInt(1_000);
                assertThat(JobPartition.of(job, partitions))
                        .as("seed %d, job %d", seed, job)
                        .isEqualTo(BuiltInPartitioner.partitionForKey(keys.serialize(null, job), partitions));
            }
        }
    }
}
