package io.yardmaster.topology;

import io.yardmaster.schemas.Share;
import io.yardmaster.schemas.TaskAssignment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;

/** What Kafka keeps: the lanes, changelogs, the dispatch topic, what the schedulers tell each other, and who owns what. */
final class SimulatedBroker {
    /** A shard is one of each of the three topics. */
    static final int INPUTS = 3;

    private final List<List<List<SpecificRecord>>> inputs = new ArrayList<>();
    private final int[][] committed;
    private final List<TreeMap<Bytes, byte[]>> changelogs = new ArrayList<>();
    private final int[] generations;
    private final List<SimulatedPartition> partitions;
    private final List<SimulatedTransaction> undecided = new ArrayList<>();
    private final List<SimulatedTransaction> unmarked = new ArrayList<>();
    private final BiConsumer<Integer, SimulatedTransaction.LaneWork> whenCommitted;
    final List<Long> sessions = new ArrayList<>();
    final List<Share> shares = new ArrayList<>();
    final List<TaskAssignment> dispatched = new ArrayList<>();

    /** @param whenCommitted is given, for each lane of a committed transaction, what was done there */
    SimulatedBroker(
            int lanes, int dispatchPartitions, BiConsumer<Integer, SimulatedTransaction.LaneWork> whenCommitted) {
        this.whenCommitted = whenCommitted;
        committed = new int[lanes][INPUTS];
        generations = new int[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            inputs.add(Stream.generate(ArrayList<SpecificRecord>::new)
                    .limit(INPUTS)
                    .<List<SpecificRecord>>map(list -> list)
                    .toList());
            changelogs.add(new TreeMap<>());
        }
        partitions = IntStream.range(0, dispatchPartitions)
                .mapToObj(partition -> new SimulatedPartition())
                .toList();
    }

    int lanes() {
        return generations.length;
    }

    void send(int lane, int input, SpecificRecord event) {
        inputs.get(lane).get(input).add(event);
    }

    List<SpecificRecord> input(int lane, int input) {
        return inputs.get(lane).get(input);
    }

    int[] committed(int lane) {
        return committed[lane].clone();
    }

    Map<Bytes, byte[]> changelog(int lane) {
        return changelogs.get(lane);
    }

    List<SimulatedPartition> partitions() {
        return partitions;
    }

    /** The group coordinator gives the lane to somebody: whoever had it can commit nothing more. */
    int assign(int lane) {
        return ++generations[lane];
    }

    boolean isCurrent(int lane, int generation) {
        return generations[lane] == generation;
    }

    /** Whether a new owner may begin: it waits for offsets that are in a transaction. */
    boolean isSettled(int lane) {
        return undecided.stream()
                .noneMatch(open -> open.state == SimulatedTransaction.State.PREPARED && open.lanes.containsKey(lane));
    }

    SimulatedTransaction begin() {
        SimulatedTransaction transaction = new SimulatedTransaction();
        undecided.add(transaction);
        return transaction;
    }

    boolean isFenced(SimulatedTransaction transaction) {
        return transaction.lanes.entrySet().stream()
                .anyMatch(lane -> generations[lane.getKey()] != lane.getValue().generation);
    }

    /** Takes the offsets into the transaction; false if it is of somebody who no longer owns the lanes. */
    boolean prepare(SimulatedTransaction transaction) {
        if (transaction.state != SimulatedTransaction.State.OPEN || isFenced(transaction)) {
            return false;
        }
        transaction.state = SimulatedTransaction.State.PREPARED;
        return true;
    }

    void commit(SimulatedTransaction transaction) {
        transaction.lanes.forEach((lane, work) -> {
            for (int input = 0; input < INPUTS; input++) {
                committed[lane][input] += work.processed[input];
            }
            work.changes.forEach((key, value) -> {
                if (value == null) {
                    changelogs.get(lane).remove(key);
                } else {
                    changelogs.get(lane).put(key, value);
                }
            });
            whenCommitted.accept(lane, work);
        });
        transaction.sessions.forEach(session -> sessions.add(session.getSessionId()));
        shares.addAll(transaction.shares);
        decide(transaction, SimulatedTransaction.State.COMMITTED);
        for (SimulatedPartition partition : transaction.partitions) {
            partition.addVisible(transaction, dispatched);
        }
    }

    void abort(SimulatedTransaction transaction) {
        if (!transaction.isDecided()) {
            decide(transaction, SimulatedTransaction.State.ABORTED);
        }
    }

    private void decide(SimulatedTransaction transaction, SimulatedTransaction.State how) {
        transaction.state = how;
        undecided.remove(transaction);
        unmarked.add(transaction);
    }

    List<SimulatedTransaction> undecided() {
        return undecided;
    }

    /** Writes one marker that is due, if there is any. */
    boolean mark() {
        while (!unmarked.isEmpty()) {
            SimulatedTransaction next = unmarked.get(0);
            for (SimulatedPartition partition : next.partitions) {
                if (partition.awaits(next)) {
                    partition.mark(next);
                    return true;
                }
            }
            unmarked.remove(0);
        }
        return false;
    }

    void markAll() {
        while (mark()) {}
    }

    boolean isAllProcessed() {
        return IntStream.range(0, lanes())
                .allMatch(lane -> Arrays.equals(
                        committed[lane],
                        inputs.get(lane).stream().mapToInt(List::size).toArray()));
    }

    /** What each partition said last. */
    Collection<Share> latestShares() {
        Map<Integer, Share> latest = new TreeMap<>();
        shares.forEach(share -> latest.put(share.getPartition(), share));
        return latest.values();
    }

    /** Assignments that are out: committed ones, and those of transactions that can still be committed. */
    List<String> outstanding() {
        List<String> out = new ArrayList<>();
        for (SimulatedPartition partition : partitions) {
            partition.out((assignment, transaction) -> {
                boolean counts =
                        switch (transaction.state) {
                            case COMMITTED, PREPARED -> true;
                            case OPEN -> !isFenced(transaction);
                            case ABORTED -> false;
                        };
                if (counts) {
                    out.add("%s of lane %d"
                            .formatted(
                                    transaction.state,
                                    new AssignmentIds(lanes()).laneOf(assignment.getAssignmentId())));
                }
            });
        }
        return out;
    }
}
