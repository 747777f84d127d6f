package io.yardmaster.topology;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks brokers for the ends of partitions of pools' dispatch topics. It leaves out those of topics that the scheduler may not read: an
 * offset of such a topic in a transaction would fail the transaction, and the stream thread with it.
 */
final class DispatchEnds implements HostFloors.Ends {
    private static final Logger LOG = LoggerFactory.getLogger(DispatchEnds.class);

    private final Admin admin;
    /** The topics that may not be read, and of which the log has said so; few, as there are few pools. */
    private final Set<String> named = ConcurrentHashMap.newKeySet();

    /** The caller closes the admin client. */
    DispatchEnds(Admin admin) {
        this.admin = admin;
    }

    @Override
    public CompletableFuture<Map<TopicPartition, HostFloors.End>> of(Set<TopicPartition> partitions) {
        Set<String> topics = partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
        return answers(admin.describeTopics(topics, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                        .topicNameValues())
                .thenCompose(found -> ends(partitions, found));
    }

    private CompletableFuture<Map<TopicPartition, HostFloors.End>> ends(
            Set<TopicPartition> partitions, Map<String, TopicDescription> topics) {
        Map<TopicPartition, OffsetSpec> wanted = partitions.stream()
                .filter(partition -> isUsable(partition, topics.get(partition.topic())))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        if (wanted.isEmpty()) {
            return CompletableFuture.completedFuture(Map.of());
        }
        ListOffsetsResult listed = admin.listOffsets(wanted);
        Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> asked = new HashMap<>();
        wanted.keySet().forEach(partition -> asked.put(partition, listed.partitionResult(partition)));
        return answers(asked).thenApply(found -> {
            Map<TopicPartition, HostFloors.End> ends = new HashMap<>();
            found.forEach((partition, end) -> ends.put(
                    partition, new HostFloors.End(topics.get(partition.topic()).topicId(), end.offset())));
            return ends;
        });
    }

    private boolean isUsable(TopicPartition partition, TopicDescription topic) {
        if (topic == null || partition.partition() >= topic.partitions().size()) {
            return false;
        }
        Set<AclOperation> permitted = topic.authorizedOperations();
        boolean isReadable = permitted != null && permitted.contains(AclOperation.READ);
        if (!isReadable && named.add(topic.name())) {
            LOG.warn("assignments in {} are kept for ever: the scheduler may not read this topic", topic.name());
        }
        return isReadable;
    }

    /** Returns the answers that come, without questions that failed. */
    private static <K, V> CompletableFuture<Map<K, V>> answers(Map<K, KafkaFuture<V>> asked) {
        Map<K, V> answers = new ConcurrentHashMap<>();
        CompletableFuture<?>[] all = asked.entrySet().stream()
                .map(each -> each.getValue().toCompletionStage().handle((answer, failure) -> {
                    if (failure == null) {
                        answers.put(each.getKey(), answer);
                    } else {
                        LOG.debug("{} is asked about again", each.getKey(), failure);
                    }
                    return answers;
                }))
                .map(stage -> stage.toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all).thenApply(done -> answers);
    }
}
