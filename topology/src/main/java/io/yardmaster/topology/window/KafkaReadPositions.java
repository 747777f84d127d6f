package io.yardmaster.topology.window;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Asks through an admin client, which the caller closes. */
public final class KafkaReadPositions implements ReadPositions {
    private final Admin admin;
    private final String outcomes;
    private final String group;
    private final Supplier<Map<TopicPartition, Long>> sessions;

    /**
     * Asks nothing yet.
     *
     * @param outcomes the topic
     * @param group the schedulers'
     * @param sessions the partitions of the topic of sessions, and how far this instance has read them; empty before it has begun
     */
    public KafkaReadPositions(
            Admin admin, String outcomes, String group, Supplier<Map<TopicPartition, Long>> sessions) {
        this.admin = admin;
        this.outcomes = outcomes;
        this.group = group;
        this.sessions = sessions;
    }

    @Override
    public CompletionStage<Map<TopicPartition, Long>> written(int shard) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        sessions.get().keySet().forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
        if (wanted.isEmpty()) {
            return CompletableFuture.failedFuture(new IllegalStateException("no session is read yet"));
        }
        wanted.put(new TopicPartition(outcomes, shard), OffsetSpec.latest());
        // Up to the last record and not to the last decided transaction: records of an undecided one may be seen
        // elsewhere.
        return admin.listOffsets(wanted).all().toCompletionStage().thenApply(ends -> ends.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset())));
    }

    @Override
    public CompletionStage<Map<TopicPartition, Long>> read(int shard) {
        TopicPartition partition = new TopicPartition(outcomes, shard);
        ListConsumerGroupOffsetsSpec one = new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(partition));
        return admin.listConsumerGroupOffsets(Map.of(group, one))
                .partitionsToOffsetAndMetadata(group)
                .toCompletionStage()
                .thenApply(committed -> {
                    Map<TopicPartition, Long> read = new HashMap<>(sessions.get());
                    OffsetAndMetadata next = committed.get(partition);
                    if (next != null) {
                        read.put(partition, next.offset());
                    }
                    return read;
                });
    }
}
