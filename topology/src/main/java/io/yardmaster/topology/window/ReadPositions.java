package io.yardmaster.topology.window;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;

/**
 * Says how far the outcomes of a shard and the sessions were written, and how far its stream task has read them. Waits for nothing: an
 * answer completes later, on any thread, or fails.
 */
public interface ReadPositions {
    /** Nobody knows. */
    ReadPositions UNKNOWN = new ReadPositions() {
        @Override
        public CompletionStage<Map<TopicPartition, Long>> written(int shard) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<Map<TopicPartition, Long>> read(int shard) {
            return new CompletableFuture<>();
        }
    };

    /** By partition, the offset behind all outcomes and sessions that had been acknowledged when this was called. */
    CompletionStage<Map<TopicPartition, Long>> written(int shard);

    /**
     * By partition, the offset of the next record that was not read, as of a time after the call; none where none was. Outcomes count as
     * read when the transaction of what followed from them is committed, sessions when stream tasks see them.
     */
    CompletionStage<Map<TopicPartition, Long>> read(int shard);
}
