package io.yardmaster.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits, before a consumer group is joined, until the group has offsets or needs none. A group without offsets on a
 * topic with assignments has lost them, or is new to a topic that was in use before: its first member would run
 * everything that is still in the topic. The scheduler knows the group's last offsets and commits them for it, but only
 * as long as the group has no members.
 */
final class PlaceCheck {
    private static final Logger log = LoggerFactory.getLogger(PlaceCheck.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Map<String, Object> config;
    private final String group;
    private final String topic;
    private final boolean wanted;

    /** @param wanted false to skip the check */
    PlaceCheck(Map<String, Object> config, String group, String topic, boolean wanted) {
        this.config = config;
        this.group = group;
        this.topic = topic;
        this.wanted = wanted;
    }

    /** Returns once the group can be joined, or a stop is requested. */
    void await(StopRequest stop) throws InterruptedException {
        if (!wanted) {
            return;
        }
        boolean told = false;
        try (Admin admin = Admin.create(config)) {
            while (!stop.requested()) {
                try {
                    if (hasPlace(admin)) {
                        return;
                    }
                    if (!told) {
                        log.warn(
                                "group {} has no offsets, but topic {} has assignments: waiting until the scheduler"
                                        + " commits the group's offsets ({}=false runs everything in the topic)",
                                group,
                                topic,
                                ShareGroupSettings.CHECK);
                        told = true;
                    }
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof RetriableException)) {
                        throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
                    }
                    log.debug("group {} cannot be looked at yet", group, e);
                }
                TimeUnit.NANOSECONDS.sleep(stop.atMost(PAUSE).toNanos());
            }
        }
    }

    private boolean hasPlace(Admin admin) throws ExecutionException, InterruptedException {
        boolean committed =
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                        .anyMatch(offset -> offset.getKey().topic().equals(topic) && offset.getValue() != null);
        return committed || isEmpty(admin) || hasMembers(admin);
    }

    private boolean isEmpty(Admin admin) throws ExecutionException, InterruptedException {
        Set<TopicPartition> partitions =
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .collect(Collectors.toSet());
        var wanted = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
        return admin.listOffsets(wanted).all().get().values().stream().allMatch(end -> end.offset() == 0);
    }

    /** A group with members cannot have had its offsets deleted, and its members are at work already. */
    private boolean hasMembers(Admin admin) throws ExecutionException, InterruptedException {
        try {
            return admin.describeConsumerGroups(List.of(group))
                            .all()
                            .get()
                            .get(group)
                            .members()
                            .size()
                    > 0;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return false;
            }
            throw e;
        }
    }
}
