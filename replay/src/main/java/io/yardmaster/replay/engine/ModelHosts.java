package io.yardmaster.replay.engine;

import io.yardmaster.core.placement.Amounts;
import io.yardmaster.core.placement.Host;
import io.yardmaster.core.placement.OfferedUnit;
import io.yardmaster.core.placement.PlacedTask;
import io.yardmaster.core.placement.PlacementOutput;
import io.yardmaster.core.placement.PlanReport;
import io.yardmaster.core.placement.PoolPlacement;
import io.yardmaster.core.placement.TaskRef;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.HostDemand;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.replay.HostChange;
import io.yardmaster.replay.ModelFleet;
import io.yardmaster.replay.ModelHost;
import io.yardmaster.replay.PoolRules;
import io.yardmaster.replay.report.LimitFigures;
import io.yardmaster.replay.report.RunFigures;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The hosts of a modelled fleet, and the placement of production in front of them. A plan takes no time, and is made in the moment in
 * which something has changed. Hosts that belong to no pool run the tasks of all, and live as long as the day; the others come and go.
 */
final class ModelHosts implements PlacementOutput {
    /** Begins the key of each resource of hosts, behind which comes its name. */
    static final String KEY = "hosts/";

    /**
     * A task that comes back; if it was not killed, it is to be offered again.
     *
     * @param ran whether it ran on a host that it has lost; otherwise it waited for one
     */
    record GivenBack(DispatchedTask task, boolean killed, boolean ran) {}

    private final PoolPlacement placement;
    private final RunFigures figures;
    private final Consumer<DispatchedTask> begins;
    private final Map<String, LimitFigures> uses = new TreeMap<>();
    /** Tasks that wait for a host, by the ids of their assignments. */
    private final Map<Long, DispatchedTask> waiting = new HashMap<>();
    /** Tasks that run on hosts, by the same. */
    private final Map<Long, DispatchedTask> placed = new HashMap<>();
    /** The pools of the hosts; empty if they belong to none. */
    private final SortedSet<String> pools = new TreeSet<>();
    /** Changes of hosts that are to come. */
    private final Deque<HostChange> changes;
    /** Grow when a host loses its tasks; by pool and host. */
    private final Map<String, Long> incarnations = new HashMap<>();

    private final OfferedTasks offered;
    private final Deque<GivenBack> givenBack = new ArrayDeque<>();
    private long now;

    /**
     * @param hosts that belong to no pool
     * @param changes of hosts that belong to pools, by their times; without the others
     * @param rules of the pools; hosts that belong to no pool go by those about which no pools differ
     * @param begins takes each task that gets a host
     */
    ModelHosts(
            List<ModelHost> hosts,
            List<HostChange> changes,
            PoolRules rules,
            RunFigures figures,
            Consumer<DispatchedTask> begins) {
        this.placement = new PoolPlacement(
                new StateInMemory(),
                VirtualPlacement.POLICY,
                changes.isEmpty() ? rules.inOne(FleetPools.COMMON) : rules,
                Runnable::run,
                () -> 0,
                this,
                0);
        this.offered = new OfferedTasks(this::offer, rules::isPreemptible);
        this.figures = figures;
        this.begins = begins;
        this.changes = new ArrayDeque<>(changes);
        FleetTotals amounts = new FleetTotals();
        for (ModelHost host : hosts) {
            amounts.has(FleetPools.COMMON, host);
            placement.heartbeat(heartbeat(FleetPools.COMMON, host, 1), 0);
        }
        for (HostChange change : changes) {
            amounts.has(change.pool(), change.host());
            pools.add(change.pool());
        }
        amounts.most().forEach((resource, most) -> uses.put(resource, figures.limit(KEY + resource, most)));
    }

    /** The hosts that the fleet has for all pools, or those that belong to pools; empty if there are none. */
    static Optional<ModelHosts> of(
            ModelFleet fleet,
            List<HostChange> changes,
            PoolRules rules,
            RunFigures figures,
            Consumer<DispatchedTask> begins) {
        List<ModelHost> common =
                fleet.hosts().stream().filter(host -> host.pool().isEmpty()).toList();
        return common.isEmpty() && changes.isEmpty()
                ? Optional.empty()
                : Optional.of(new ModelHosts(common, changes, rules, figures, begins));
    }

    private static Host heartbeat(String pool, ModelHost host, long incarnation) {
        return new Host(pool, host.name(), incarnation, Amounts.of(host.amounts()), host.labels(), 0, 0);
    }

    /** Returns whether an amount that tasks ask for restricts them: on hosts for all pools one that none of these has does not. */
    boolean decides(String resource) {
        return !pools.isEmpty() || uses.containsKey(resource);
    }

    /** The time of the next change of a host; the largest number if there is none. */
    long nextChange() {
        return changes.isEmpty() ? Long.MAX_VALUE : changes.element().at();
    }

    /** Follows the changes whose time has come; tasks that lose their hosts come back. */
    void follow(long time) {
        now = time;
        while (nextChange() <= now) {
            HostChange change = changes.remove();
            String key = change.pool() + '/' + change.host().name();
            long incarnation = incarnations.merge(key, 1L, (before, one) -> before + (change.losesTasks() ? one : 0));
            // One that production would refuse is no host of the model either.
            var unused = placement.heartbeat(heartbeat(change.pool(), change.host(), incarnation), now);
            if (change.losesTasks() && change.host().amounts().isEmpty()) {
                placement.forget(change.pool(), change.host().name());
            }
        }
    }

    private static HostDemand demand(DispatchedTask task) {
        return task.stage() == null ? HostDemand.NONE : task.stage().hosts();
    }

    private String poolOrAll(String pool) {
        return pools.isEmpty() ? FleetPools.COMMON : pool;
    }

    private Set<String> poolsOrAll() {
        return pools.isEmpty() ? Set.of(FleetPools.COMMON) : pools;
    }

    /** Takes a task that waits for a host from now on. Successive tasks of a gang start together. */
    void offer(DispatchedTask task, int priority) {
        waiting.put(task.id(), task);
        offered.add(task, priority);
    }

    private void offer(String pool, OfferedUnit unit) {
        placement.offer(poolOrAll(pool), unit);
    }

    /** Places what waits and has room now. */
    void place(long time) {
        now = time;
        offered.flush();
        // A tick plans one pool.
        poolsOrAll().forEach(pool -> placement.tick(now));
    }

    /** A task that ran on a host has ended. */
    void ended(DispatchedTask task, long time) {
        now = time;
        use(task, -1);
        placed.remove(task.id());
        placement.ended(poolOrAll(task.pool()), OfferedTasks.ref(task), task.id(), false, now);
    }

    /**
     * Gives back tasks of a job that wait.
     *
     * @param first the lowest index
     * @param tasks the number of successive indices; 0 for all tasks of the job
     */
    void withdraw(long job, int first, int tasks, boolean killed) {
        if (!waiting.isEmpty()) {
            offered.flush();
            poolsOrAll().forEach(pool -> placement.withdraw(pool, job, first, tasks, killed, "withdrawn"));
        }
    }

    /** Gives back the tasks that wait in pools that this policy pauses. */
    void recall(LivePolicy live) {
        offered.flush();
        waiting.values().stream()
                .filter(task -> live.limits().getOrDefault(LimitKeys.ofPool(task.pool()), 0L) == 0)
                .sorted(Comparator.comparingLong(DispatchedTask::id))
                .toList()
                .forEach(task -> placement.withdraw(
                        poolOrAll(task.pool()), task.job(), task.taskIndex(), 1, false, "its pool is paused"));
    }

    void prioritize(long job, int priority) {
        if (!waiting.isEmpty()) {
            poolsOrAll().forEach(pool -> placement.prioritize(pool, job, priority));
        }
    }

    /** Forgets the tasks of older sessions that wait. */
    void begin(long session) {
        placement.beginSession(session);
        waiting.values().removeIf(task -> task.session() < session);
        offered.dropBefore(session);
    }

    /** The next task that came back; null if there is none. */
    GivenBack nextGivenBack() {
        return givenBack.poll();
    }

    private void use(DispatchedTask task, int sign) {
        demand(task).amounts().forEach((resource, amount) -> {
            LimitFigures figures = uses.get(resource);
            if (figures != null) {
                figures.change(now, sign * amount);
            }
        });
    }

    @Override
    public void assigned(OfferedUnit unit, TaskRef assigned, Host host) {
        DispatchedTask task = waiting.remove(unit.assignment(assigned));
        if (task != null) {
            placed.put(task.id(), task);
            use(task, 1);
            begins.accept(task);
        }
    }

    @Override
    public void returned(String pool, TaskRef task, long group, long assignment, boolean killed, String reason) {
        DispatchedTask back = waiting.remove(assignment);
        if (back != null) {
            givenBack.add(new GivenBack(back, killed, false));
        }
    }

    @Override
    public void lost(String pool, PlacedTask task, String reason) {
        DispatchedTask lost = placed.remove(task.assignment());
        if (lost != null) {
            use(lost, -1);
            givenBack.add(new GivenBack(lost, false, true));
        }
    }

    @Override
    public void preempted(String pool, PlacedTask task, String reason) {
        figures.preempted();
        lost(pool, task, reason);
    }

    @Override
    public void released(String pool, String host) {
        throw new IllegalStateException("a modelled host fell silent: " + host);
    }

    @Override
    public void planned(PlanReport report) {}

    @Override
    public void failed(String pool, Throwable error) {
        throw new IllegalStateException("no plan could be made", error);
    }
}
