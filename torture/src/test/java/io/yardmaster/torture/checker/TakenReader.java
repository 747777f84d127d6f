package io.yardmaster.torture.checker;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.coordinator.group.generated.GroupMetadataKey;
import org.apache.kafka.coordinator.group.generated.GroupMetadataValue;
import org.apache.kafka.coordinator.group.generated.OffsetCommitKey;
import org.apache.kafka.coordinator.group.generated.OffsetCommitValue;

/**
 * Reads the history of the fleet's groups: their offsets, and whose partitions they were. All of a group is in one partition, in its
 * order, and only the owner of a partition may commit there.
 */
final class TakenReader {
    private static final String OFFSETS = "__consumer_offsets";
    private static final short NEWEST_OFFSET_KEY = 1;
    private static final short MEMBERS_KEY = 2;

    private final DispatchTopics dispatch;
    private final List<Evidence.Taken> taken = new ArrayList<>();
    /** The time since which a partition has had no owner but those that write outcomes. */
    private final Map<Integer, Long> speakingSince = new HashMap<>();

    private TakenReader(DispatchTopics dispatch) {
        this.dispatch = dispatch;
    }

    static List<Evidence.Taken> read(TopicReader topics, DispatchTopics dispatch) {
        TakenReader reader = new TakenReader(dispatch);
        topics.each(OFFSETS, reader::next);
        return reader.taken;
    }

    private void next(ConsumerRecord<byte[], byte[]> message) {
        if (message.value() == null) {
            return;
        }
        ByteBuffer key = ByteBuffer.wrap(message.key());
        ByteBuffer value = ByteBuffer.wrap(message.value());
        short version = key.getShort();
        if (version <= NEWEST_OFFSET_KEY) {
            committed(new OffsetCommitKey(new ByteBufferAccessor(key), version), value);
        } else if (version == MEMBERS_KEY
                && dispatch.isOfFleet(new GroupMetadataKey(new ByteBufferAccessor(key), (short) 0).group())) {
            assigned(new GroupMetadataValue(new ByteBufferAccessor(value), value.getShort()), message.timestamp());
        }
    }

    private void committed(OffsetCommitKey key, ByteBuffer bytes) {
        OptionalInt partition = dispatch.find(key.topic(), key.partition());
        if (dispatch.isOfFleet(key.group()) && partition.isPresent()) {
            OffsetCommitValue value = new OffsetCommitValue(new ByteBufferAccessor(bytes), bytes.getShort());
            taken.add(new Evidence.Taken(
                    partition.getAsInt(),
                    value.offset(),
                    value.commitTimestamp(),
                    speakingSince.getOrDefault(partition.getAsInt(), Evidence.Taken.SILENT)));
        }
    }

    /** A partition that nobody gets stays its former owner's until that one has given it back. */
    private void assigned(GroupMetadataValue members, long time) {
        for (GroupMetadataValue.MemberMetadata member : members.members()) {
            if (member.assignment().length == 0) {
                continue;
            }
            Assignment assignment = ConsumerProtocol.deserializeAssignment(ByteBuffer.wrap(member.assignment()));
            boolean silent = member.clientId().startsWith(Checker.SILENT);
            for (TopicPartition partition : assignment.partitions()) {
                dispatch.find(partition.topic(), partition.partition())
                        .ifPresent(number -> owned(number, silent, time));
            }
        }
    }

    private void owned(int partition, boolean silent, long time) {
        // Before the first owner nobody was silent.
        long before = speakingSince.getOrDefault(partition, 0L);
        long speaking = before == Evidence.Taken.SILENT ? time : before;
        speakingSince.put(partition, silent ? Evidence.Taken.SILENT : speaking);
    }
}
