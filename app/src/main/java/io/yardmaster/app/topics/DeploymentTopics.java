package io.yardmaster.app.topics;

import io.yardmaster.app.access.AccessCheck;
import io.yardmaster.app.access.NotPermittedException;
import io.yardmaster.app.access.Permission;
import io.yardmaster.app.access.Principal;
import io.yardmaster.app.access.Role;
import io.yardmaster.topology.Names;
import io.yardmaster.topology.config.GroupType;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.pools.PoolTopics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.SupportedVersionRange;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.ResourceType;

/** Checks and makes the topics of one deployment. */
public final class DeploymentTopics implements AutoCloseable {
    private static final int TIMEOUT_MS = 10_000;
    private static final long VISIBLE_POLL_MS = 20;
    /** KIP-1191. */
    private static final short SHARE_VERSION_WITH_DEAD_LETTERS = 2;

    private final Admin admin;
    private final SchedulerConfig config;
    private final String servers;
    private final List<String> changelogs;
    private final HostTopics ofHosts;

    private DeploymentTopics(Admin admin, SchedulerConfig config) {
        this.admin = admin;
        this.config = config;
        this.changelogs = List.of(Names.changelog(config), Names.placementChangelog(config));
        this.ofHosts = new HostTopics(admin, config);
        this.servers = config.kafka().getOrDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "");
    }

    /**
     * Prepares to talk to the Kafka that the settings name.
     *
     * @throws TopicsException if Kafka's client refuses them
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
     * Throws {@link NotPermittedException} if this client lacks a permission that the role needs, {@link TopicsException} if
     * a topic that the role uses is missing or not as it must be. Changes nothing.
     *
     * @return a line for each topic that can be used but may lose records
     */
    public List<String> check(Role role) {
        requireAccess(role);
        ExistingTopics existing = existing(role);
        if (!existing.missing().isEmpty()) {
            throw new TopicsException("topics are missing on " + servers + ": " + String.join(", ", existing.missing())
                    + " ('yardmaster topics create' makes them)");
        }
        refuse(existing.problems());
        List<String> losses = new ArrayList<>(existing.lossLines());
        if (config.dispatchGroupType() == GroupType.SHARE) {
            new DeadLetterName(admin, config.topics().deadLetter()).problem().ifPresent(losses::add);
        }
        return losses;
    }

    /** Changes topics so that they lose no records; only for topics that belong to this deployment alone. */
    public void keepAll() {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        ExistingTopics existing = existing(Role.ADMINISTRATOR);
        existing.losses().forEach((topic, wrong) -> {
            Map<String, String> wanted = existing.keeping().get(topic);
            changes.put(
                    new ConfigResource(ConfigResource.Type.TOPIC, topic),
                    wrong.keySet().stream()
                            .map(key ->
                                    new AlterConfigOp(new ConfigEntry(key, wanted.get(key)), AlterConfigOp.OpType.SET))
                            .toList());
        });
        if (!changes.isEmpty()) {
            await(
                    "topics cannot be set to keep records that were not taken",
                    admin.incrementalAlterConfigs(changes).all());
        }
    }

    /**
     * Makes the topics that are missing, and returns their names when they can be used. If one that exists is not as it
     * must be, or one cannot be made, none is made and {@link TopicsException} thrown.
     */
    public List<String> create(TopicPlan plan) {
        requireAccess(Role.ADMINISTRATOR, plan.hosts());
        return create(plan, existing(Role.ADMINISTRATOR, plan.hosts()));
    }

    /** Makes the topics of pools that are missing like the dispatch topic, and returns their names when they can be used. */
    public List<String> createOfPools(List<String> pools) {
        List<String> created = await(
                "the topics of pools cannot be made", () -> new TopicsOfPools(admin, config.topics()).create(pools));
        awaitVisible(created);
        return created;
    }

    /**
     * Makes topics as {@link #create} does, but takes the number of a lane's partitions from the lanes that exist: an older
     * version had fewer topics.
     */
    public List<String> complete(TopicPlan plan) {
        requireAccess(Role.ADMINISTRATOR, plan.hosts());
        ExistingTopics existing = existing(Role.ADMINISTRATOR, plan.hosts());
        TopicPlan fitting = existing.shardPartitions()
                .map(partitions -> plan.withLanePartitions(partitions, config.dispatchGroupType()))
                .orElse(plan);
        return create(fitting, existing);
    }

    private List<String> create(TopicPlan plan, ExistingTopics existing) {
        refuse(existing.completedBy(plan).problems());
        List<String> missing = existing.missing();
        boolean takesGivenUp = missing.contains(config.topics().deadLetter()) && brokersKeepGivenUpRecords();
        List<NewTopic> topics = plan.topics().stream()
                .filter(topic -> missing.contains(topic.name()))
                .map(topic ->
                        takesGivenUp && topic.name().equals(config.topics().deadLetter())
                                ? takingGivenUp(topic)
                                : topic)
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
        requireAccess(role, haveHosts());
    }

    private void requireAccess(Role role, boolean hosts) {
        List<Permission> missing;
        try {
            missing = new AccessCheck(admin).missing(ofHosts.permissions(role, hosts));
        } catch (ExecutionException e) {
            throw failed("Kafka cannot be asked for permissions", e);
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

    private boolean haveHosts() {
        return await("the topics of hosts cannot be looked up", ofHosts::areThere);
    }

    private ExistingTopics existing(Role role) {
        return existing(role, haveHosts());
    }

    /** The topics that the role uses, in as much detail as the role may look up. */
    private ExistingTopics existing(Role role, boolean hosts) {
        List<Permission> permitted = ofHosts.permissions(role, hosts);
        List<String> wanted = TopicPlan.all(config.topics()).stream()
                .filter(name -> isForTopic(permitted, name))
                .toList();
        List<String> described = new ArrayList<>(wanted);
        changelogs.stream().filter(name -> isForTopic(permitted, name)).forEach(described::add);
        Map<String, Integer> partitions = new LinkedHashMap<>();
        admin.describeTopics(described).topicNameValues().forEach((name, asked) -> {
            try {
                TopicDescription topic = await("topic " + name + " cannot be looked up", asked);
                partitions.put(name, topic.partitions().size());
            } catch (TopicsException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        });
        List<ConfigResource> visible = permitted.stream()
                .filter(permission -> permission.operation() == AclOperation.DESCRIBE_CONFIGS
                        && partitions.containsKey(permission.name()))
                .map(permission -> new ConfigResource(ConfigResource.Type.TOPIC, permission.name()))
                .toList();
        Map<String, Map<String, String>> configs = configs(visible);
        Map<String, Map<String, String>> ofPools = configsOfPools(role);
        configs.putAll(ofPools);
        return new ExistingTopics(
                config.topics(), config.dispatchGroupType(), changelogs, wanted, partitions, ofPools.keySet(), configs);
    }

    /** A scheduler looks at the topics of pools itself, as pools come and go while it runs. */
    private Map<String, Map<String, String>> configsOfPools(Role role) {
        if (role != Role.OBSERVER && role != Role.ADMINISTRATOR) {
            return Map.of();
        }
        return await("the topics of pools cannot be looked up", () -> new PoolTopics(admin, config.topics()).configs());
    }

    private static boolean isForTopic(List<Permission> permissions, String name) {
        return permissions.stream()
                .anyMatch(permission -> permission.isFor(ResourceType.TOPIC)
                        && permission.name().equals(name));
    }

    private Map<String, Map<String, String>> configs(List<ConfigResource> topics) {
        Map<String, Map<String, String>> configs = new HashMap<>();
        await("topics cannot be looked up", admin.describeConfigs(topics).all()).forEach((topic, found) -> {
            Map<String, String> values = new HashMap<>();
            found.entries().forEach(entry -> values.put(entry.name(), entry.value()));
            configs.put(topic.name(), values);
        });
        return configs;
    }

    private boolean brokersKeepGivenUpRecords() {
        SupportedVersionRange share = await(
                        "Kafka cannot be asked for its features",
                        admin.describeFeatures().featureMetadata())
                .supportedFeatures()
                .get("share.version");
        return share != null && share.maxVersion() >= SHARE_VERSION_WITH_DEAD_LETTERS;
    }

    private static NewTopic takingGivenUp(NewTopic deadLetters) {
        Map<String, String> configs = new HashMap<>(deadLetters.configs());
        configs.putAll(TopicPlan.TAKES_GIVEN_UP);
        return deadLetters.configs(configs);
    }

    private void awaitCreated(String topic, KafkaFuture<Void> creation) {
        try {
            await("topic " + topic + " cannot be made", creation);
        } catch (TopicsException e) {
            // Somebody else was faster; the next check looks at their topic.
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
        return await(failed, () -> future.get());
    }

    private <T> T await(String failed, Question<T> question) {
        try {
            return question.ask();
        } catch (ExecutionException e) {
            throw failed(failed, e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TopicsException("Kafka does not answer at " + servers, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private interface Question<T> {
        T ask() throws ExecutionException, InterruptedException, java.util.concurrent.TimeoutException;
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
            throw new TopicShapeException(String.join("\n", problems));
        }
    }
}
