package io.yardmaster.bench.load;

import io.yardmaster.bench.BenchException;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of one round; the names of a round's topics and groups begin with the round's name. */
public final class BenchTopics implements AutoCloseable {
    private static final short ONE_REPLICA = 1;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(30);

    private final Admin admin;
    private final String round;
    private final TopicNames names;

    /**
     * Creates the topics.
     *
     * @param partitions of the lanes and of dispatch
     */
    public BenchTopics(Admin admin, String round, int partitions) {
        this(admin, round, partitions, partitions, Map.of());
    }

    /**
     * Creates the topics.
     *
     * @param configs of the lanes, of graphs, of commands and of dispatch
     */
    public BenchTopics(
            Admin admin, String round, int lanePartitions, int dispatchPartitions, Map<String, String> configs) {
        this.admin = admin;
        this.round = round;
        this.names = TopicNames.from(settings());
        List<NewTopic> topics = Stream.concat(
                        Stream.of(Topic.READY, Topic.COMMIT, Topic.CLEANUP, Topic.GRAPHS)
                                .map(topic ->
                                        new NewTopic(names.of(topic), lanePartitions, ONE_REPLICA).configs(configs)),
                        Stream.of(
                                new NewTopic(names.of(Topic.DISPATCH), dispatchPartitions, ONE_REPLICA)
                                        .configs(configs),
                                new NewTopic(names.of(Topic.COMMANDS), lanePartitions, ONE_REPLICA).configs(configs),
                                new NewTopic(names.of(Topic.OUTCOMES), lanePartitions, ONE_REPLICA),
                                new NewTopic(names.of(Topic.EVENTS), lanePartitions, ONE_REPLICA),
                                new NewTopic(names.of(Topic.KILLS), 1, ONE_REPLICA),
                                new NewTopic(names.of(Topic.HOSTS), lanePartitions, ONE_REPLICA),
                                new NewTopic(names.of(Topic.OFFERS), lanePartitions, ONE_REPLICA),
                                new NewTopic(names.deadLetter(), 1, ONE_REPLICA),
                                compacted(Topic.SESSIONS),
                                compacted(Topic.SHARES),
                                compacted(Topic.POLICY)))
                .toList();
        try {
            admin.createTopics(topics).all().get();
            awaitKnown(topics.stream().map(NewTopic::name).toList(), this::unknown, KNOWN_WITHIN);
        } catch (ExecutionException | InterruptedException e) {
            throw failed("created", e);
        }
    }

    /** Creates one more topic, of one partition, and returns its name. */
    public String createOther(String id) {
        return create(new NewTopic(round + "." + id, 1, ONE_REPLICA));
    }

    /** Creates the topic of a pool's assignments, and returns its name. */
    public String createPool(String pool, int partitions) {
        return create(new NewTopic(names.dispatch(pool), partitions, ONE_REPLICA));
    }

    private String create(NewTopic topic) {
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException | InterruptedException e) {
            throw failed("created", e);
        }
        awaitKnown(List.of(topic.name()), this::unknown, KNOWN_WITHIN);
        return topic.name();
    }

    private NewTopic compacted(Topic<?> topic) {
        return new NewTopic(names.of(topic), 1, ONE_REPLICA).configs(Map.of("cleanup.policy", "compact"));
    }

    /**
     * The broker learns of new topics a moment after they were created.
     *
     * @param unknown those of the given topics that the broker does not know yet
     * @throws BenchException that names the topics still unknown after {@code limit}
     */
    static void awaitKnown(List<String> topics, UnaryOperator<List<String>> unknown, Duration limit) {
        long start = System.nanoTime();
        List<String> missing = unknown.apply(topics);
        while (!missing.isEmpty()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new BenchException("the broker has created topics that it does not know %s ms later: %s"
                        .formatted(limit.toMillis(), String.join(", ", missing)));
            }
            LockSupport.parkNanos(LOOK_NANOS);
            missing = unknown.apply(missing);
        }
    }

    private List<String> unknown(List<String> topics) {
        List<String> missing = new ArrayList<>();
        admin.describeTopics(topics).topicNameValues().forEach((topic, description) -> {
            try {
                description.get();
            } catch (ExecutionException | InterruptedException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw failed("created", e);
                }
                missing.add(topic);
            }
        });
        return missing;
    }

    /** The settings that lead a scheduler to these topics. */
    public Map<String, String> settings() {
        return Map.of(TopicNames.PREFIX_SETTING, round + ".", "kafka.application.id", round, "dispatch.group", group());
    }

    public String group() {
        return round + "-fleet";
    }

    public String ready() {
        return names.of(Topic.READY);
    }

    public String commands() {
        return names.of(Topic.COMMANDS);
    }

    public String graphs() {
        return names.of(Topic.GRAPHS);
    }

    public String outcomes() {
        return names.of(Topic.OUTCOMES);
    }

    public String events() {
        return names.of(Topic.EVENTS);
    }

    public String kills() {
        return names.of(Topic.KILLS);
    }

    public String hosts() {
        return names.of(Topic.HOSTS);
    }

    public String policy() {
        return names.of(Topic.POLICY);
    }

    public String dispatch() {
        return names.of(Topic.DISPATCH);
    }

    public List<String> changelogs() {
        return all().stream().filter(name -> name.endsWith("-changelog")).toList();
    }

    /** The sum of the end offsets of all changelogs; records and commit markers take offsets. */
    public long changelogOffsets() {
        try {
            var descriptions =
                    admin.describeTopics(changelogs()).allTopicNames().get();
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            descriptions.forEach((name, description) -> description
                    .partitions()
                    .forEach(partition ->
                            latest.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
            return admin.listOffsets(latest).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        } catch (ExecutionException | InterruptedException e) {
            throw failed("looked up", e);
        }
    }

    /**
     * Waits until an application has taken in and committed this many records of the ready topic's only partition.
     *
     * @throws BenchException if it has not after {@code patience}
     */
    public void awaitTakenIn(long events, Duration patience) {
        await(new TopicPartition(ready(), 0), events, "events", patience);
    }

    /** Waits, in the same way, for this many records of the outcomes topic's only partition. */
    public void awaitOutcomesRead(long count, Duration patience) {
        await(new TopicPartition(outcomes(), 0), count, "outcomes", patience);
    }

    /** Waits, in the same way, for this many records of the only partition of the topic of graphs. */
    public void awaitGraphsRead(long count, Duration patience) {
        await(new TopicPartition(graphs(), 0), count, "graphs", patience);
    }

    private void await(TopicPartition partition, long records, String what, Duration patience) {
        long start = System.nanoTime();
        while (takenIn(partition) < records) {
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new BenchException("%s: %s of %s %s were taken in within %s s"
                        .formatted(round, takenIn(partition), records, what, patience.toSeconds()));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    public String round() {
        return round;
    }

    /** The client id of the member of the application's group that has the ready topic's only partition. */
    public String ownerOfReady() {
        TopicPartition partition = new TopicPartition(ready(), 0);
        try {
            return admin.describeConsumerGroups(List.of(round)).all().get().get(round).members().stream()
                    .filter(member -> member.assignment().topicPartitions().contains(partition))
                    .findFirst()
                    .orElseThrow(() -> new BenchException(round + ": nobody has " + partition))
                    .clientId();
        } catch (ExecutionException | InterruptedException e) {
            throw failed("looked up", e);
        }
    }

    private long takenIn(TopicPartition partition) {
        try {
            OffsetAndMetadata offset = admin.listConsumerGroupOffsets(round)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(partition);
            return offset == null ? 0 : offset.offset();
        } catch (ExecutionException | InterruptedException e) {
            throw failed("looked up", e);
        }
    }

    private List<String> all() {
        try {
            return admin.listTopics().names().get().stream()
                    .filter(name -> name.startsWith(round + ".") || name.startsWith(round + "-"))
                    .collect(Collectors.toList());
        } catch (ExecutionException | InterruptedException e) {
            throw failed("listed", e);
        }
    }

    private BenchException failed(String what, Exception cause) {
        return new BenchException("the topics of " + round + " cannot be " + what + ": " + cause.getMessage(), cause);
    }

    /** Deletes them, with the changelogs that Streams made. */
    @Override
    public void close() {
        try {
            admin.deleteTopics(all()).all().get();
        } catch (ExecutionException | InterruptedException e) {
            throw failed("deleted", e);
        }
    }
}
