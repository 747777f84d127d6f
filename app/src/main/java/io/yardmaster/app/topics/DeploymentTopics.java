package io.yardmaster.app.topics;

import io.yardmaster.app.access.AccessCheck;
import io.yardmaster.app.access.NotPermittedException;
import io.yardmaster.app.access.Permission;
import io.yardmaster.app.access.Principal;
import io.yardmaster.app.access.Role;
import io.yardmaster.topology.config.SchedulerConfig;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.ResourceType;

/** Checks and makes the topics of one deployment. */
public final class DeploymentTopics implements AutoCloseable {
    private static final int TIMEOUT_MS = 10_000;
    private static final long VISIBLE_POLL_MS = 20;

    private final Admin admin;
    private final SchedulerConfig config;
    private final String servers;

    private DeploymentTopics(Admin admin, SchedulerConfig config) {
        this.admin = admin;
        this.config = config;
        this.servers = config.kafka().getOrDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "");
    }

    /**
     * Prepares to talk to the Kafka that the settings name.
     *
     * @throws TopicsException when they do not make sense to Kafka's client
     */
    public static DeploymentTopics of(SchedulerConfig config) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS / 2);
        settings.putAll(config.kafka());
        try {
            return new DeploymentTopics(Admin.create(settings), config);
        } catch (KafkaException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new TopicsException("the settings kafka.* are refused: " + why.getMessage(), e);
        }
    }

    /**
     * Throws {@link NotPermittedException} if this client is not permitted what the role needs, {@link TopicsException} if
     * a topic that the role uses is missing or not as it must be. Changes nothing.
     */
    public void check(Role role) {
        requireAccess(role);
        ExistingTopics existing = existing(role);
        if (!existing.missing().isEmpty()) {
            throw new TopicsException("topics are missing on " + servers + ": " + String.join(", ", existing.missing())
                    + " ('yardmaster topics create' makes them)");
        }
        refuse(existing.problems());
    }

    /**
     * Makes the topics that are missing, and returns their names when they can be used. If one that exists is not as it
     * must be, or one cannot be made, none is made and {@link TopicsException} thrown.
     */
    public List<String> create(TopicPlan plan) {
        requireAccess(Role.ADMINISTRATOR);
        ExistingTopics existing = existing(Role.ADMINISTRATOR);
        refuse(existing.completedBy(plan).problems());
        List<String> missing = existing.missing();
        List<NewTopic> topics = plan.topics().stream()
                .filter(topic -> missing.contains(topic.name()))
                .toList();
        await(
                "topics cannot be made",
                admin.createTopics(topics, new CreateTopicsOptions().validateOnly(true))
                        .all());
        admin.createTopics(topics).values().forEach(this::awaitCreated);
        awaitVisible(missing);
        return missing;
    }

    @Override
    public void close() {
        admin.close();
    }

    /** Throws {@link NotPermittedException} if this client lacks a permission that the role needs. */
    public void requireAccess(Role role) {
        List<Permission> missing;
        try {
            missing = new AccessCheck(admin).missing(role.permissions(config));
        } catch (ExecutionException e) {
            throw failed("Kafka cannot be asked what is permitted", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        String who = Principal.of(config.kafka());
        if (!missing.isEmpty()) {
            throw new NotPermittedException(missing.stream()
                    .map(permission -> "not permitted to %s: %s (%s)".formatted(who, permission, servers))
                    .collect(Collectors.joining("\n")));
        }
    }

    /** Of the topics that the role uses, and in so much detail as it may look up. */
    private ExistingTopics existing(Role role) {
        List<Permission> permitted = role.permissions(config);
        List<String> wanted = TopicPlan.all(config.topics()).stream()
                .filter(name -> permitted.stream()
                        .anyMatch(permission -> permission.isFor(ResourceType.TOPIC)
                                && permission.name().equals(name)))
                .toList();
        Map<String, Integer> partitions = new LinkedHashMap<>();
        admin.describeTopics(wanted).topicNameValues().forEach((name, asked) -> {
            try {
                TopicDescription topic = await("topic " + name + " cannot be looked up", asked);
                partitions.put(name, topic.partitions().size());
            } catch (TopicsException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        });
        Map<String, String> policies = new HashMap<>();
        for (Permission permission : permitted) {
            if (permission.operation() == AclOperation.DESCRIBE_CONFIGS && partitions.containsKey(permission.name())) {
                policies.put(permission.name(), cleanupPolicy(permission.name()));
            }
        }
        return new ExistingTopics(config.topics(), wanted, partitions, policies);
    }

    private String cleanupPolicy(String topic) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<ConfigResource, Config> configs = await(
                "topic " + topic + " cannot be looked up",
                admin.describeConfigs(List.of(resource)).all());
        return configs.get(resource).get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
    }

    private void awaitCreated(String topic, KafkaFuture<Void> creation) {
        try {
            await("topic " + topic + " cannot be made", creation);
        } catch (TopicsException e) {
            // Somebody else was faster; whether theirs will do is for the next check.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /** A created topic is known to the controller first; clients see it when the brokers have heard of it. */
    private void awaitVisible(List<String> created) {
        long deadline = System.nanoTime() + TIMEOUT_MS * 1_000_000L;
        while (true) {
            try {
                await(
                        "topics cannot be looked up",
                        admin.describeTopics(created).allTopicNames());
                return;
            } catch (TopicsException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(VISIBLE_POLL_MS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private <T> T await(String failed, KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw failed(failed, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private TopicsException failed(String what, ExecutionException e) {
        return e.getCause() instanceof TimeoutException
                ? new TopicsException("Kafka does not answer at " + servers, e.getCause())
                : new TopicsException(
                        what + " (" + servers + "): " + e.getCause().getMessage(), e.getCause());
    }

    private static TopicsException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TopicsException("interrupted", e);
    }

    private static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new TopicsException(String.join("\n", problems));
        }
    }
}
