package io.yardmaster.topology.upkeep;

import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.topology.config.GroupType;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.policy.PolicySnapshot;
import io.yardmaster.topology.window.TopicOffsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Looks up the offsets below which the scheduler has read the lanes and the execution managers have taken the dispatch
 * topics, or hosts do not need them any more.
 */
final class TakenPositions {
    static final long REQUEST_SECONDS = 30;

    private final Admin admin;
    private final SchedulerConfig config;
    private final List<String> lanes;
    private final String dispatch;
    private final Supplier<PolicySnapshot> policy;

    /**
     * Looks through this admin client, which the caller closes.
     *
     * @param policy of which the pools are looked at
     */
    TakenPositions(Admin admin, SchedulerConfig config, Supplier<PolicySnapshot> policy) {
        this.admin = admin;
        this.config = config;
        this.policy = policy;
        lanes = Stream.concat(Topic.OF_SHARDS.stream(), Stream.of(Topic.OFFERS))
                .map(config.topics()::of)
                .toList();
        dispatch = config.topics().of(Topic.DISPATCH);
    }

    /** These offsets by partition; partitions for which a group has no offset are absent. */
    Map<TopicPartition, Long> taken() throws ExecutionException, InterruptedException, TimeoutException {
        PolicySnapshot now = policy.get();
        List<String> own = new ArrayList<>(lanes);
        // Hosts are in no group: the scheduler commits what none of them needs any more.
        now.placed().forEach(pool -> own.add(config.topics().dispatch(pool)));
        Map<TopicPartition, Long> taken = consumed(config.applicationId(), own);
        taken.putAll(takenOf(dispatch, config.dispatchGroup()));
        for (String pool : now.pools()) {
            String topic = config.topics().dispatch(pool);
            Map<TopicPartition, Long> ofGroup = takenOf(topic, TopicNames.ofPool(config.dispatchGroup(), pool));
            if (!now.placed().contains(pool)) {
                taken.putAll(ofGroup);
            } else if (!ofGroup.isEmpty()) {
                // The pool was its group's before, which may not have taken all.
                taken.keySet().removeIf(each -> each.topic().equals(topic) && !ofGroup.containsKey(each));
                ofGroup.forEach(
                        (each, offset) -> taken.computeIfPresent(each, (same, floor) -> Math.min(floor, offset)));
            }
        }
        return taken;
    }

    private Map<TopicPartition, Long> takenOf(String topic, String group)
            throws ExecutionException, InterruptedException, TimeoutException {
        return config.dispatchGroupType() == GroupType.SHARE ? shared(topic, group) : consumed(group, List.of(topic));
    }

    /** The group that takes this topic's records. */
    String groupOf(String topic) {
        boolean isPlaced = policy.get().placed().stream()
                .anyMatch(pool -> config.topics().dispatch(pool).equals(topic));
        return topic.startsWith(dispatch) && !isPlaced
                ? config.dispatchGroup() + topic.substring(dispatch.length())
                : config.applicationId();
    }

    private Map<TopicPartition, Long> consumed(String group, List<String> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, Long> taken = new HashMap<>();
        answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null && topics.contains(partition.topic())) {
                        taken.put(partition, offset.offset());
                    }
                });
        return taken;
    }

    private Map<TopicPartition, Long> shared(String topic, String group)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, Long> taken = new HashMap<>();
        try {
            answer(admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                            .partitionsToOffsetInfo(group))
                    .forEach((partition, info) -> {
                        if (info != null && partition.topic().equals(topic) && info.startOffset() >= 0) {
                            taken.put(partition, info.startOffset());
                        }
                    });
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
        return taken;
    }

    /** The offsets of these partitions that fit the description; -1 where there is none. */
    Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException, TimeoutException {
        return TopicOffsets.of(admin, partitions, which, IsolationLevel.READ_UNCOMMITTED, REQUEST_SECONDS);
    }

    static <T> T answer(KafkaFuture<T> asked) throws ExecutionException, InterruptedException, TimeoutException {
        return asked.get(REQUEST_SECONDS, TimeUnit.SECONDS);
    }
}
