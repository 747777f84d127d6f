package io.yardmaster.client;

import io.yardmaster.client.Workers.Ended;
import io.yardmaster.client.Workers.Finished;
import io.yardmaster.client.Workers.News;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** All assignments that this execution manager has taken and not finished. Used by the poll thread only. */
final class Holdings {
    private final Map<TopicPartition, OwnedPartition> owned = new HashMap<>();
    private final Engine engine;
    private final Workers workers;
    private long knownSession = Long.MIN_VALUE;
    private long knownKills;
    private int inFlight;
    private int unwritten;

    Holdings(Engine engine) {
        this.engine = engine;
        this.workers = engine.workers();
    }

    boolean owns(TopicPartition partition) {
        return owned.containsKey(partition);
    }

    Set<TopicPartition> partitions() {
        return Set.copyOf(owned.keySet());
    }

    void own(TopicPartition partition, OffsetAndMetadata start) {
        owned.put(partition, new OwnedPartition(start));
    }

    /** Forgets the partitions; the results of their running assignments will not count. */
    void release(Collection<TopicPartition> partitions) {
        owned.keySet().removeAll(partitions);
    }

    /** The number of assignments that are not finished, also of those that run on in released partitions. */
    int inFlight() {
        return inFlight;
    }

    /** The number of those in flight that have ended and wait for the acknowledgement of their outcome. */
    int unwritten() {
        return unwritten;
    }

    /** Runs the assignment, unless nobody may run it any more or the partition's last owner has done it. */
    void take(Assignment assignment) {
        engine.fence().observe(assignment.session());
        dropVoid();
        OwnedPartition partition = owned.get(assignment.partition());
        if (!partition.tracker().take(assignment.offset())) {
            return;
        }
        Execution execution = engine.execution(assignment);
        partition.inFlight().add(execution);
        inFlight++;
        if (!dropIfVoid(execution)) {
            workers.submit(execution);
        }
    }

    void skip(TopicPartition partition, long offset) {
        CommitTracker tracker = owned.get(partition).tracker();
        if (tracker.take(offset)) {
            tracker.done(offset);
        }
    }

    /**
     * Drops waiting assignments for good that nobody may run any more, and cancels running ones, when a newer session or
     * kill is known.
     */
    void dropVoid() {
        long newest = engine.fence().newest();
        long kills = engine.kills().count();
        if (newest == knownSession && kills == knownKills) {
            return;
        }
        knownSession = newest;
        knownKills = kills;
        for (OwnedPartition partition : owned.values()) {
            List.copyOf(partition.inFlight()).forEach(this::dropIfVoid);
        }
    }

    /** Drops waiting assignments uncommitted, so that they are delivered again. */
    void dropWaiting(Collection<TopicPartition> partitions, DropReason reason) {
        for (OwnedPartition partition : select(partitions)) {
            List.copyOf(partition.inFlight()).forEach(execution -> drop(execution, reason));
        }
    }

    void cancelRunning(Collection<TopicPartition> partitions, DropReason reason) {
        select(partitions).forEach(partition -> partition.inFlight().forEach(execution -> execution.cancel(reason)));
    }

    boolean anyRunning(Collection<TopicPartition> partitions) {
        return select(partitions).stream()
                .anyMatch(partition -> !partition.inFlight().isEmpty());
    }

    /** Takes note of finished executions; waits up to this long if none has finished. */
    void settle(Duration limit) throws InterruptedException {
        for (News news : workers.awaitNews(limit)) {
            if (news instanceof Ended) {
                unwritten++;
            } else if (news instanceof Finished finished) {
                finish(finished);
            }
        }
    }

    private void finish(Finished finished) {
        inFlight--;
        unwritten -= finished.hadEnded() ? 1 : 0;
        Assignment assignment = finished.execution().assignment();
        if (finished.ending() instanceof Ending.Broken broken) {
            throw new BrokenExecutionException(assignment, broken.cause());
        }
        OwnedPartition partition = owned.get(assignment.partition());
        boolean stillOurs = partition != null && partition.inFlight().remove(finished.execution());
        if (stillOurs && finished.ending().countsAsDone()) {
            partition.tracker().done(assignment.offset());
        }
    }

    Map<TopicPartition, OffsetAndMetadata> toCommit(Collection<TopicPartition> partitions) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (TopicPartition partition : partitions) {
            OwnedPartition holding = owned.get(partition);
            if (holding != null) {
                holding.toCommit().ifPresent(offset -> offsets.put(partition, offset));
            }
        }
        return offsets;
    }

    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            OwnedPartition holding = owned.get(partition);
            if (holding != null) {
                holding.committed(offset);
            }
        });
    }

    private boolean dropIfVoid(Execution execution) {
        return execution.voidFor().map(reason -> drop(execution, reason)).orElse(false);
    }

    private boolean drop(Execution execution, DropReason reason) {
        Optional<Ending.Dropped> ending = execution.dropUnlessBegun(reason);
        ending.ifPresent(dropped -> workers.drop(execution, dropped));
        return ending.isPresent();
    }

    private List<OwnedPartition> select(Collection<TopicPartition> partitions) {
        return partitions.stream().map(owned::get).filter(Objects::nonNull).toList();
    }
}
