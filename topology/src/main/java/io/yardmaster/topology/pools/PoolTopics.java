package io.yardmaster.topology.pools;

import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
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
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Finds the topics of pools, and makes those that are missing like the dispatch topic. */
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
