package io.yardmaster.topology;

import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.JobExpectation;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.topology.config.SchedulerConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;

/** Says of a record of a lane, of graphs, commands or outcomes whether the scheduler refuses it whatever came before. */
public final class InboundCheck {
    private final JobPlacement placement;
    private final AssignmentIds ids;

    /** @param shards number of shards */
    public InboundCheck(SchedulerConfig config, int shards) {
        this.placement = new JobPlacement(config.lanePartitioner(), shards);
        this.ids = new AssignmentIds(shards);
    }

    /**
     * The reason for which the scheduler refuses a record; empty if it may take it.
     *
     * @param partition of the record, and so its shard
     * @param key may be null, as may the value
     * @param timestamp epoch ms, 0 or more
     */
    public Optional<String> refusal(int partition, Long key, SpecificRecord value, long timestamp, Headers headers) {
        Record<Long, SpecificRecord> record = new Record<>(key, value, timestamp, headers);
        try {
            Events.checkPresent(record);
            placement.check(check(partition, record), partition);
            JobExpectation.read(headers);
            return Optional.empty();
        } catch (InvalidEventException | IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Returns the record's job. */
    private long check(int shard, Record<Long, SpecificRecord> record) {
        if (record.value() instanceof JobCommand command) {
            Events.check(command, record);
            return command.getJobId();
        }
        if (record.value() instanceof TaskOutcome outcome) {
            Events.of(outcome, ids.numberOf(shard, outcome.getAssignmentId()), record);
            return outcome.getJobId();
        }
        if (record.value() instanceof JobGraph graph) {
            Events.checkKey(record, graph.getJobId());
            Set<String> pools = graph.getStages().stream().map(Stage::getPool).collect(Collectors.toSet());
            GraphEvents.of(graph, record, enough(graph), pools);
            return graph.getJobId();
        }
        return Events.of(record).job();
    }

    /** Capacities that suffice for every need and pool: those of the policy may change at any time. */
    private static Map<String, Long> enough(JobGraph graph) {
        Map<String, Long> limits = new HashMap<>();
        graph.getStages().forEach(stage -> {
            stage.getNeeds().keySet().forEach(limit -> limits.put(LimitKeys.named(limit), Long.MAX_VALUE));
            limits.put(LimitKeys.ofPool(stage.getPool()), Long.MAX_VALUE);
        });
        return limits;
    }
}
