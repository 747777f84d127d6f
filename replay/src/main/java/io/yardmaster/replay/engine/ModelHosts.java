package io.yardmaster.replay.engine;

import io.yardmaster.core.placement.Amounts;
import io.yardmaster.core.placement.BestFit;
import io.yardmaster.core.placement.Host;
import io.yardmaster.core.placement.Offer;
import io.yardmaster.core.placement.OfferedUnit;
import io.yardmaster.core.placement.PlacedTask;
import io.yardmaster.core.placement.PlacementOutput;
import io.yardmaster.core.placement.PlacementPolicy;
import io.yardmaster.core.placement.PlanReport;
import io.yardmaster.core.placement.PoolPlacement;
import io.yardmaster.core.placement.Requirement;
import io.yardmaster.core.placement.TaskRef;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.HostDemand;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.replay.ModelHost;
import io.yardmaster.replay.report.LimitFigures;
import io.yardmaster.replay.report.RunFigures;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The hosts of a modelled fleet, and the placement of production in front of them. A plan takes no time, and is made in the moment in
 * which something has changed. All hosts live as long as the day, and are of one pool.
 */
final class ModelHosts implements PlacementOutput {
    private static final String POOL = "hosts";
    private static final String KEY = "hosts/";
    private static final byte[] NOTHING = {};
    /** Nobody hears the hosts of a model, and none is silent. */
    private static final long NEVER_SILENT = Duration.ofDays(3_650_000).toMillis();

    private static final PlacementPolicy POLICY = new PlacementPolicy(
            BestFit.DEFAULT,
            PlacementPolicy.DEFAULT.planLimit(),
            NEVER_SILENT,
            NEVER_SILENT,
            NEVER_SILENT,
            PlacementPolicy.DEFAULT.backoffMs(),
            true,
            PlacementPolicy.DEFAULT.preemption());

    /** A task that waited for a host and comes back; if it was not killed, it is to be offered again. */
    record GivenBack(DispatchedTask task, boolean killed) {}

    private final PoolPlacement placement =
            new PoolPlacement(new StateInMemory(), POLICY, pool -> 0, Runnable::run, () -> 0, this, 0);
    private final Consumer<DispatchedTask> begins;
    private final Map<String, LimitFigures> uses = new TreeMap<>();
    /** Tasks that wait for a host, by the ids of their assignments. */
    private final Map<Long, DispatchedTask> waiting = new HashMap<>();
    /** Tasks of a gang of which more may follow. */
    private final List<DispatchedTask> gang = new ArrayList<>();

    private final Deque<GivenBack> givenBack = new ArrayDeque<>();
    private int gangPriority;
    private long now;

    /** @param begins takes each task that gets a host */
    ModelHosts(List<ModelHost> hosts, RunFigures figures, Consumer<DispatchedTask> begins) {
        this.begins = begins;
        Map<String, Long> totals = new TreeMap<>();
        for (ModelHost host : hosts) {
            host.amounts().forEach((resource, amount) -> totals.merge(resource, amount, Math::addExact));
            placement.heartbeat(new Host(POOL, host.name(), 1, Amounts.of(host.amounts()), host.labels(), 0, 0), 0);
        }
        totals.forEach((resource, amount) -> uses.put(resource, figures.limit(KEY + resource, amount)));
    }

    /** Returns whether a task is to run on a host, and not in a slot. */
    static boolean places(DispatchedTask task) {
        return task.kind() == TaskKind.TASK && !demand(task).isNone();
    }

    private static HostDemand demand(DispatchedTask task) {
        return task.stage() == null ? HostDemand.NONE : task.stage().hosts();
    }

    /** The resources that the hosts have. */
    Set<String> resources() {
        return Collections.unmodifiableSet(uses.keySet());
    }

    /** The number of tasks that wait for a host. */
    int waiting() {
        return waiting.size();
    }

    /** Takes a task that waits for a host from now on. Successive tasks of a gang start together. */
    void offer(DispatchedTask task, int priority) {
        waiting.put(task.id(), task);
        if (!gang.isEmpty() && !isNext(task)) {
            offerGang();
        }
        gang.add(task);
        gangPriority = priority;
        if (!demand(task).gang()) {
            offerGang();
        }
    }

    private boolean isNext(DispatchedTask task) {
        DispatchedTask first = gang.get(0);
        return task.job() == first.job()
                && task.taskIndex() == first.taskIndex() + gang.size()
                && task.attempt() == first.attempt()
                && stage(task).name().equals(stage(first).name());
    }

    private static GraphStage stage(DispatchedTask task) {
        return Objects.requireNonNull(task.stage());
    }

    private void offerGang() {
        DispatchedTask first = gang.get(0);
        HostDemand demand = demand(first);
        Offer offer = new Offer(
                0,
                first.job(),
                first.group(),
                first.session(),
                0,
                first.taskIndex(),
                gang.size(),
                first.attempt(),
                new Requirement(Amounts.of(demand.amounts()), demand.labels()),
                gangPriority,
                gang.size(),
                stage(first).timeout() > 0 ? stage(first).timeout() : -1,
                false);
        List<Long> ids = gang.stream().map(DispatchedTask::id).toList();
        gang.clear();
        placement.offer(POOL, new OfferedUnit(offer, ids, NOTHING));
    }

    /** Places what waits and has room now. */
    void place(long time) {
        now = time;
        if (!gang.isEmpty()) {
            offerGang();
        }
        placement.tick(now);
    }

    /** A task that ran on a host has ended. */
    void ended(DispatchedTask task, long time) {
        now = time;
        use(task, -1);
        placement.ended(
                POOL, new TaskRef(task.job(), task.session(), task.taskIndex(), task.attempt()), task.id(), false, now);
    }

    /**
     * Gives back tasks of a job that wait.
     *
     * @param first the lowest index
     * @param tasks the number of successive indices; 0 for all tasks of the job
     */
    void withdraw(long job, int first, int tasks, boolean killed) {
        if (!waiting.isEmpty()) {
            if (!gang.isEmpty()) {
                offerGang();
            }
            placement.withdraw(POOL, job, first, tasks, killed, "withdrawn");
        }
    }

    void prioritize(long job, int priority) {
        if (!waiting.isEmpty()) {
            placement.prioritize(POOL, job, priority);
        }
    }

    /** Forgets the tasks of older sessions that wait. */
    void begin(long session) {
        placement.beginSession(session);
        waiting.values().removeIf(task -> task.session() < session);
        gang.removeIf(task -> task.session() < session);
    }

    /** The next task that came back; null if there is none. */
    GivenBack nextGivenBack() {
        return givenBack.poll();
    }

    private void use(DispatchedTask task, int sign) {
        demand(task).amounts().forEach((resource, amount) -> {
            uses.get(resource).change(now, sign * amount);
        });
    }

    @Override
    public void assigned(OfferedUnit unit, TaskRef placed, Host host) {
        DispatchedTask task = waiting.remove(unit.assignment(placed));
        if (task != null) {
            use(task, 1);
            begins.accept(task);
        }
    }

    @Override
    public void returned(String pool, TaskRef task, long group, long assignment, boolean killed, String reason) {
        DispatchedTask back = waiting.remove(assignment);
        if (back != null) {
            givenBack.add(new GivenBack(back, killed));
        }
    }

    @Override
    public void lost(String pool, PlacedTask task, String reason) {
        throw new IllegalStateException("a modelled host has lost " + task + ": " + reason);
    }

    @Override
    public void preempted(String pool, PlacedTask task, String reason) {
        throw new IllegalStateException("nobody loses a modelled host, but " + task + " was " + reason);
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
