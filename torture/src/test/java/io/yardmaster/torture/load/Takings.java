package io.yardmaster.torture.load;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits for the fleet to take all assignments, when nothing is dispatched any more. */
public final class Takings {
    private final Admin admin;
    private final String group;
    private final Progress progress;

    public Takings(Admin admin, String group, Progress progress) {
        this.admin = admin;
        this.group = group;
        this.progress = progress;
    }

    /** Returns when the fleet has passed every assignment, or has had time enough to; the checker finds out which. */
    public void await(Duration patience) {
        try {
            Awaitility.await()
                    .atMost(patience)
                    .ignoreExceptions()
                    .until(() -> everythingIsSeen() && everythingIsTaken());
        } catch (ConditionTimeoutException e) {
            System.out.println("after " + patience.toSeconds() + " s not everything is taken");
        }
    }

    private boolean everythingIsSeen() throws Exception {
        Map<TopicPartition, Long> positions = progress.positions();
        Map<TopicPartition, OffsetSpec> latest =
                positions.keySet().stream().collect(Collectors.toMap(one -> one, one -> OffsetSpec.latest()));
        var ends = admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get();
        return positions.entrySet().stream()
                .allMatch(one -> one.getValue() >= ends.get(one.getKey()).offset());
    }

    private boolean everythingIsTaken() throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        return progress.positions().keySet().stream()
                .filter(partition -> progress.lastSeen(partition) >= 0)
                .allMatch(partition -> committed.get(partition).offset() > progress.lastSeen(partition));
    }
}
