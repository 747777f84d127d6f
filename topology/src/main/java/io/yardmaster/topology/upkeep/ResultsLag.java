package io.yardmaster.topology.upkeep;

import io.yardmaster.schemas.ResultsPlace;
import io.yardmaster.schemas.Topic;
import io.yardmaster.topology.config.SchedulerConfig;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks how far the connectors are that write outcomes and events to databases: at the offsets of their groups, and at what they left
 * beside them. A connector, its worker and its database may all be away meanwhile.
 */
final class ResultsLag {
    private static final Logger LOG = LoggerFactory.getLogger(ResultsLag.class);
    private static final long MS_PER_SECOND = 1_000;

    /** The markers of the last transactions take offsets, which a connector has passed only when it has read a record behind them. */
    private static final long MARKERS = 10;

    private final Admin admin;
    private final TakenPositions positions;
    private final Set<String> groups;
    private final String events;
    private final List<String> topics;
    private final LongSupplier wallClock;
    private final Map<Place, Look> looks = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private volatile Map<String, ResultsFigures> figures = Map.of();

    ResultsLag(Admin admin, TakenPositions positions, SchedulerConfig config, LongSupplier wallClock) {
        this.admin = admin;
        this.positions = positions;
        this.groups = config.resultsGroups();
        this.events = config.topics().of(Topic.EVENTS);
        this.topics = List.of(config.topics().of(Topic.OUTCOMES), events);
        this.wallClock = wallClock;
    }

    private record Place(String group, TopicPartition partition) {}

    /**
     * The last look at a place.
     *
     * @param end the end of the partition
     * @param hadAllAt when the group was seen with all that had been there at the look before
     */
    private record Look(long end, long hadAllAt) {}

    /** The topics that the figures are of. */
    List<String> topics() {
        return topics;
    }

    /** The figures of a topic, as of the latest check. */
    ResultsFigures of(String topic) {
        return figures.getOrDefault(topic, ResultsFigures.NONE);
    }

    void check() throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, ResultsFigures> worst = new HashMap<>();
        for (String group : groups) {
            Map<TopicPartition, OffsetAndMetadata> written = written(group);
            Map<TopicPartition, Long> ends =
                    written.isEmpty() ? Map.of() : positions.offsets(written.keySet(), OffsetSpec.latest());
            for (String topic : topics) {
                worst.merge(topic, figures(group, topic, written, ends), ResultsFigures::worst);
            }
        }
        figures = Map.copyOf(worst);
    }

    private Map<TopicPartition, OffsetAndMetadata> written(String group)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetAndMetadata> written = new HashMap<>();
        try {
            TakenPositions.answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                    .forEach((partition, offset) -> {
                        if (offset != null && topics.contains(partition.topic())) {
                            written.put(partition, offset);
                        }
                    });
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupAuthorizationException)) {
                throw e;
            }
            if (refused.add(group)) {
                LOG.info("no metrics of results: this user may not DESCRIBE group {}", group);
            }
        }
        return written;
    }

    private ResultsFigures figures(
            String group,
            String topic,
            Map<TopicPartition, OffsetAndMetadata> written,
            Map<TopicPartition, Long> ends) {
        long now = wallClock.getAsLong();
        long lag = 0;
        long late = 0;
        long lost = 0;
        for (Map.Entry<TopicPartition, OffsetAndMetadata> entry : written.entrySet()) {
            TopicPartition partition = entry.getKey();
            if (partition.topic().equals(topic) && ends.getOrDefault(partition, -1L) >= 0) {
                long offset = entry.getValue().offset();
                long end = ends.get(partition);
                lag += Math.max(0, end - offset);
                late = Math.max(late, now - hadAllAt(new Place(group, partition), offset, end, now));
                lost += ResultsPlace.lost(entry.getValue().metadata());
            }
        }
        return new ResultsFigures(lag, late / MS_PER_SECOND, lost);
    }

    private long hadAllAt(Place place, long offset, long end, long now) {
        long slack = place.partition().topic().equals(events) ? MARKERS : 0;
        Look before = looks.get(place);
        boolean hasAll = offset + slack >= end;
        boolean moves = before == null || offset + slack >= before.end();
        Look look = new Look(end, hasAll || moves ? now : Math.min(now, before.hadAllAt()));
        looks.put(place, look);
        return hasAll ? now : look.hadAllAt();
    }
}
