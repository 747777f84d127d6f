package io.yardmaster.app.api;

import io.yardmaster.topology.config.HostPort;
import io.yardmaster.topology.views.InstanceSnapshot.Restoring;
import io.yardmaster.topology.views.ShardSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A shard, whether it answered or not; one that did not has no jobs that could be shown. */
public record ShardAnswer(
        int partition,
        Optional<String> instance,
        State state,
        Optional<String> session,
        long activeJobs,
        long pendingJobs,
        long finalizingJobs,
        long pausedJobs,
        long bufferedTasks,
        long assignments,
        double cycleLength,
        Optional<String> cursorJob,
        List<String> nextJobs,
        Optional<Progress> restoring) {

    /** An instance runs the shard, restores it, only keeps a copy of it, or has nothing of it. */
    public enum State {
        ACTIVE,
        RESTORING,
        STANDBY,
        UNASSIGNED
    }

    /** Changelog records that were read, of all that are to be read. */
    public record Progress(long restored, long total) {}

    /** Answer of {@code /api/lanes}. */
    record All(List<ShardAnswer> lanes) {}

    /** Every shard, in order. */
    static List<ShardAnswer> of(DeploymentSnapshot gathered) {
        Map<Integer, DeploymentSnapshot.AnsweringShard> answered = gathered.answered();
        Map<Integer, Restoring> restoring = gathered.restoring();
        return IntStream.range(0, gathered.shards())
                .mapToObj(shard -> answered.containsKey(shard)
                        ? active(
                                answered.get(shard).instance(),
                                answered.get(shard).summary())
                        : silent(shard, gathered, Optional.ofNullable(restoring.get(shard))))
                .toList();
    }

    private static ShardAnswer active(HostPort instance, ShardSummary shard) {
        List<String> nextJobs =
                shard.nextJobs().stream().map(job -> Long.toString(job)).toList();
        return new ShardAnswer(
                shard.partition(),
                Optional.of(instance.toString()),
                State.ACTIVE,
                DeploymentSnapshot.session(shard.session()),
                shard.activeJobs(),
                shard.pendingJobs(),
                shard.finalizingJobs(),
                shard.pausedJobs(),
                shard.buffered(),
                shard.assignments(),
                shard.cycleLength(),
                nextJobs.stream().findFirst(),
                nextJobs,
                Optional.empty());
    }

    private static ShardAnswer silent(int shard, DeploymentSnapshot gathered, Optional<Restoring> progress) {
        Optional<DeploymentSnapshot.Instance> owner = gathered.owner(shard);
        Optional<DeploymentSnapshot.Instance> copy = gathered.copyOf(shard);
        boolean restores = owner.flatMap(DeploymentSnapshot.Instance::said).isPresent();
        State state = restores ? State.RESTORING : copy.isPresent() ? State.STANDBY : State.UNASSIGNED;
        return new ShardAnswer(
                shard,
                owner.or(() -> copy).map(instance -> instance.address().toString()),
                state,
                Optional.empty(),
                0,
                0,
                0,
                0,
                0,
                0,
                0.0,
                Optional.empty(),
                List.of(),
                progress.filter(some -> restores).map(some -> new Progress(some.restored(), some.total())));
    }
}
