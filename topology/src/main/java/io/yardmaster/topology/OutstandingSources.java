package io.yardmaster.topology;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.RegistryUnavailableException;
import io.yardmaster.schemas.serde.ValueSerdes;
import io.yardmaster.topology.config.GroupType;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.pacing.IdlePacer;
import io.yardmaster.topology.window.AssignmentReader;
import io.yardmaster.topology.window.ConsumerGroupView;
import io.yardmaster.topology.window.DispatchWindow;
import io.yardmaster.topology.window.KafkaDispatchLog;
import io.yardmaster.topology.window.KafkaGroupOffsets;
import io.yardmaster.topology.window.LostOffsets;
import io.yardmaster.topology.window.OutstandingSource;
import io.yardmaster.topology.window.ShareGroupView;
import java.util.HashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Makes the window and the view of the fleet that fit the kind of group that the execution managers are. */
final class OutstandingSources {
    private OutstandingSources() {}

    /**
     * Makes the window.
     *
     * @throws SetupException if a share group has too few partitions: its lag tells lanes apart by them
     */
    static DispatchWindow window(SchedulerConfig config, int lanes, int dispatchPartitions, IdlePacer pacer) {
        if (config.dispatchGroupType() == GroupType.CONSUMER) {
            return new DispatchWindow(dispatchPartitions, System::nanoTime, pacer);
        }
        if (dispatchPartitions < lanes) {
            throw new SetupException(
                    "dispatch.group.type=share: topic " + config.topics().of(Topic.DISPATCH) + " has "
                            + dispatchPartitions + " partitions, must have at least as many as each lane, " + lanes);
        }
        return DispatchWindow.divided(dispatchPartitions, lanes, System::nanoTime, pacer);
    }

    static LostOffsets lostOffsets(SchedulerConfig config, Admin admin, DispatchWindow window) {
        return new LostOffsets(
                new KafkaGroupOffsets(
                        admin,
                        config.topics().of(Topic.DISPATCH),
                        config.dispatchGroup(),
                        config.dispatchGroupType() == GroupType.SHARE),
                config.dispatchGroup(),
                window,
                System::nanoTime);
    }

    static OutstandingSource view(
            SchedulerConfig config, int lanes, Admin admin, DispatchWindow window, LostOffsets lost) {
        String topic = config.topics().of(Topic.DISPATCH);
        Deserializer<TaskAssignment> assignments =
                ValueSerdes.of(Topic.DISPATCH, config.serde()).deserializer();
        AssignmentIds ids = new AssignmentIds(lanes);
        AssignmentReader reader = new AssignmentReader(
                new HashMap<>(config.kafka()),
                value -> laneOf(ids, assignments, topic, value),
                config.dispatchCapacity().most());
        if (config.dispatchGroupType() == GroupType.SHARE) {
            return new ShareGroupView(admin, reader, topic, config.dispatchGroup(), window, lost);
        }
        return new ConsumerGroupView(
                new KafkaDispatchLog(admin, reader, topic, window.partitions(), config.dispatchGroup()),
                topic,
                window,
                lost);
    }

    private static int laneOf(AssignmentIds ids, Deserializer<TaskAssignment> assignments, String topic, byte[] value) {
        try {
            TaskAssignment assignment = value == null ? null : assignments.deserialize(topic, value);
            return assignment == null ? AssignmentReader.NO_LANE : ids.laneOf(assignment.getAssignmentId());
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (SerializationException e) {
            return AssignmentReader.NO_LANE;
        }
    }
}
