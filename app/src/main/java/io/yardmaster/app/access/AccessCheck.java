package io.yardmaster.app.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Asks Kafka, before a client does anything, which permissions the client lacks. A permission that Kafka cannot tell yet,
 * such as on a group that does not exist, counts as granted: Kafka refuses the operation later.
 */
public final class AccessCheck {
    private final Admin admin;

    public AccessCheck(Admin admin) {
        this.admin = admin;
    }

    /**
     * The permissions that this client lacks.
     *
     * @throws ExecutionException if Kafka does not answer
     */
    public List<Permission> missing(List<Permission> needed) throws ExecutionException, InterruptedException {
        Set<Permission> missing = new LinkedHashSet<>();
        missing.addAll(ofTopics(needed));
        missing.addAll(ofGroups(needed));
        missing.addAll(ofTransactions(needed));
        return List.copyOf(missing);
    }

    private List<Permission> ofTopics(List<Permission> needed) throws ExecutionException, InterruptedException {
        Map<String, List<Permission>> byTopic = byName(needed, ResourceType.TOPIC);
        Map<String, KafkaFuture<TopicDescription>> asked = admin.describeTopics(
                        byTopic.keySet(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        List<Permission> missing = new ArrayList<>();
        for (Map.Entry<String, List<Permission>> topic : byTopic.entrySet()) {
            try {
                Set<AclOperation> permitted = asked.get(topic.getKey()).get().authorizedOperations();
                topic.getValue().stream()
                        .filter(permission -> permission.operation() != AclOperation.CREATE)
                        .filter(permission -> !permitted.contains(permission.operation()))
                        .forEach(missing::add);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AuthorizationException) {
                    missing.addAll(includingDescribe(topic.getValue()));
                } else if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    missing.addAll(toCreate(topic.getValue()));
                } else {
                    throw e;
                }
            }
        }
        return missing;
    }

    private List<Permission> toCreate(List<Permission> ofTopic) throws ExecutionException, InterruptedException {
        List<Permission> creations = ofTopic.stream()
                .filter(permission -> permission.operation() == AclOperation.CREATE)
                .toList();
        if (creations.isEmpty()) {
            return creations;
        }
        NewTopic topic = new NewTopic(creations.get(0).name(), Optional.empty(), Optional.empty());
        try {
            admin.createTopics(List.of(topic), new CreateTopicsOptions().validateOnly(true))
                    .all()
                    .get();
            return List.of();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return creations;
            }
            throw e;
        }
    }

    private List<Permission> ofGroups(List<Permission> needed) throws InterruptedException {
        Map<String, List<Permission>> byGroup = byName(needed, ResourceType.GROUP);
        Map<String, KafkaFuture<ConsumerGroupDescription>> asked = admin.describeConsumerGroups(
                        byGroup.keySet(), new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                .describedGroups();
        List<Permission> missing = new ArrayList<>();
        for (Map.Entry<String, List<Permission>> group : byGroup.entrySet()) {
            try {
                Set<AclOperation> permitted = asked.get(group.getKey()).get().authorizedOperations();
                group.getValue().stream()
                        .filter(permission -> !permitted.contains(permission.operation()))
                        .forEach(missing::add);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AuthorizationException) {
                    missing.addAll(includingDescribe(group.getValue()));
                }
                // Otherwise the group does not exist, or is of another kind, such as a share group.
            }
        }
        return missing;
    }

    private List<Permission> ofTransactions(List<Permission> needed) throws InterruptedException {
        List<Permission> missing = new ArrayList<>();
        for (Permission permission : needed) {
            if (permission.isFor(ResourceType.TRANSACTIONAL_ID)) {
                String some = permission.name() + "access-check";
                try {
                    admin.describeTransactions(List.of(some)).description(some).get();
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof AuthorizationException) {
                        missing.add(permission);
                    }
                    // Otherwise there is no such transaction, as expected.
                }
            }
        }
        return missing;
    }

    /** The permissions that are surely missing on a resource that this client may not even describe. */
    private static List<Permission> includingDescribe(List<Permission> permissions) {
        return permissions.stream().filter(Permission::includesDescribe).toList();
    }

    private static Map<String, List<Permission>> byName(List<Permission> needed, ResourceType type) {
        Map<String, List<Permission>> byName = new LinkedHashMap<>();
        for (Permission permission : needed) {
            if (permission.isFor(type)) {
                byName.computeIfAbsent(permission.name(), name -> new ArrayList<>())
                        .add(permission);
            }
        }
        return byName;
    }
}
