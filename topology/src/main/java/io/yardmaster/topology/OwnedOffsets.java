package io.yardmaster.topology;

import io.yardmaster.topology.pacing.CommitPacer;
import io.yardmaster.topology.pacing.IdlePacer;
import io.yardmaster.topology.pacing.RestingPoll;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A stream thread's consumer, which knows the committed offsets of its partitions. Committing them again changes
 * nothing, and the broker refuses it if a partition has another owner.
 */
final class OwnedOffsets extends RestingConsumer {
    /** Null for a partition without a committed offset; an absent partition must be looked up. */
    private final Map<TopicPartition, OffsetAndMetadata> known = new HashMap<>();

    private final StreamTasks tasks;
    private final IdlePacer pacer;
    private final CommitPacer commits;
    private final OvertakingFetch overtaking;

    /** @param overtaking topics that are also fetched beside a backlog of the others */
    OwnedOffsets(
            Map<String, Object> config,
            StreamTasks tasks,
            IdlePacer pacer,
            CommitPacer commits,
            Set<String> overtaking) {
        super(config, pacer, RestingPoll.SLICE);
        this.overtaking = OvertakingFetch.of(this, config, overtaking);
        this.tasks = tasks;
        this.pacer = pacer;
        this.commits = commits;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> polled = overtaking.addTo(super.poll(commits.wait(timeout)));
        commits.polled();
        // Transaction markers alone move offsets, too.
        if (!polled.nextOffsets().isEmpty()) {
            commits.work(polled.count());
            commits.open();
        }
        return polled;
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                pacer.active();
                // Other members may have had them meanwhile.
                partitions.forEach(known::remove);
                listener.onPartitionsAssigned(partitions);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                pacer.active();
                listener.onPartitionsRevoked(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                pacer.active();
                listener.onPartitionsLost(partitions);
            }
        });
    }

    @Override
    public void close() {
        overtaking.close();
        super.close();
    }

    @Override
    public void close(CloseOptions options) {
        overtaking.close();
        super.close(options);
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> found = super.committed(partitions);
        partitions.forEach(partition -> known.put(partition, found.get(partition)));
        return found;
    }

    /** These offsets and, for each stream task without any of them, its committed offsets. */
    Map<TopicPartition, OffsetAndMetadata> completed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Set<TopicPartition> absent = tasks.readApartFrom(offsets.keySet(), assignment());
        if (absent.isEmpty()) {
            return offsets;
        }
        Set<TopicPartition> unknown = new HashSet<>(absent);
        unknown.removeAll(known.keySet());
        if (!unknown.isEmpty()) {
            committed(unknown);
        }
        Map<TopicPartition, OffsetAndMetadata> completed = new HashMap<>(offsets);
        for (TopicPartition partition : absent) {
            if (known.get(partition) != null) {
                completed.put(partition, known.get(partition));
            }
        }
        return completed;
    }

    /** The broker has committed these. */
    void nowCommitted(Map<TopicPartition, OffsetAndMetadata> offsets) {
        known.putAll(offsets);
    }

    /** Looks all offsets up again, because a transaction may or may not have committed. */
    void forget() {
        known.clear();
    }
}
