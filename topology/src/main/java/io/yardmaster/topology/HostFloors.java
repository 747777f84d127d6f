package io.yardmaster.topology;

import io.yardmaster.core.placement.PlacementView;
import io.yardmaster.core.placement.TaskRef;
import io.yardmaster.schemas.TopicNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out up to where no host needs the assignments in the dispatch topics of the pools of one partition, since hosts commit nothing. It
 * asks for the end of a topic's partition, and then notes the tasks that have places on the hosts there: all assignments before that end that a host may still
 * need are theirs. When all of these have ended, or have lost their places, it asks again, to see that this is the same topic still. Then
 * that end is the floor of the partition, which belongs into the next transaction: if it commits, nobody else was the owner of these pools since the end was
 * asked for, and so nobody else placed anything before it. See decision 26. Used by one stream thread.
 */
final class HostFloors {
    /**
     * The end of a partition.
     *
     * @param topic the id of its topic, as another one may be made under the same name
     */
    record End(Uuid topic, long offset) {}

    /** Asks for ends of partitions, beside the calling thread. */
    interface Ends {
        /** Knows no ends, so that assignments are kept for ever. */
        Ends NONE = partitions -> CompletableFuture.completedFuture(Map.of());

        /** The ends of these partitions; absent are those that cannot be told now, and those of which the scheduler may commit no offset. */
        CompletableFuture<Map<TopicPartition, End>> of(Set<TopicPartition> partitions);
    }

    /** The number of partitions that are asked about at once. */
    static final int MOST_ASKED = 16;
    /** After this time all partitions are asked about again, since Kafka forgets offsets in topics that a group does not read. */
    static final Duration RENEWAL = Duration.ofHours(12);

    private static final Logger LOG = LoggerFactory.getLogger(HostFloors.class);

    private final TopicNames topics;
    private final ToIntFunction<String> partitions;
    private final Ends ends;
    private final long intervalMs;
    /** The pools of which all partitions were asked about, or are in {@link #written}. */
    private final Set<String> known = new HashSet<>();
    /** The partitions in which something is written in the present transaction, whose marker comes behind it. */
    private final Set<Place> fresh = new LinkedHashSet<>();
    /** The partitions in which something may have been written since they were asked about, the oldest first. */
    private final Set<Place> written = new LinkedHashSet<>();
    /** The partitions whose ends were read, until the tasks that had places then have ended. */
    private final Map<Place, Noted> noted = new LinkedHashMap<>();

    private final Map<TopicPartition, Long> found = new HashMap<>();
    private List<Place> asked = List.of();
    private CompletableFuture<Map<TopicPartition, End>> answer = CompletableFuture.completedFuture(Map.of());
    private long lookedAt = Long.MIN_VALUE / 2;
    private long renewedAt = Long.MIN_VALUE / 2;

    private record Place(String pool, int partition) {}

    private record Noted(End end, Set<TaskRef> open) {}

    /**
     * Knows no floors.
     *
     * @param partitions the number of partitions of a pool's topic; 0 while it is not known
     * @param interval between two looks
     */
    HostFloors(TopicNames topics, ToIntFunction<String> partitions, Ends ends, Duration interval) {
        this.topics = topics;
        this.partitions = partitions;
        this.ends = ends;
        this.intervalMs = interval.toMillis();
    }

    private TopicPartition topicPartition(Place place) {
        return new TopicPartition(topics.dispatch(place.pool()), place.partition());
    }

    /** Something is written into a partition of a pool's topic; at least once in a transaction. */
    void wrote(String pool, int partition) {
        fresh.add(new Place(pool, partition));
    }

    /**
     * Goes one step on, if it is time.
     *
     * @param placed the pools as they are now
     * @param now in ms, by a clock that only goes forward
     */
    void look(PlacementView placed, long now) {
        if (ends == Ends.NONE || now - lookedAt < intervalMs) {
            return;
        }
        lookedAt = now;
        noted.forEach(
                (place, each) -> each.open().removeIf(task -> !placed.isPlaced(place.pool(), task, place.partition())));
        if (answer.isDone()) {
            takeAnswers(placed);
            forget(placed, now);
            ask();
        }
    }

    private void takeAnswers(PlacementView placed) {
        Map<TopicPartition, End> answers = answers();
        Map<String, Set<Integer>> numbers = new HashMap<>();
        asked.forEach(place ->
                numbers.computeIfAbsent(place.pool(), pool -> new HashSet<>()).add(place.partition()));
        Map<String, Map<Integer, Set<TaskRef>>> open = new HashMap<>();
        numbers.forEach((pool, some) -> open.put(pool, placed.placed(pool, some)));
        for (Place place : asked) {
            Noted before = noted.remove(place);
            End end = answers.get(topicPartition(place));
            if (end == null) {
                written.add(place);
            } else {
                answered(place, end, before, open.get(place.pool()).getOrDefault(place.partition(), Set.of()));
            }
        }
        asked = List.of();
    }

    private Map<TopicPartition, End> answers() {
        try {
            return answer.join();
        } catch (CompletionException e) {
            LOG.debug("the ends of {} are asked for again", asked, e);
            return Map.of();
        }
    }

    /**
     * The end of a partition was read.
     *
     * @param before an earlier end, if all tasks have ended that had places then; else null
     * @param open the tasks that have places now
     */
    private void answered(Place place, End end, Noted before, Set<TaskRef> open) {
        if (open.isEmpty()) {
            found(place, end);
        } else if (before == null) {
            noted.put(place, new Noted(end, new HashSet<>(open)));
        } else {
            boolean isSame = before.end().topic().equals(end.topic());
            if (isSame) {
                found(place, before.end());
            }
            if (!isSame || end.offset() > before.end().offset()) {
                // Behind others, so that each has its turn.
                written.add(place);
            }
        }
    }

    private void found(Place place, End end) {
        if (end.offset() > 0) {
            found.put(topicPartition(place), end.offset());
        }
    }

    /** Forgets pools that are not here any more, and has all partitions of new ones asked about. */
    private void forget(PlacementView placed, long now) {
        if (now - renewedAt >= RENEWAL.toMillis()) {
            renewedAt = now;
            known.clear();
        }
        Set<String> pools = placed.names();
        known.retainAll(pools);
        written.removeIf(place -> !pools.contains(place.pool()));
        noted.keySet().removeIf(place -> !pools.contains(place.pool()));
        for (String pool : pools) {
            int count = partitions.applyAsInt(pool);
            if (count > 0 && known.add(pool)) {
                IntStream.range(0, count).forEach(partition -> written.add(new Place(pool, partition)));
            }
        }
    }

    /** Asks about partitions whose tasks have ended, and those that have waited longest of which nothing is noted. */
    private void ask() {
        Stream<Place> over = noted.entrySet().stream()
                .filter(each -> each.getValue().open().isEmpty())
                .map(Map.Entry::getKey);
        asked = Stream.concat(over, written.stream().filter(place -> !noted.containsKey(place)))
                .filter(place -> place.partition() < partitions.applyAsInt(place.pool()))
                .limit(MOST_ASKED)
                .toList();
        if (!asked.isEmpty()) {
            asked.forEach(written::remove);
            answer = ends.of(asked.stream().map(this::topicPartition).collect(Collectors.toSet()));
        }
    }

    /** The floors that were found since the last call, at the end of a transaction all of whose records are written. */
    Map<TopicPartition, Long> take() {
        written.addAll(fresh);
        fresh.clear();
        Map<TopicPartition, Long> taken = Map.copyOf(found);
        found.clear();
        return taken;
    }
}
