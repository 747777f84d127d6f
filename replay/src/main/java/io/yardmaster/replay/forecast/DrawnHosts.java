package io.yardmaster.replay.forecast;

import io.yardmaster.core.placement.Host;
import io.yardmaster.core.placement.OfferedUnit;
import io.yardmaster.core.placement.PlacedTask;
import io.yardmaster.core.placement.PlacementOutput;
import io.yardmaster.core.placement.PlanReport;
import io.yardmaster.core.placement.PoolPlacement;
import io.yardmaster.core.placement.TaskRef;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.replay.engine.OfferedTasks;
import io.yardmaster.replay.engine.VirtualPlacement;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The hosts in one draw, and the placement of production in front of them. A plan takes no time; no host comes, goes, or is lost. */
final class DrawnHosts implements PlacementOutput {
    private final PresentHosts present;
    private final PoolPlacement placement;
    private final Consumer<DispatchedTask> begins;
    private final OfferedTasks offered;
    /** By the ids of their assignments. */
    private final Map<Long, DispatchedTask> waiting;

    private long looks;

    /** @param begins takes each task that gets a host */
    DrawnHosts(PresentHosts present, long now, Consumer<DispatchedTask> begins) {
        this.present = present;
        this.begins = begins;
        this.waiting = new HashMap<>(present.waiting());
        this.placement = new PoolPlacement(
                present.state(), VirtualPlacement.POLICY, present.strategies(), Runnable::run, () -> 0, this, now);
        this.offered = new OfferedTasks(placement::offer);
    }

    /** Takes a task that waits for a host from now on. Successive tasks of a gang start together. */
    void offer(DispatchedTask task, int priority) {
        waiting.put(task.id(), task);
        offered.add(task, priority);
    }

    /** Places what waits and has room now. */
    void place(long now) {
        offered.flush();
        // A tick plans one pool.
        present.pools().forEach(pool -> placement.tick(now));
    }

    /** A task of one of the pools has ended. */
    void ended(DispatchedTask task, long now) {
        placement.ended(task.pool(), OfferedTasks.ref(task), task.id(), false, now);
    }

    /** The hosts and tasks that plans have looked at so far, some of them again and again. */
    long looks() {
        return looks;
    }

    @Override
    public void assigned(OfferedUnit unit, TaskRef assigned, Host host) {
        begins.accept(waiting.remove(unit.assignment(assigned)));
    }

    /** A pool takes 100,000 tasks that wait: one beyond is left out of this draw. */
    @Override
    public void returned(String pool, TaskRef task, long group, long assignment, boolean killed, String reason) {
        waiting.remove(assignment);
    }

    @Override
    public void lost(String pool, PlacedTask task, String reason) {
        throw new IllegalStateException("no host of an estimate is lost, but " + task + " was " + reason);
    }

    @Override
    public void preempted(String pool, PlacedTask task, String reason) {
        throw new IllegalStateException("no task preempts another one in an estimate, but " + task + " was " + reason);
    }

    @Override
    public void released(String pool, String host) {
        throw new IllegalStateException("a host of an estimate fell silent: " + host);
    }

    @Override
    public void planned(PlanReport report) {
        looks += present.hosts() + waiting.size() + report.counters().hostsLookedAt();
    }

    @Override
    public void failed(String pool, Throwable error) {
        throw new IllegalStateException("no plan could be made", error);
    }
}
