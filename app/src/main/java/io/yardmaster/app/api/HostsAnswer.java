package io.yardmaster.app.api;

import io.yardmaster.core.placement.HostLine;
import io.yardmaster.core.placement.HostLine.HostTask;
import io.yardmaster.core.placement.HostPage;
import io.yardmaster.core.placement.PoolHosts;
import io.yardmaster.core.placement.ResourceUse;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answer of {@code /api/hosts/{pool}}: a pool and some of its hosts. */
public record HostsAnswer(PoolAnswer pool, List<HostAnswer> page, Optional<String> next) {

    /** Answer of {@code /api/hosts}: the pools that place tasks on hosts. */
    public record All(List<PoolAnswer> pools) {
        static All of(List<PoolHosts> pools) {
            return new All(pools.stream()
                    .sorted(Comparator.comparing(PoolHosts::pool))
                    .map(PoolAnswer::of)
                    .toList());
        }
    }

    /** A pool at a glance; see {@link PoolHosts}. */
    public record PoolAnswer(
            String pool,
            int hosts,
            int silentHosts,
            int overbookedHosts,
            int placedTasks,
            int waitingTasks,
            long blockedMs,
            List<ResourceAnswer> resources) {
        static PoolAnswer of(PoolHosts pool) {
            return new PoolAnswer(
                    pool.pool(),
                    pool.hosts(),
                    pool.silentHosts(),
                    pool.overbookedHosts(),
                    pool.placedTasks(),
                    pool.waitingTasks(),
                    pool.blockedMs(),
                    pool.resources().stream().map(ResourceAnswer::of).toList());
        }
    }

    /** A resource of a pool; see {@link ResourceUse}. */
    public record ResourceAnswer(
            String name, long total, long booked, long largestFree, String largestFreeHost, List<Integer> hostsByUse) {
        static ResourceAnswer of(ResourceUse use) {
            return new ResourceAnswer(
                    use.name(), use.total(), use.booked(), use.largestFree(), use.largestFreeHost(), use.hostsByUse());
        }
    }

    /** A host; see {@link HostLine}. */
    public record HostAnswer(
            String host,
            String incarnation,
            boolean silent,
            long heardMs,
            Map<String, Long> total,
            Map<String, Long> booked,
            Map<String, String> labels,
            int tasks,
            List<TaskAnswer> first) {
        static HostAnswer of(HostLine line) {
            return new HostAnswer(
                    line.name(),
                    Long.toString(line.incarnation()),
                    line.silent(),
                    line.heardMs(),
                    line.total(),
                    line.booked(),
                    line.labels(),
                    line.tasks(),
                    line.first().stream().map(TaskAnswer::of).toList());
        }
    }

    /** A task on a host. */
    public record TaskAnswer(String job, int task, int attempt, Map<String, Long> needs, long sinceMs) {
        static TaskAnswer of(HostTask task) {
            return new TaskAnswer(Long.toString(task.job()), task.task(), task.attempt(), task.needs(), task.since());
        }
    }

    static HostsAnswer of(HostPage page) {
        return new HostsAnswer(
                PoolAnswer.of(page.pool()),
                page.page().stream().map(HostAnswer::of).toList(),
                page.next());
    }
}
