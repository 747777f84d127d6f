package io.yardmaster.torture.load;

import io.yardmaster.schemas.TopicNames;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Tells when the fleet has taken all assignments, and when the scheduler has read all outcomes. */
public final class Takings {
    private final Admin admin;
    private final String fleet;
    private final String scheduler;
    private final Progress progress;
    private final Reports reports;
    private String latest = "";

    public Takings(Admin admin, Map<String, String> settings, Progress progress, Reports reports) {
        this.admin = admin;
        this.fleet = settings.get("dispatch.group");
        this.scheduler = settings.get("kafka.application.id");
        this.progress = progress;
        this.reports = reports;
    }

    /** Returns when the fleet has passed every assignment, those of the pool, too, or has had time enough to; the checker finds out which. */
    public void await(Duration patience) {
        try {
            Awaitility.await()
                    .atMost(patience)
                    .ignoreExceptions()
                    .until(() -> isTaken(progress.positions(), fleet)
                            && isTaken(progress.positionsInPool(), TopicNames.ofPool(fleet, PolicyOperator.POOL)));
        } catch (ConditionTimeoutException e) {
            System.out.println("after " + patience.toSeconds() + " s not everything is taken");
        }
    }

    /**
     * Returns whether the fleet has taken all assignments and the scheduler has read all of their outcomes, so that nothing can
     * come but refused tasks and those of the pool; false if the brokers cannot say it now.
     */
    public boolean areOver() {
        try {
            long seen = progress.seen();
            boolean isTaken = isTaken(progress.positions(), fleet);
            boolean isRead = isTaken && outcomesAreRead();
            latest = "taken %s, read %s".formatted(isTaken, isRead);
            return isRead && progress.waiting() == 0 && progress.seen() == seen;
        } catch (ExecutionException e) {
            latest = e.toString();
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The latest look, for a person. */
    @Override
    public String toString() {
        return latest;
    }

    private boolean isRead(Map<TopicPartition, Long> positions, IsolationLevel isolation)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> ends = ends(positions.keySet(), isolation);
        return !ends.isEmpty()
                && positions.entrySet().stream().allMatch(one -> one.getValue() >= ends.get(one.getKey()));
    }

    private Map<TopicPartition, Long> ends(Set<TopicPartition> partitions, IsolationLevel isolation)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(one -> one, one -> OffsetSpec.latest()));
        return admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().offset()));
    }

    /** Returns whether all of some partitions was seen, and a group has taken all that was seen. */
    private boolean isTaken(Map<TopicPartition, Long> positions, String group)
            throws ExecutionException, InterruptedException {
        if (!isRead(positions, IsolationLevel.READ_COMMITTED)) {
            return false;
        }
        Map<TopicPartition, Long> committed = committed(group);
        return positions.keySet().stream()
                .filter(partition -> progress.lastSeen(partition) >= 0)
                .allMatch(partition -> committed.getOrDefault(partition, 0L) > progress.lastSeen(partition));
    }

    /** The scheduler commits what it read together with what follows from it. */
    private boolean outcomesAreRead() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> committed = committed(scheduler);
        Map<TopicPartition, Long> ends = ends(reports.positions().keySet(), IsolationLevel.READ_UNCOMMITTED);
        return isRead(reports.positions(), IsolationLevel.READ_UNCOMMITTED)
                && ends.entrySet().stream().allMatch(one -> committed.getOrDefault(one.getKey(), 0L) >= one.getValue());
    }

    private Map<TopicPartition, Long> committed(String group) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        return offsets.entrySet().stream()
                .filter(one -> one.getValue() != null)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().offset()));
    }
}
