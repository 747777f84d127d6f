package io.yardmaster.torture.checker;

import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * Reads the history of the fleet's group: its offsets, and whose partitions they were. All of a group is in one partition, in its
 * order, and only the owner of a partition may commit there.
 */
final class TakenReader {
    private static final String OFFSETS = "__consumer_offsets";
    private static final short NEWEST_OFFSET_KEY = 1;
    private static final short MEMBERS_KEY = 2;

    private final String group;
    private final String dispatch;
    private final List<Evidence.Taken> taken = new ArrayList<>();
    /** The time since which a partition has had no owner but those that write outcomes. */
    private final Map<Integer, Long> speakingSince = new HashMap<>();

    private TakenReader(Map<String, String> settings) {
        this.group = settings.get("dispatch.group");
        this.dispatch = TopicNames.from(settings).of(Topic.DISPATCH);
    }

    static List<Evidence.Taken> read(TopicReader topics, Map<String, String> settings) {
        TakenReader reader = new TakenReader(settings);
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
                && new GroupMetadataKey(new ByteBufferAccessor(key), (short) 0)
                        .group()
                        .equals(group)) {
            assigned(new GroupMetadataValue(new ByteBufferAccessor(value), value.getShort()), message.timestamp());
        }
    }

    private void committed(OffsetCommitKey key, ByteBuffer bytes) {
        if (key.group().equals(group) && key.topic().equals(dispatch)) {
            OffsetCommitValue value = new OffsetCommitValue(new ByteBufferAccessor(bytes), bytes.getShort());
            taken.add(new Evidence.Taken(
                    key.partition(),
                    value.offset(),
                    value.commitTimestamp(),
                    speakingSince.getOrDefault(key.partition(), Evidence.Taken.SILENT)));
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
                if (!partition.topic().equals(dispatch)) {
                    continue;
                }
                if (silent) {
                    speakingSince.put(partition.partition(), Evidence.Taken.SILENT);
                } else {
                    // Before the first owner nobody was silent.
                    long before = speakingSince.getOrDefault(partition.partition(), 0L);
                    speakingSince.put(partition.partition(), before == Evidence.Taken.SILENT ? time : before);
                }
            }
        }
    }
}
