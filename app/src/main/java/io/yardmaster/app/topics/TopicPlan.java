package io.yardmaster.app.topics;

import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What the topics shall be like that are made.
 *
 * @param lanePartitions of each of the three lanes, 1 or more
 * @param dispatchPartitions so many execution managers can work at once, 1 or more
 * @param replication copies of each topic; empty: as many as the brokers make by default
 */
public record TopicPlan(TopicNames names, int lanePartitions, int dispatchPartitions, Optional<Short> replication) {
    /** One lane partition is one rotation, so the order of decisions is strict. */
    public static final int DEFAULT_LANE_PARTITIONS = 1;

    public static final int DEFAULT_DISPATCH_PARTITIONS = 16;

    public static TopicPlan defaults(TopicNames names) {
        return new TopicPlan(names, DEFAULT_LANE_PARTITIONS, DEFAULT_DISPATCH_PARTITIONS, Optional.empty());
    }

    List<NewTopic> topics() {
        Stream<NewTopic> lanes = lanes(names).stream().map(name -> topic(name, lanePartitions));
        Stream<NewTopic> others = Stream.of(
                topic(names.of(Topic.DISPATCH), dispatchPartitions),
                topic(names.deadLetter(), 1),
                topic(names.of(Topic.SESSIONS), 1)
                        .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
        return Stream.concat(lanes, others).toList();
    }

    static List<String> lanes(TopicNames names) {
        return List.of(names.of(Topic.READY), names.of(Topic.COMMIT), names.of(Topic.CLEANUP));
    }

    static List<String> all(TopicNames names) {
        return defaults(names).topics().stream().map(NewTopic::name).toList();
    }

    private NewTopic topic(String name, int partitions) {
        return new NewTopic(name, Optional.of(partitions), replication);
    }
}
