package io.yardmaster.topology.window;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Access to the dispatch topic and to the offsets of the consumer group that reads it. */
public interface DispatchLog extends AutoCloseable {
    /** The offset that the group will next read in each partition; partitions without a committed offset are absent. */
    Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException, TimeoutException;

    /**
     * End of each partition; for {@code READ_COMMITTED} that is the first offset of a transaction that is not decided.
     */
    Map<TopicPartition, Long> ends(IsolationLevel isolation)
            throws ExecutionException, InterruptedException, TimeoutException;

    /** Reads the committed assignments from these starts to these ends; may stop before the ends at a limit. */
    AssignmentReader.Reading read(Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends);

    @Override
    void close();
}
