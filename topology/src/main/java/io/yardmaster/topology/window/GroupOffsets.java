package io.yardmaster.topology.window;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Gives the execution managers' group offsets for partitions in which it has none. */
public interface GroupOffsets {
    /** Id of the dispatch topic, as it is now. */
    Uuid topic() throws ExecutionException, InterruptedException, TimeoutException;

    /** Offsets of the first kept records of these partitions. */
    Map<TopicPartition, Long> starts(Set<TopicPartition> partitions)
            throws ExecutionException, InterruptedException, TimeoutException;

    /** Sets the group's offsets. Returns false if the group has members, because then only they can commit offsets. */
    boolean put(Map<TopicPartition, Long> offsets) throws ExecutionException, InterruptedException, TimeoutException;
}
