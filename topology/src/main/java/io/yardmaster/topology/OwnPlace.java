package io.yardmaster.topology;

import io.yardmaster.schemas.Topic;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.window.TopicOffsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure, before anything is read, that the scheduler's own group has offsets in all that stream tasks read once: the lanes,
 * graphs, commands, outcomes and offers. A new scheduler begins at their beginning, and so does one in topics that are new to it.
 * One that has state but no offset where it had one has lost it and is refused: it would read old events again, and dispatch again the
 * tasks that it has forgotten since.
 */
final class OwnPlace {
    private static final Logger LOG = LoggerFactory.getLogger(OwnPlace.class);
    private static final long REQUEST_SECONDS = 30;

    /**
     * The topics that versions have added to the lanes, in this order. A version that knows one has given offsets to every
     * partition of those before it.
     */
    private static final List<Topic<?>> ADDED = List.of(Topic.COMMANDS, Topic.OUTCOMES, Topic.GRAPHS, Topic.OFFERS);

    private static final int MOST_NAMED = 10;

    private final Admin admin;
    private final SchedulerConfig config;
    private final List<String> lanes;
    private final Set<TopicPartition> partitions;

    /**
     * The caller closes the admin client.
     *
     * @param offers number of partitions of the topic of offers; 0 if it is not read
     */
    OwnPlace(Admin admin, SchedulerConfig config, int shards, int offers) {
        this.admin = admin;
        this.config = config;
        lanes = names(Topic.OF_SHARDS);
        partitions = Stream.concat(
                        lanes.stream().flatMap(lane -> partitions(lane, shards)),
                        partitions(config.topics().of(Topic.OFFERS), offers))
                .collect(Collectors.toSet());
    }

    private static Stream<TopicPartition> partitions(String topic, int count) {
        return IntStream.range(0, count).mapToObj(partition -> new TopicPartition(topic, partition));
    }

    private List<String> names(List<Topic<?>> topics) {
        return topics.stream().map(config.topics()::of).toList();
    }

    /**
     * Commits offsets for the partitions that have none.
     *
     * @param used true if there is state of this scheduler already
     * @param read names of topics to which an earlier start is known to have given offsets
     * @return the topics of which each partition has an offset now; empty if other instances, which are at work, see to that
     * @throws SetupException if offsets are lost
     * @throws SchedulerException if Kafka does not answer
     */
    Set<String> ensure(boolean used, Set<String> read) {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = answer(
                    admin.listConsumerGroupOffsets(config.applicationId()).partitionsToOffsetAndMetadata());
            Map<Boolean, Set<TopicPartition>> byOffset = partitions.stream()
                    .collect(Collectors.partitioningBy(
                            partition -> committed.get(partition) != null, Collectors.toSet()));
            Set<TopicPartition> without = byOffset.get(false);
            if (!without.isEmpty()) {
                Map<TopicPartition, Long> starts = offsets(without, OffsetSpec.earliest());
                if (used) {
                    refuseLost(starts, had(topics(byOffset.get(true)), read));
                }
                if (!begin(starts)) {
                    return Set.of();
                }
            }
            return topics(partitions);
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (TimeoutException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SchedulerException("interrupted while starting", e);
        }
    }

    /** The topics of which every partition had an offset at some time. */
    private Set<String> had(Set<String> haveSome, Set<String> read) {
        Set<String> had = new HashSet<>(read);
        List<String> added = names(ADDED);
        int known = added.size();
        while (known > 0 && !haveSome.contains(added.get(known - 1))) {
            known--;
        }
        if (Collections.disjoint(haveSome, lanes)) {
            // There is no state without an event that was read.
            had.addAll(lanes);
        } else if (known > 0) {
            lanes.stream().filter(lane -> !added.contains(lane)).forEach(had::add);
            had.addAll(added.subList(0, known));
        }
        String offers = config.topics().of(Topic.OFFERS);
        // Without offers there may be no permission to look that changelog up.
        if (topics(partitions).contains(offers)
                && new TopicLookup(admin).id(Names.placementChangelog(config)).isPresent()) {
            had.add(offers);
        }
        return had;
    }

    /** @param starts the beginnings of the partitions without offsets */
    private void refuseLost(Map<TopicPartition, Long> starts, Set<String> had)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, Long> ends = offsets(starts.keySet(), OffsetSpec.latest());
        Map<Boolean, List<TopicPartition>> full = starts.keySet().stream()
                .filter(partition -> !starts.get(partition).equals(ends.get(partition)))
                .collect(Collectors.partitioningBy(partition -> had.contains(partition.topic())));
        if (!full.get(true).isEmpty()) {
            throw new SetupException(lost(full.get(true), starts.keySet()));
        }
        if (!full.get(false).isEmpty()) {
            LOG.warn(
                    "group {} has no offsets in {}, which is taken for new, and is read from its beginning",
                    config.applicationId(),
                    String.join(", ", named(full.get(false))));
        }
    }

    private String lost(List<TopicPartition> lost, Set<TopicPartition> without) {
        boolean isAll = partitions.stream()
                .filter(partition -> lanes.contains(partition.topic()))
                .allMatch(without::contains);
        List<String> named = named(lost);
        return ("group %s has no offsets in %s, although there is state of it in topic %s: they were deleted, or"
                        + " have expired, and all that is still there would be read, and dispatched, again. Say where it was"
                        + " (kafka-consumer-groups.sh --group %s --reset-offsets --to-latest --execute, with %s,"
                        + " if it had read everything), and start again")
                .formatted(
                        config.applicationId(),
                        isAll ? "the lanes" : String.join(", ", named),
                        Names.changelog(config),
                        config.applicationId(),
                        isAll ? "--topic for each lane" : "--topic " + String.join(" --topic ", named));
    }

    /** The partitions of each topic, as Kafka's tools want them. */
    private static List<String> named(List<TopicPartition> some) {
        Map<String, List<Integer>> byTopic = some.stream()
                .collect(Collectors.groupingBy(
                        TopicPartition::topic,
                        TreeMap::new,
                        Collectors.mapping(TopicPartition::partition, Collectors.toList())));
        return byTopic.entrySet().stream()
                .map(topic -> topic.getKey() + ":"
                        + topic.getValue().stream()
                                .sorted()
                                .limit(MOST_NAMED)
                                .map(String::valueOf)
                                .collect(Collectors.joining(","))
                        + (topic.getValue().size() > MOST_NAMED ? "…" : ""))
                .toList();
    }

    private static Set<String> topics(Set<TopicPartition> of) {
        return of.stream().map(TopicPartition::topic).collect(Collectors.toSet());
    }

    /** Returns false if other instances are at work already, so that the group has its offsets. */
    private boolean begin(Map<TopicPartition, Long> starts)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        starts.forEach((partition, start) -> offsets.put(partition, new OffsetAndMetadata(start)));
        try {
            answer(admin.alterConsumerGroupOffsets(config.applicationId(), offsets)
                    .all());
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownMemberIdException) {
                return false;
            }
            throw e;
        }
    }

    private Map<TopicPartition, Long> offsets(Set<TopicPartition> of, OffsetSpec which)
            throws ExecutionException, InterruptedException, TimeoutException {
        return TopicOffsets.of(admin, of, which, IsolationLevel.READ_UNCOMMITTED, REQUEST_SECONDS);
    }

    private static <T> T answer(KafkaFuture<T> asked)
            throws ExecutionException, InterruptedException, TimeoutException {
        return asked.get(REQUEST_SECONDS, TimeUnit.SECONDS);
    }

    private SchedulerException failed(Throwable why) {
        return new SchedulerException(
                "the offsets of group " + config.applicationId() + " cannot be looked up: " + why.getMessage(), why);
    }
}
