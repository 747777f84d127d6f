package io.yardmaster.app.api;

import io.yardmaster.topology.config.HostPort;
import io.yardmaster.topology.views.InstanceSnapshot;
import io.yardmaster.topology.views.ShardSummary;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The answers of all instances at about the same time.
 *
 * @param instances all that are known, this one first
 */
record DeploymentSnapshot(long atMs, int shards, List<Instance> instances) {

    /**
     * One instance.
     *
     * @param assigned the shards that it has as far as the group knows
     * @param said empty if it did not answer
     */
    record Instance(HostPort address, List<Integer> assigned, Optional<InstanceSnapshot> said) {}

    /** A shard that answered, and where. */
    record AnsweringShard(HostPort instance, InstanceSnapshot of, ShardSummary summary) {}

    List<InstanceSnapshot> snapshots() {
        return instances.stream().flatMap(instance -> instance.said().stream()).toList();
    }

    /**
     * The shards that answered. If two instances answer for a shard, one has not noticed yet that it lost it; the answer
     * with more assignments counts.
     */
    SortedMap<Integer, AnsweringShard> answered() {
        SortedMap<Integer, AnsweringShard> shards = new TreeMap<>();
        for (Instance instance : instances) {
            instance.said().ifPresent(snapshot -> snapshot.lanes()
                    .forEach(summary -> shards.merge(
                            summary.partition(),
                            new AnsweringShard(instance.address(), snapshot, summary),
                            (one, other) -> Comparator.<AnsweringShard>comparingLong(shard ->
                                                            shard.summary().assignments())
                                                    .compare(one, other)
                                            >= 0
                                    ? one
                                    : other)));
        }
        return shards;
    }

    /** The newest session that any shard has seen; empty before the first event. */
    Optional<String> session() {
        return session(snapshots().stream()
                .flatMap(snapshot -> snapshot.lanes().stream())
                .mapToLong(ShardSummary::session)
                .max()
                .orElse(-1));
    }

    /** A session as the API shows it; -1 stands for none. */
    static Optional<String> session(long session) {
        return session < 0 ? Optional.empty() : Optional.of(Long.toString(session));
    }

    /** Outstanding assignments, by dispatch partition. */
    long[] used(int partitions) {
        long[] used = new long[partitions];
        for (InstanceSnapshot snapshot : snapshots()) {
            for (int p = 0; p < Math.min(partitions, snapshot.window().used().size()); p++) {
                used[p] += snapshot.window().used().get(p);
            }
        }
        return used;
    }

    /** The instance that runs a shard that did not answer, or is about to. */
    Optional<Instance> owner(int shard) {
        return instances.stream()
                .filter(instance -> instance.said()
                        .map(InstanceSnapshot::active)
                        .orElse(instance.assigned())
                        .contains(shard))
                .findFirst();
    }

    /** An instance that keeps a copy of the shard's state. */
    Optional<Instance> copyOf(int shard) {
        return instances.stream()
                .filter(instance -> instance.said()
                        .map(said -> said.standby().contains(shard))
                        .orElse(false))
                .findFirst();
    }

    Map<Integer, InstanceSnapshot.Restoring> restoring() {
        Map<Integer, InstanceSnapshot.Restoring> restoring = new TreeMap<>();
        snapshots().forEach(snapshot -> snapshot.restoring().stream()
                .filter(entry -> snapshot.active().contains(entry.partition()))
                .forEach(entry -> restoring.put(entry.partition(), entry)));
        return restoring;
    }
}
