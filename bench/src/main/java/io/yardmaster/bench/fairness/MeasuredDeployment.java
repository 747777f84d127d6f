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
    private final Layout layout;
    private final String round;
    private final Map<String, String> settings;
    private final BenchTopics topics;
    private PacedFleet fleet;
    private DispatchReader reader;
    private ShardSender sender;

    /**
     * The measured deployment's size.
     *
     * @param fairness the setting
     */
    record Layout(int shards, int instances, String fairness) {
        @Override
        public String toString() {
            return "%s %s, %s %s, fairness=%s"
                    .formatted(
                            shards,
                            shards == 1 ? "shard" : "shards",
                            instances,
                            instances == 1 ? "instance" : "instances",
                            fairness);
        }
    }

    /** Returns when each instance has shards, if there are enough, and the fleet is complete. */
    MeasuredDeployment(Rig rig, Layout layout, FairnessOptions options) {
        this.rig = rig;
        this.layout = layout;
        round = rig.nextRound();
        topics = new BenchTopics(rig.admin(), round, layout.shards(), DISPATCH_PARTITIONS, STAMPED);
        settings = new HashMap<>(topics.settings());
        settings.put("kafka.bootstrap.servers", rig.bootstrapServers());
        settings.put("schema.registry.url", WorkloadSchemas.REGISTRY_URL);
        settings.put("fairness", layout.fairness());
        // The placement of jobs is given by the measurement, not by a hash.
        settings.put("lane.partitioner", "any");
        settings.putAll(options.settings());
        try {
            String servers = rig.bootstrapServers();
            rig.instances().start(layout.instances(), settings, rig.directory(round));
            fleet = new PacedFleet(servers, topics.dispatch(), topics.group(), options.rate());
            reader = new DispatchReader(servers, topics.dispatch());
            sender = new ShardSender(servers, topics.ready());
            int busy = Math.min(layout.shards(), layout.instances());
            Patience.await("each instance has shards", () -> {
                List<Integer> spread = shardsPerInstance();
                return spread.size() == busy && sum(spread) == layout.shards();
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

    /** The numbers of shards, the most first; instances without any are left out. */
    List<Integer> shardsPerInstance() {
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
                    .filter(shards -> shards > 0)
                    .sorted((one, other) -> other - one)
                    .toList();
        } catch (ExecutionException | InterruptedException e) {
            throw new BenchException("the instances cannot be looked up: " + e.getMessage(), e);
        }
    }

    /** Gives the groups their weights. */
    void weigh(Placement placement) {
        sender.weights(topics.policy(), placement.groups());
    }

    Layout layout() {
        return layout;
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

    ShardSender sender() {
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
