package io.yardmaster.topology;

import io.yardmaster.schemas.Topic;
import io.yardmaster.topology.config.GroupType;
import io.yardmaster.topology.config.Labels;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.views.FleetGroup;
import io.yardmaster.topology.views.FleetGroup.Member;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks up the members of the execution managers' group, on request and at most every few seconds. */
final class FleetMembers {
    private static final Logger LOG = LoggerFactory.getLogger(FleetMembers.class);
    private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long REQUEST_MS = 1_500;
    private static final int MOST_MEMBERS = 1_000;

    private final Admin admin;
    private final String group;
    private final GroupType type;
    private final String topic;
    private FleetGroup latest;
    private long describedAt;

    /** Looks up the members of the default pool. */
    static FleetMembers of(Admin admin, SchedulerConfig config) {
        return new FleetMembers(
                admin,
                config.dispatchGroup(),
                config.dispatchGroupType(),
                config.topics().of(Topic.DISPATCH));
    }

    private FleetMembers(Admin admin, String group, GroupType type, String topic) {
        this.admin = admin;
        this.group = group;
        this.type = type;
        this.topic = topic;
    }

    synchronized FleetGroup get() {
        if (latest == null || System.nanoTime() - describedAt > MAX_AGE_NANOS) {
            latest = describe();
            describedAt = System.nanoTime();
        }
        return latest;
    }

    private FleetGroup describe() {
        try {
            return type == GroupType.SHARE ? share() : consumer();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return new FleetGroup("dead", List.of());
            }
            LOG.debug("group {} cannot be described", group, e);
        } catch (TimeoutException e) {
            LOG.debug("group {} was not described in time", group, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new FleetGroup(FleetGroup.UNKNOWN, List.of());
    }

    private FleetGroup consumer() throws ExecutionException, InterruptedException, TimeoutException {
        ConsumerGroupDescription found = admin.describeConsumerGroups(List.of(group))
                .describedGroups()
                .get(group)
                .get(REQUEST_MS, TimeUnit.MILLISECONDS);
        return group(
                found.groupState(),
                found.members().stream()
                        .map(member -> new Member(
                                member.consumerId(),
                                member.clientId(),
                                member.host(),
                                partitions(member.assignment().topicPartitions()))));
    }

    private FleetGroup share() throws ExecutionException, InterruptedException, TimeoutException {
        ShareGroupDescription found = admin.describeShareGroups(List.of(group))
                .describedGroups()
                .get(group)
                .get(REQUEST_MS, TimeUnit.MILLISECONDS);
        return group(
                found.groupState(),
                found.members().stream()
                        .map(member -> new Member(
                                member.consumerId(),
                                member.clientId(),
                                member.host(),
                                partitions(member.assignment().topicPartitions()))));
    }

    private static FleetGroup group(Enum<?> state, Stream<Member> members) {
        return new FleetGroup(Labels.of(state), members.limit(MOST_MEMBERS).toList());
    }

    private List<Integer> partitions(Collection<TopicPartition> assigned) {
        return Set.copyOf(assigned).stream()
                .filter(partition -> partition.topic().equals(topic))
                .map(TopicPartition::partition)
                .sorted()
                .toList();
    }
}
