package io.yardmaster.topology.window;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/** Reads and sets them through an admin client. */
public final class KafkaGroupOffsets implements GroupOffsets {
    private static final long REQUEST_SECONDS = 5;

    private final Admin admin;
    private final String topic;
    private final String group;
    private final boolean share;

    /**
     * The caller closes the admin client.
     *
     * @param share true for a share group, false for a consumer group
     */
    public KafkaGroupOffsets(Admin admin, String topic, String group, boolean share) {
        this.admin = admin;
        this.topic = topic;
        this.group = group;
        this.share = share;
    }

    @Override
    public Uuid topic() throws ExecutionException, InterruptedException, TimeoutException {
        return answer(admin.describeTopics(List.of(topic)).allTopicNames())
                .get(topic)
                .topicId();
    }

    @Override
    public Map<TopicPartition, Long> starts(Set<TopicPartition> partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        return TopicOffsets.of(
                admin, partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED, REQUEST_SECONDS);
    }

    @Override
    public boolean put(Map<TopicPartition, Long> offsets)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            if (share) {
                answer(admin.alterShareGroupOffsets(group, offsets).all());
            } else {
                Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
                offsets.forEach((partition, offset) -> committed.put(partition, new OffsetAndMetadata(offset)));
                answer(admin.alterConsumerGroupOffsets(group, committed).all());
            }
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownMemberIdException || e.getCause() instanceof GroupNotEmptyException) {
                return false;
            }
            throw e;
        }
    }

    private static <T> T answer(KafkaFuture<T> asked)
            throws ExecutionException, InterruptedException, TimeoutException {
        return asked.get(REQUEST_SECONDS, TimeUnit.SECONDS);
    }
}
