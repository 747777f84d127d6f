package io.yardmaster.topology.window;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Looks up offsets in topics. */
public final class TopicOffsets {
    private TopicOffsets() {}

    /**
     * The offsets of these partitions that fit the description; -1 where there is none.
     *
     * @param isolation decides whether a partition ends at its first undecided transaction or at its last record
     * @throws TimeoutException if Kafka does not answer within this time
     */
    public static Map<TopicPartition, Long> of(
            Admin admin,
            Collection<TopicPartition> partitions,
            OffsetSpec which,
            IsolationLevel isolation,
            long seconds)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listOffsets(wanted, new ListOffsetsOptions(isolation))
                .all()
                .get(seconds, TimeUnit.SECONDS)
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }
}
