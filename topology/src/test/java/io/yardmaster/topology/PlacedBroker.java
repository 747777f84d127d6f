package io.yardmaster.topology;

import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.Kill;
import io.yardmaster.schemas.Offer;
import io.yardmaster.schemas.Session;
import io.yardmaster.schemas.Share;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskOutcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Kafka in a {@link PlacedSimulation}: the topics that shards, placement and hosts read, changelogs, and the owners of stream tasks. A
 * transaction is visible as a whole when it is committed.
 */
final class PlacedBroker {
    /** The inputs of a shard. */
    static final int CLEANUP = 0;

    static final int GRAPHS = 1;
    static final int COMMANDS = 2;
    static final int OUTCOMES = 3;

    /** The inputs of placement. */
    static final int HOSTS = 0;

    static final int OFFERS = 1;

    static final int INPUTS = 4;
    /** The partitions of each pool's dispatch topic. */
    static final int HOST_PARTITIONS = 2;

    /** A record of an input, and when it was written. */
    record Written(SpecificRecord value, long at) {}

    /** A record of a pool's dispatch topic, whose value is null if it tells a host that its incarnation is over. */
    record Placed(Headers headers, TaskAssignment value) {}

    final int shards;
    final int placements;
    private final List<List<List<Written>>> inputs;
    private final List<TreeMap<Bytes, byte[]>> changelogs;
    private final int[][] committed;
    private final int[] generations;
    private final Map<String, List<List<Placed>>> dispatched = new HashMap<>();
    private final Consumer<PlacedTransaction> whenCommitted;
    private final Map<List<Object>, Long> floors = new HashMap<>();
    final List<Long> sessions = new ArrayList<>();
    final List<Share> shares = new ArrayList<>();
    final List<Kill> kills = new ArrayList<>();
    final List<JobEvent> events = new ArrayList<>();
    /** Keys and values of the policy topic. */
    final List<Map.Entry<byte[], byte[]>> policy = new ArrayList<>();

    PlacedBroker(int shards, int placements, Consumer<PlacedTransaction> whenCommitted) {
        this.shards = shards;
        this.placements = placements;
        this.whenCommitted = whenCommitted;
        int tasks = shards + placements;
        committed = new int[tasks][INPUTS];
        generations = new int[tasks];
        changelogs = IntStream.range(0, tasks)
                .mapToObj(task -> new TreeMap<Bytes, byte[]>())
                .toList();
        inputs = IntStream.range(0, tasks)
                .mapToObj(task -> lists(INPUTS, Written.class))
                .toList();
    }

    @SuppressWarnings("UnusedVariable") // names the type
    private static <T> List<List<T>> lists(int number, Class<T> type) {
        return Stream.generate(() -> (List<T>) new ArrayList<T>()).limit(number).toList();
    }

    /** The number of stream tasks: the shards come first, then placement. */
    int tasks() {
        return generations.length;
    }

    boolean isPlacement(int task) {
        return task >= shards;
    }

    /** The stream task that places the tasks of a pool. */
    int placementOf(String pool) {
        return shards + JobPartition.ofKey(pool.getBytes(StandardCharsets.UTF_8), placements);
    }

    void send(int task, int input, SpecificRecord value, long at) {
        inputs.get(task).get(input).add(new Written(value, at));
    }

    List<Written> input(int task, int input) {
        return inputs.get(task).get(input);
    }

    int[] committed(int task) {
        return committed[task].clone();
    }

    Map<Bytes, byte[]> changelog(int task) {
        return changelogs.get(task);
    }

    /** Returns the assignments that the hosts of a pool read which have chosen a partition. */
    List<Placed> dispatched(String pool, int partition) {
        return dispatched
                .computeIfAbsent(pool, name -> lists(HOST_PARTITIONS, Placed.class))
                .get(partition);
    }

    /** The group coordinator gives a stream task to an instance; an older owner can commit nothing more. */
    int assign(int task) {
        return ++generations[task];
    }

    boolean isCurrent(int task, int generation) {
        return generations[task] == generation;
    }

    /** Makes all of a transaction visible; false, and nothing changes, if another instance has one of its stream tasks. */
    boolean commit(PlacedTransaction transaction, long now) {
        if (transaction.works.entrySet().stream()
                .anyMatch(work -> !isCurrent(work.getKey(), work.getValue().generation))) {
            return false;
        }
        transaction.works.forEach((task, work) -> {
            for (int input = 0; input < INPUTS; input++) {
                committed[task][input] += work.processed[input];
            }
            work.changes.forEach((key, value) -> {
                if (value == null) {
                    changelogs.get(task).remove(key);
                } else {
                    changelogs.get(task).put(key, value);
                }
            });
        });
        transaction.outputs.forEach(output -> publish(output, now));
        whenCommitted.accept(transaction);
        transaction.floors.forEach((partition, floor) ->
                floors.merge(List.of(poolOf(partition), partition.partition()), floor, Math::max));
        return true;
    }

    private static String poolOf(TopicPartition partition) {
        return partition.topic().substring(partition.topic().lastIndexOf('.') + 1);
    }

    /** The ends of partitions of pools' topics. */
    Map<TopicPartition, HostFloors.End> ends(Collection<TopicPartition> partitions) {
        Map<TopicPartition, HostFloors.End> ends = new HashMap<>();
        for (TopicPartition partition : partitions) {
            int size = dispatched(poolOf(partition), partition.partition()).size();
            ends.put(partition, new HostFloors.End(Uuid.ZERO_UUID, size));
        }
        return ends;
    }

    /** All below this offset of a partition of a pool's topic is deleted. */
    int floor(String pool, int partition) {
        return Math.toIntExact(floors.getOrDefault(List.of(pool, partition), 0L));
    }

    /** The assignments that a transaction, which is being committed, allows to delete. */
    List<TaskAssignment> freed(PlacedTransaction transaction) {
        List<TaskAssignment> freed = new ArrayList<>();
        transaction.floors.forEach((partition, floor) -> {
            String pool = poolOf(partition);
            List<Placed> all = dispatched(pool, partition.partition());
            int from = Math.min(floor(pool, partition.partition()), floor.intValue());
            all.subList(from, floor.intValue()).stream()
                    .map(Placed::value)
                    .filter(Objects::nonNull)
                    .forEach(freed::add);
        });
        return freed;
    }

    private void publish(Record<?, ?> record, long now) {
        if (record.key() instanceof PlacedKey key) {
            dispatched(poolOf(new TopicPartition(key.topic(), key.partition())), key.partition())
                    .add(new Placed(new RecordHeaders(record.headers()), (TaskAssignment) record.value()));
        } else if (record.value() instanceof Offer offer) {
            send(placementOf(offer.getPool()), OFFERS, offer, now);
        } else if (record.value() instanceof TaskOutcome outcome) {
            send(new AssignmentIds(shards).shardOf(outcome.getAssignmentId()), OUTCOMES, outcome, now);
        } else if (record.value() instanceof Kill kill) {
            kills.add(kill);
        } else if (record.value() instanceof JobEvent event) {
            events.add(event);
        } else if (record.value() instanceof Session session) {
            sessions.add(session.getSessionId());
        } else if (record.value() instanceof Share share) {
            shares.add(share);
        } else {
            throw new AssertionError("P1: a task of a pool with hosts got none: " + record);
        }
    }

    boolean isAllProcessed() {
        for (int task = 0; task < tasks(); task++) {
            for (int input = 0; input < INPUTS; input++) {
                if (committed[task][input] < input(task, input).size()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The key of a record of placement's inputs. */
    static byte[] key(String pool) {
        return pool.getBytes(StandardCharsets.UTF_8);
    }
}
