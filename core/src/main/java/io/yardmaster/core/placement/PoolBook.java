package io.yardmaster.core.placement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One pool: its hosts, the tasks on them, and those that wait. */
final class PoolBook implements JobsNow {
    private final String pool;
    private final HostTable hosts;
    private final LongSupplier session;
    private final TreeMap<Long, OfferedUnit> units = new TreeMap<>();
    private final Map<Long, TreeSet<Long>> ordersOfJob = new HashMap<>();
    private final Map<TaskRef, OfferedUnit> queued = new HashMap<>();
    private final Map<TaskRef, PlacedTask> placed = new HashMap<>();
    private final TreeMap<Integer, Integer> tasksOfPriority = new TreeMap<>();
    private final Refusals refusals = new Refusals();
    private List<Reservation> reservations = List.of();

    /** @param session the current one */
    PoolBook(String pool, LongSupplier session) {
        this.pool = pool;
        this.hosts = new HostTable(pool);
        this.session = session;
    }

    String pool() {
        return pool;
    }

    HostTable hosts() {
        return hosts;
    }

    /** The hosts that have refused tasks of the pool. */
    Refusals refusals() {
        return refusals;
    }

    int waiting() {
        return queued.size();
    }

    /** The highest priority of those that wait. */
    int rank() {
        return tasksOfPriority.isEmpty() ? 0 : tasksOfPriority.lastKey();
    }

    boolean isEmpty() {
        return units.isEmpty() && placed.isEmpty() && hosts.isEmpty();
    }

    void add(OfferedUnit unit) {
        Offer offer = unit.offer();
        units.put(offer.order(), unit);
        ordersOfJob.computeIfAbsent(offer.job(), job -> new TreeSet<>()).add(offer.order());
        for (int place = 0; place < offer.tasks(); place++) {
            queued.put(unit.task(place), unit);
        }
        tasksOfPriority.merge(offer.priority(), offer.tasks(), Integer::sum);
    }

    void remove(OfferedUnit unit) {
        Offer offer = unit.offer();
        units.remove(offer.order());
        Set<Long> others = ordersOfJob.get(offer.job());
        if (others != null) {
            others.remove(offer.order());
            if (others.isEmpty()) {
                ordersOfJob.remove(offer.job());
            }
        }
        for (int place = 0; place < offer.tasks(); place++) {
            queued.remove(unit.task(place));
        }
        tasksOfPriority.merge(offer.priority(), -offer.tasks(), (before, less) -> {
            int left = before + less;
            return left == 0 ? null : left;
        });
    }

    @Nullable
    OfferedUnit unitOf(TaskRef task) {
        return queued.get(task);
    }

    /** Returns the offers of a job that wait, in their order. */
    List<OfferedUnit> unitsOf(long job) {
        Set<Long> orders = ordersOfJob.get(job);
        return orders == null ? List.of() : orders.stream().map(units::get).toList();
    }

    List<OfferedUnit> units() {
        return List.copyOf(units.values());
    }

    void place(PlacedTask task) {
        placed.put(task.booking().task(), task);
        refusals.forget(task.booking().task());
    }

    /** Ends the booking of a task. Returns the task with its place; null if it has none. */
    @Nullable
    PlacedTask endPlace(TaskRef task) {
        hosts.end(task);
        return unplace(task);
    }

    @Nullable
    PlacedTask unplace(TaskRef task) {
        return placed.remove(task);
    }

    @Nullable
    PlacedTask placed(TaskRef task) {
        return placed.get(task);
    }

    List<PlacedTask> placed() {
        return List.copyOf(placed.values());
    }

    List<Reservation> reservations() {
        return reservations;
    }

    /** Returns whether the offer with an order waits. */
    boolean isWaiting(long order) {
        return units.containsKey(order);
    }

    void reserve(List<Reservation> newer) {
        reservations = List.copyOf(newer);
    }

    /** The offer of tasks that wait as the next plan sees it. */
    Offer asPlanned(OfferedUnit unit, long now) {
        return refusals.heededIn(unit.offer(), now);
    }

    PlacementSnapshot snapshot(PlacementPolicy policy, long now) {
        List<Offer> offers = new ArrayList<>(units.size());
        units.values().forEach(unit -> offers.add(asPlanned(unit, now)));
        return hosts.snapshot(offers, reservations, policy, now);
    }

    @Override
    public long session() {
        return session.getAsLong();
    }

    /** Tasks of jobs that may not run are withdrawn, so that those that wait may. */
    @Override
    public Standing standing(long job) {
        return Standing.OPEN;
    }

    @Override
    public boolean isQueued(Offer offer, TaskRef task) {
        OfferedUnit unit = queued.get(task);
        return unit != null && unit.offer().order() == offer.order();
    }

    @Override
    public int priority(Offer offer) {
        OfferedUnit unit = unitOf(offer.task(offer.firstTask()));
        return unit == null ? offer.priority() : unit.offer().priority();
    }
}
