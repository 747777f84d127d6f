package io.yardmaster.topology.window;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** The offsets of the execution managers' group, to be put where there are none. */
public interface GroupOffsets {
    /** Which topic they read, as it is now. */
    Uuid topic() throws ExecutionException, InterruptedException, TimeoutException;

    /** Where these partitions begin. */
    Map<TopicPartition, Long> starts(Set<TopicPartition> partitions)
            throws ExecutionException, InterruptedException, TimeoutException;

    /** Has the group go on there. False if it has members, so that only they can say where it is. */
    boolean put(Map<TopicPartition, Long> offsets) throws ExecutionException, InterruptedException, TimeoutException;
}
