package io.yardmaster.bench.fairness;

import io.yardmaster.bench.BenchException;
import io.yardmaster.bench.load.BenchTopics;
import io.yardmaster.bench.load.WorkloadSchemas;
import io.yardmaster.topology.config.SchedulerConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;

/** One scheduler on topics of its own, with a fleet that takes its assignments and a reader that sees them. */
final class MeasuredDeployment implements AutoCloseable {
    /** The broker's clock stamps each record when it is appended. */
    private static final Map<String, String> STAMPED = Map.of("message.timestamp.type", "LogAppendTime");

    private static final int DISPATCH_PARTITIONS = 8;

    private final Rig rig;
    private final Shape shape;
    private final String round;
    private final Map<String, String> settings;
    private final BenchTopics topics;
    private PacedFleet fleet;
    private DispatchReader reader;
    private LaneSender sender;

    /**
     * What is deployed.
     *
     * @param fairness the setting
     */
    record Shape(int lanes, int instances, String fairness) {
        @Override
        public String toString() {
            return "%s %s, %s %s, fairness=%s"
                    .formatted(
                            lanes,
                            lanes == 1 ? "shard" : "shards",
                            instances,
                            instances == 1 ? "instance" : "instances",
                            fairness);
        }
    }

    /** Returns when each instance has its shards, as far as there are enough, and the fleet is complete. */
    MeasuredDeployment(Rig rig, Shape shape, FairnessOptions options) {
        this.rig = rig;
        this.shape = shape;
        round = rig.nextRound();
        topics = new BenchTopics(rig.admin(), round, shape.lanes(), DISPATCH_PARTITIONS, STAMPED);
        settings = new HashMap<>(topics.settings());
        settings.put("kafka.bootstrap.servers", rig.bootstrapServers());
        settings.put("schema.registry.url", WorkloadSchemas.REGISTRY_URL);
        settings.put("fairness", shape.fairness());
        // The placement of jobs is what is measured, so it is not left to a hash.
        settings.put("lane.partitioner", "any");
        settings.putAll(options.settings());
        try {
            String servers = rig.bootstrapServers();
            rig.instances().start(shape.instances(), settings, rig.directory(round));
            fleet = new PacedFleet(servers, topics.dispatch(), topics.group(), options.rate());
            reader = new DispatchReader(servers, topics.dispatch());
            sender = new LaneSender(servers, topics.ready());
            int busy = Math.min(shape.lanes(), shape.instances());
            Patience.await("each instance has shards", () -> {
                List<Integer> spread = lanesPerInstance();
                return spread.size() == busy && sum(spread) == shape.lanes();
            });
            Patience.await("the fleet is complete", () -> fleet.isComplete(DISPATCH_PARTITIONS));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static int sum(List<Integer> counts) {
        return counts.stream().mapToInt(count -> count).sum();
    }

    /** The most first; instances without any are left out. */
    List<Integer> lanesPerInstance() {
        try {
            ConsumerGroupDescription group = rig.admin()
                    .describeConsumerGroups(List.of(round))
                    .all()
                    .get()
                    .get(round);
            return group.members().stream()
                    .map(member -> (int) member.assignment().topicPartitions().stream()
                            .filter(partition -> partition.topic().equals(topics.ready()))
                            .count())
                    .filter(lanes -> lanes > 0)
                    .sorted((one, other) -> other - one)
                    .toList();
        } catch (ExecutionException | InterruptedException e) {
            throw new BenchException("the instances cannot be looked up: " + e.getMessage(), e);
        }
    }

    Shape shape() {
        return shape;
    }

    int capacity() {
        return SchedulerConfig.from(settings).dispatchCapacity().most();
    }

    PacedFleet fleet() {
        return fleet;
    }

    DispatchReader reader() {
        return reader;
    }

    LaneSender sender() {
        return sender;
    }

    @Override
    public void close() {
        if (sender != null) {
            sender.close();
        }
        rig.instances().stop();
        if (fleet != null) {
            fleet.close();
        }
        if (reader != null) {
            reader.close();
        }
        topics.close();
    }
}
