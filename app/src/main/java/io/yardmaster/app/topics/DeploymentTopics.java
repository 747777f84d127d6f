package io.yardmaster.app.topics;

import io.yardmaster.schemas.TopicNames;
import io.yardmaster.topology.config.SchedulerConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Checks and makes the topics of one deployment. */
public final class DeploymentTopics implements AutoCloseable {
    private static final int TIMEOUT_MS = 10_000;
    private static final long VISIBLE_POLL_MS = 20;

    private final Admin admin;
    private final TopicNames names;
    private final String servers;

    private DeploymentTopics(Admin admin, TopicNames names, String servers) {
        this.admin = admin;
        this.names = names;
        this.servers = servers;
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
            String servers = config.kafka().getOrDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "");
            return new DeploymentTopics(Admin.create(settings), config.topics(), servers);
        } catch (KafkaException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new TopicsException("the settings kafka.* are refused: " + why.getMessage(), e);
        }
    }

    /** Throws {@link TopicsException} if a topic is missing or is not as it must be. Changes nothing. */
    public void check() {
        ExistingTopics existing = existing();
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
        ExistingTopics existing = existing();
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

    private ExistingTopics existing() {
        Set<String> present =
                await("Kafka cannot be asked for its topics", admin.listTopics().names());
        Map<String, Integer> partitions = new HashMap<>();
        await(
                        "topics cannot be looked up",
                        admin.describeTopics(TopicPlan.all(names).stream()
                                        .filter(present::contains)
                                        .toList())
                                .allTopicNames())
                .forEach(
                        (name, topic) -> partitions.put(name, topic.partitions().size()));
        Map<String, String> policies = new HashMap<>();
        for (String topic : TopicPlan.compacted(names)) {
            if (present.contains(topic)) {
                policies.put(topic, cleanupPolicy(topic));
            }
        }
        return new ExistingTopics(names, partitions, policies);
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
            Thread.currentThread().interrupt();
            throw new TopicsException("interrupted", e);
        }
    }

    private <T> T await(String failed, KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new TopicsException("Kafka does not answer at " + servers, e.getCause());
            }
            throw new TopicsException(
                    failed + " (" + servers + "): " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicsException("interrupted", e);
        }
    }

    private static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new TopicsException(String.join("\n", problems));
        }
    }
}
