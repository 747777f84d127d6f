package io.yardmaster.topology.pools;

import io.yardmaster.schemas.GraphLimits;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.topology.upkeep.TopicLosses;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Finds the topics of pools, makes those that are missing like the dispatch topic, and looks at the settings of others. */
public final class PoolTopics {
    private static final long REQUEST_SECONDS = 10;

    private final Admin admin;
    private final TopicNames names;

    /** The caller closes the admin client. */
    public PoolTopics(Admin admin, TopicNames names) {
        this.admin = admin;
        this.names = names;
    }

    /** A topic that is there. */
    public record Found(Uuid id, int partitions) {}

    /** The name of the topic of a pool. */
    String name(String pool) {
        return names.dispatch(pool);
    }

    /** The topics that are there, by pool. */
    public Map<String, Found> find(Collection<String> pools)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, KafkaFuture<TopicDescription>> asked = admin.describeTopics(
                        pools.stream().map(names::dispatch).toList())
                .topicNameValues();
        Map<String, Found> found = new TreeMap<>();
        for (String pool : pools) {
            try {
                TopicDescription topic = answer(asked.get(names.dispatch(pool)));
                found.put(pool, new Found(topic.topicId(), topic.partitions().size()));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return found;
    }

    /** The settings of all topics of pools that are there, by the topic's name; without those that this client may not look up. */
    public Map<String, Map<String, String>> configs()
            throws ExecutionException, InterruptedException, TimeoutException {
        String prefix = names.dispatch("") + ".";
        return configs(answer(admin.listTopics().names()).stream()
                .filter(name -> name.startsWith(prefix)
                        && name.substring(prefix.length()).matches(GraphLimits.POOL_NAME))
                .toList());
    }

    private Map<String, Map<String, String>> configs(List<String> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<ConfigResource> resources = topics.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, Map<String, String>> configs = new TreeMap<>();
        for (Map.Entry<ConfigResource, KafkaFuture<Config>> asked :
                admin.describeConfigs(resources).values().entrySet()) {
            try {
                Map<String, String> values = new HashMap<>();
                answer(asked.getValue()).entries().forEach(entry -> values.put(entry.name(), entry.value()));
                configs.put(asked.getKey().name(), values);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                        && !(e.getCause() instanceof AuthorizationException)) {
                    throw e;
                }
            }
        }
        return configs;
    }

    /** A line if the topic of a pool may lose records; empty if not, or if this client may not look its settings up. */
    Optional<String> loss(String pool) throws ExecutionException, InterruptedException, TimeoutException {
        String topic = names.dispatch(pool);
        Map<String, String> actual = configs(List.of(topic)).getOrDefault(topic, Map.of());
        Map<String, String> wrong = TopicLosses.in(actual, TopicLosses.KEPT_BY_BROKERS_CLOCK);
        return wrong.isEmpty()
                ? Optional.empty()
                : Optional.of(TopicLosses.line(topic, wrong, TopicLosses.KEPT_BY_BROKERS_CLOCK));
    }

    /** Makes the topic of a pool with as many partitions and copies, and the same settings, as the dispatch topic has. */
    public void create(String pool) throws ExecutionException, InterruptedException, TimeoutException {
        String like = names.of(Topic.DISPATCH);
        TopicDescription topic =
                answer(admin.describeTopics(List.of(like)).allTopicNames()).get(like);
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, like);
        Config config = answer(admin.describeConfigs(List.of(resource)).all()).get(resource);
        Map<String, String> own = new HashMap<>();
        config.entries().stream()
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .forEach(entry -> own.put(entry.name(), entry.value()));
        short copies = (short) topic.partitions().get(0).replicas().size();
        NewTopic wanted = new NewTopic(
                names.dispatch(pool), Optional.of(topic.partitions().size()), Optional.of(copies));
        try {
            answer(admin.createTopics(List.of(wanted.configs(own))).all());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static <T> T answer(KafkaFuture<T> asked)
            throws ExecutionException, InterruptedException, TimeoutException {
        return asked.get(REQUEST_SECONDS, TimeUnit.SECONDS);
    }
}
