package io.yardmaster.topology;

import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.Share;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.topology.config.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;

/**
 * Kafka in a {@link Simulation}: lanes, changelogs, the dispatch, sessions and shares topics, and the owners of the
 * shards.
 */
final class SimulatedBroker {
    /** Number of lanes. */
    static final int LANES = 3;

    static final int GRAPHS = 3;
    static final int COMMANDS = 4;
    static final int OUTCOMES = 5;
    /** Number of topics that each shard reads. */
    static final int INPUTS = 6;

    private final List<List<List<SpecificRecord>>> inputs = new ArrayList<>();
    private final int[][] committed;
    private final List<TreeMap<Bytes, byte[]>> changelogs = new ArrayList<>();
    private final int[] generations;
    private final List<SimulatedPartition> partitions;
    private final List<SimulatedTransaction> undecided = new ArrayList<>();
    private final List<SimulatedTransaction> unmarked = new ArrayList<>();
    private final BiConsumer<Integer, SimulatedTransaction.ShardWork> whenCommitted;
    final List<Long> sessions = new ArrayList<>();
    final List<Share> shares = new ArrayList<>();
    final List<SimulatedPolicy.Entry> policies = new ArrayList<>();
    final List<TaskAssignment> dispatched = new ArrayList<>();
    /** The ids of assignments of which execution managers have written an outcome. */
    private final Set<Long> ended = new HashSet<>();
    /** The assignments that execution managers have ended without one. */
    private final Map<Long, TaskAssignment> unreported = new TreeMap<>();

    /** @param whenCommitted gets each shard of a committed transaction with the work done there */
    SimulatedBroker(
            int shards, int dispatchPartitions, BiConsumer<Integer, SimulatedTransaction.ShardWork> whenCommitted) {
        this.whenCommitted = whenCommitted;
        committed = new int[shards][INPUTS];
        generations = new int[shards];
        for (int shard = 0; shard < shards; shard++) {
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

    int shards() {
        return generations.length;
    }

    void send(int shard, int input, SpecificRecord event) {
        inputs.get(shard).get(input).add(event);
    }

    /** An execution manager writes the outcome of an assignment. */
    void report(int shard, TaskOutcome outcome) {
        ended.add(outcome.getAssignmentId());
        send(shard, OUTCOMES, outcome);
    }

    /** An execution manager knows a newer session, and does nothing. */
    void fence(TaskAssignment assignment) {
        ended.add(assignment.getAssignmentId());
    }

    /** An execution manager has ended an assignment, and tells nobody. */
    void endSilently(TaskAssignment assignment) {
        ended.add(assignment.getAssignmentId());
        unreported.put(assignment.getAssignmentId(), assignment);
    }

    boolean isUnreported(long assignment) {
        return unreported.containsKey(assignment);
    }

    /** The ids of those of the tasks of an event that execution managers have ended without an outcome. */
    LongStream unreported(JobEvent event) {
        return unreported.values().stream()
                .filter(made -> made.getJobId() == event.getJobId()
                        && made.getSessionId() == event.getSessionId()
                        && made.getAttempt() == event.getAttempt()
                        && isOf(made, event))
                .mapToLong(TaskAssignment::getAssignmentId);
    }

    private static boolean isOf(TaskAssignment made, JobEvent event) {
        return made.getKind() == TaskKind.TASK
                ? made.getTaskIndex() >= event.getFirstTask()
                        && made.getTaskIndex() < event.getFirstTask() + event.getTasks()
                : event.getReason().equals(Labels.of(made.getKind()) + " task");
    }

    boolean hasEnded(long assignment) {
        return ended.contains(assignment);
    }

    List<SpecificRecord> input(int shard, int input) {
        return inputs.get(shard).get(input);
    }

    int[] committed(int shard) {
        return committed[shard].clone();
    }

    Map<Bytes, byte[]> changelog(int shard) {
        return changelogs.get(shard);
    }

    List<SimulatedPartition> partitions() {
        return partitions;
    }

    /** The group coordinator gives the shard to an instance; an older owner can commit nothing more. */
    int assign(int shard) {
        return ++generations[shard];
    }

    boolean isCurrent(int shard, int generation) {
        return generations[shard] == generation;
    }

    /** True if a new owner may begin: it waits for offsets that are in a transaction. */
    boolean isSettled(int shard) {
        return undecided.stream()
                .noneMatch(open -> open.state == SimulatedTransaction.State.PREPARED && open.shards.containsKey(shard));
    }

    SimulatedTransaction begin() {
        SimulatedTransaction transaction = new SimulatedTransaction();
        undecided.add(transaction);
        return transaction;
    }

    boolean isFenced(SimulatedTransaction transaction) {
        return transaction.shards.entrySet().stream()
                .anyMatch(shard -> generations[shard.getKey()] != shard.getValue().generation);
    }

    /** Takes the offsets into the transaction; false if its instance no longer owns the shards. */
    boolean prepare(SimulatedTransaction transaction) {
        if (transaction.state != SimulatedTransaction.State.OPEN || isFenced(transaction)) {
            return false;
        }
        transaction.state = SimulatedTransaction.State.PREPARED;
        return true;
    }

    void commit(SimulatedTransaction transaction) {
        transaction.shards.forEach((shard, work) -> {
            for (int input = 0; input < INPUTS; input++) {
                committed[shard][input] += work.processed[input];
            }
            work.changes.forEach((key, value) -> {
                if (value == null) {
                    changelogs.get(shard).remove(key);
                } else {
                    changelogs.get(shard).put(key, value);
                }
            });
            whenCommitted.accept(shard, work);
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
        return IntStream.range(0, shards())
                .allMatch(shard -> Arrays.equals(
                        committed[shard],
                        inputs.get(shard).stream().mapToInt(List::size).toArray()));
    }

    /** The latest share of each shard. */
    Collection<Share> latestShares() {
        Map<Integer, Share> latest = new TreeMap<>();
        shares.forEach(share -> latest.put(share.getPartition(), share));
        return latest.values();
    }

    /** Outstanding assignments, without those that have an outcome: committed ones, and those of transactions that can still be committed. */
    List<String> outstanding() {
        List<String> outstanding = new ArrayList<>();
        for (SimulatedPartition partition : partitions) {
            partition.outstanding((assignment, transaction) -> {
                boolean counts =
                        switch (transaction.state) {
                            case COMMITTED, PREPARED -> true;
                            case OPEN -> !isFenced(transaction);
                            case ABORTED -> false;
                        };
                if (counts && !hasEnded(assignment.getAssignmentId())) {
                    outstanding.add("%s of shard %d"
                            .formatted(
                                    transaction.state,
                                    new AssignmentIds(shards()).shardOf(assignment.getAssignmentId())));
                }
            });
        }
        return outstanding;
    }
}
