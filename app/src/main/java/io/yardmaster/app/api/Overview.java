package io.yardmaster.app.api;

import io.yardmaster.core.values.EndCounts;
import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.topology.InstanceQueries;
import io.yardmaster.topology.config.GroupType;
import io.yardmaster.topology.config.Labels;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.views.DeadLetter;
import io.yardmaster.topology.views.ShardSummary;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Answer of {@code /api/overview}, all but the lists of jobs. */
public record Overview(
        long atMs,
        String version,
        String applicationId,
        Optional<String> session,
        EffectiveSettings settings,
        Totals totals,
        List<RatePoint> rates,
        WindowAnswer window,
        FleetAnswer group,
        List<ShardAnswer> lanes,
        List<ResourceGroup> groups,
        List<LimitAnswer> limits,
        List<InstanceAnswer> instances,
        Gates gates,
        List<DeadLetter> deadLetters) {
    private static final int GROUPS = 100;
    private static final int LIMITS = 100;
    private static final int DEAD_LETTERS = 50;

    public record EffectiveSettings(
            String dispatchCapacity,
            int activeJobs,
            Fairness fairness,
            long tickIntervalMs,
            String dispatchGroup,
            GroupType dispatchGroupType) {

        static EffectiveSettings of(SchedulerConfig config) {
            return new EffectiveSettings(
                    config.dispatchCapacity().toString(),
                    config.policy().activeJobs(),
                    config.policy().fairness(),
                    config.tickInterval().toMillis(),
                    config.dispatchGroup(),
                    config.dispatchGroupType());
        }
    }

    /** Sums over the shards that answered. */
    public record Totals(
            long activeJobs,
            long pendingJobs,
            long finalizingJobs,
            long pausedJobs,
            long pausedTasks,
            long refusedTasks,
            long parkedTasks,
            long bufferedTasks,
            long assignments,
            EndCounts ended,
            Map<EventDropReason, Long> dropsByReason,
            long deadLetters) {

        static Totals of(Collection<ShardSummary> shards, long deadLetters) {
            return new Totals(
                    sum(shards, ShardSummary::activeJobs),
                    sum(shards, ShardSummary::pendingJobs),
                    sum(shards, ShardSummary::finalizingJobs),
                    sum(shards, ShardSummary::pausedJobs),
                    sum(shards, ShardSummary::pausedTasks),
                    sum(shards, ShardSummary::refusedTasks),
                    sum(shards, ShardSummary::parkedTasks),
                    sum(shards, ShardSummary::buffered),
                    sum(shards, ShardSummary::assignments),
                    shards.stream().map(ShardSummary::ended).reduce(EndCounts.NONE, EndCounts::plus),
                    drops(shards),
                    deadLetters);
        }

        private static Map<EventDropReason, Long> drops(Collection<ShardSummary> shards) {
            Map<EventDropReason, Long> drops = new EnumMap<>(EventDropReason.class);
            for (EventDropReason reason : EventDropReason.values()) {
                drops.put(reason, sum(shards, shard -> shard.drops().getOrDefault(Labels.of(reason), 0L)));
            }
            return drops;
        }
    }

    public record ResourceGroup(String group, long activeJobs, long pendingJobs, long bufferedTasks, long assignments) {

        static List<ResourceGroup> withMostTasks(Collection<ShardSummary> shards) {
            Map<Long, ResourceGroup> merged = new TreeMap<>();
            shards.stream()
                    .flatMap(shard -> shard.groups().stream())
                    .forEach(group -> merged.merge(group.group(), of(group), ResourceGroup::plus));
            return merged.values().stream()
                    .sorted(Comparator.comparingLong(ResourceGroup::bufferedTasks)
                            .reversed())
                    .limit(GROUPS)
                    .toList();
        }

        private static ResourceGroup of(ShardSummary.GroupSummary group) {
            return new ResourceGroup(
                    Long.toString(group.group()),
                    group.activeJobs(),
                    group.pendingJobs(),
                    group.buffered(),
                    group.assignments());
        }

        private ResourceGroup plus(ResourceGroup other) {
            return new ResourceGroup(
                    group,
                    activeJobs + other.activeJobs,
                    pendingJobs + other.pendingJobs,
                    bufferedTasks + other.bufferedTasks,
                    assignments + other.assignments);
        }
    }

    public record Gates(long count, long waitingCommits, long waitingCleanups) {

        static Gates of(Collection<ShardSummary> shards) {
            return new Gates(
                    sum(shards, ShardSummary::finalizingJobs),
                    sum(shards, ShardSummary::waitingCommits),
                    sum(shards, ShardSummary::waitingCleanups));
        }
    }

    static Overview of(SchedulerConfig config, String version, DeploymentSnapshot gathered, InstanceQueries here) {
        List<ShardSummary> shards = gathered.answered().values().stream()
                .map(DeploymentSnapshot.AnsweringShard::summary)
                .toList();
        long[] used = gathered.used(here.dispatchPartitions());
        return new Overview(
                gathered.atMs(),
                version,
                config.applicationId(),
                gathered.session(),
                EffectiveSettings.of(config),
                Totals.of(shards, here.deadLetters().total()),
                RatePoint.of(gathered),
                WindowAnswer.of(config, gathered, used, here.fleet()),
                FleetAnswer.of(config, used, here.fleet()),
                ShardAnswer.of(gathered),
                ResourceGroup.withMostTasks(shards),
                LimitAnswer.of(gathered, here).stream().limit(LIMITS).toList(),
                InstanceAnswer.of(gathered),
                Gates.of(shards),
                here.deadLetters().letters().stream().limit(DEAD_LETTERS).toList());
    }

    private static long sum(Collection<ShardSummary> shards, ToLongFunction<ShardSummary> part) {
        return shards.stream().mapToLong(part).sum();
    }
}
