package io.yardmaster.topology.window;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** What Kafka knows of the dispatch topic and of the consumer group that reads it. */
public interface DispatchLog extends AutoCloseable {
    /** The offset that the group will next read in each partition; 0 where it has committed none. */
    Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException, TimeoutException;

    /** Where each partition ends: for {@code READ_COMMITTED} at the first offset of a transaction that is not decided. */
    Map<TopicPartition, Long> ends(IsolationLevel isolation)
            throws ExecutionException, InterruptedException, TimeoutException;

    /** Reads what was committed from these starts to these ends, or less if that is enough. */
    AssignmentReader.Reading read(Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends);

    @Override
    void close();
}
