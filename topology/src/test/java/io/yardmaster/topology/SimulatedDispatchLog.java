package io.yardmaster.topology;

import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.topology.window.AssignmentReader;
import io.yardmaster.topology.window.DispatchLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** The dispatch topic as clients of a {@link SimulatedBroker} see it. */
final class SimulatedDispatchLog implements DispatchLog {
    static final String TOPIC = "dispatch";

    private final SimulatedBroker broker;
    private final int limit;

    /** @param limit maximum number of assignments of one reading */
    SimulatedDispatchLog(SimulatedBroker broker, int limit) {
        this.broker = broker;
        this.limit = limit;
    }

    @Override
    public Map<TopicPartition, Long> committed() {
        return each(SimulatedPartition::taken);
    }

    @Override
    public Map<TopicPartition, Long> ends(IsolationLevel isolation) {
        return each(isolation == IsolationLevel.READ_COMMITTED ? SimulatedPartition::stable : SimulatedPartition::end);
    }

    private Map<TopicPartition, Long> each(ToLongFunction<SimulatedPartition> offset) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (int i = 0; i < broker.partitions().size(); i++) {
            offsets.put(
                    new TopicPartition(TOPIC, i),
                    offset.applyAsLong(broker.partitions().get(i)));
        }
        return offsets;
    }

    @Override
    public AssignmentReader.Reading read(Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Map<Integer, List<AssignmentReader.Found>>> found = new HashMap<>();
        Map<TopicPartition, Long> read = new HashMap<>();
        int count = 0;
        for (TopicPartition partition : ends.keySet()) {
            SimulatedPartition log = broker.partitions().get(partition.partition());
            found.put(partition, new HashMap<>());
            long offset = starts.get(partition);
            for (; offset < ends.get(partition) && count <= limit; offset++) {
                TaskAssignment assignment = log.visible((int) offset);
                if (assignment != null) {
                    int shard = new AssignmentIds(broker.shards()).shardOf(assignment.getAssignmentId());
                    found.get(partition)
                            .computeIfAbsent(shard, l -> new ArrayList<>())
                            .add(new AssignmentReader.Found(offset, assignment.getAssignmentId()));
                    count++;
                }
            }
            read.put(partition, offset);
        }
        return new AssignmentReader.Reading(found, read);
    }

    @Override
    public void close() {}
}
