package io.yardmaster.core.placement;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a plan with the present state (P3): decisions that still hold become bookings, the others are counted. Nothing is changed;
 * the caller makes the bookings before anything else happens.
 */
public final class Reconciler {
    private final HostTable hosts;
    private final JobsNow jobs;
    private final PlacementPolicy policy;
    private final long now;
    private final List<Booking> kept = new ArrayList<>();
    private final Set<TaskRef> keptTasks = new HashSet<>();
    private final List<Preempted> preempted = new ArrayList<>();
    /** By host, the amounts of the tasks that are kept. */
    private final Map<String, Amounts> taken = new HashMap<>();
    /** By host, the amounts of the tasks that are to lose their places. */
    private final Map<String, Amounts> released = new HashMap<>();

    private final Map<PlacementDropReason, Integer> dropped = new EnumMap<>(PlacementDropReason.class);

    private Reconciler(HostTable hosts, JobsNow jobs, PlacementPolicy policy, long now) {
        this.hosts = hosts;
        this.jobs = jobs;
        this.policy = policy;
        this.now = now;
    }

    /**
     * The part of a plan that holds at a time.
     *
     * @param policy which says how many tasks may lose their places now
     */
    public static Reconciled reconcile(Plan plan, HostTable hosts, JobsNow jobs, PlacementPolicy policy, long now) {
        Reconciler reconciler = new Reconciler(hosts, jobs, policy, now);
        List<Placing> placings = plan.placings();
        int from = 0;
        while (from < placings.size()) {
            int to = from + 1;
            while (to < placings.size() && areOneGang(placings.get(from), placings.get(to))) {
                to++;
            }
            reconciler.check(placings.subList(from, to));
            from = to;
        }
        return new Reconciled(reconciler.kept, reconciler.preempted, reconciler.dropped);
    }

    private static boolean areOneGang(Placing one, Placing other) {
        Offer offer = one.offer();
        return offer.gangSize() > 1
                && offer.equals(other.offer())
                && offer.gangOf(one.firstTask()) == offer.gangOf(other.firstTask());
    }

    /** Checks a whole gang, or tasks that start alone, and those that are to make room for them. */
    private void check(List<Placing> placings) {
        List<Booking> victims = placings.get(0).victims();
        if (victims.isEmpty()) {
            checkPlaces(placings);
            return;
        }
        PlacementDropReason reason =
                victimReason(victims, jobs.priority(placings.get(0).offer()));
        if (reason != null) {
            dropped.merge(reason, placings.stream().mapToInt(Placing::tasks).sum(), Integer::sum);
            return;
        }
        int before = kept.size();
        victims.forEach(victim -> released.merge(victim.host(), victim.needs(), Amounts::plus));
        checkPlaces(placings);
        if (kept.size() > before) {
            victims.forEach(victim -> preempted.add(new Preempted(victim, kept.get(before))));
        } else {
            victims.forEach(victim ->
                    released.computeIfPresent(victim.host(), (host, amounts) -> amounts.minus(victim.needs())));
        }
    }

    /** The reason why tasks must not lose their places to one of a priority; null if they may. */
    private @Nullable PlacementDropReason victimReason(List<Booking> victims, int priority) {
        for (Booking victim : victims) {
            boolean isThere =
                    hosts.booking(victim.task()).filter(victim::equals).isPresent();
            if (!isThere || victim.priority() >= priority) {
                return PlacementDropReason.VICTIM_GONE;
            }
        }
        return preempted.size() + victims.size() > policy.preemption() ? PlacementDropReason.PREEMPTION_LIMIT : null;
    }

    private void checkPlaces(List<Placing> placings) {
        int before = kept.size();
        int tasks = 0;
        int broken = 0;
        for (Placing placing : placings) {
            HostEntry host = hosts.entry(placing.host());
            PlacementDropReason reasonOfHost = hostReason(placing, host);
            for (int task = placing.firstTask(); task < placing.firstTask() + placing.tasks(); task++) {
                tasks++;
                PlacementDropReason reason = keep(placing, placing.offer().task(task), host, reasonOfHost);
                if (reason != null) {
                    broken++;
                    dropped.merge(reason, 1, Integer::sum);
                }
            }
        }
        int gangSize = placings.get(0).offer().gangSize();
        if (gangSize > 1 && (broken > 0 || tasks < gangSize)) {
            for (Booking booking : kept.subList(before, kept.size())) {
                keptTasks.remove(booking.task());
                taken.computeIfPresent(booking.host(), (host, amounts) -> amounts.minus(booking.needs()));
            }
            if (tasks > broken) {
                dropped.merge(PlacementDropReason.GANG_BROKEN, tasks - broken, Integer::sum);
            }
            kept.subList(before, kept.size()).clear();
        }
    }

    /** Keeps one task; or the reason why it must not be kept. */
    private @Nullable PlacementDropReason keep(
            Placing placing, TaskRef task, @Nullable HostEntry host, @Nullable PlacementDropReason reasonOfHost) {
        Offer offer = placing.offer();
        PlacementDropReason reason = jobReason(offer, task);
        if (reason == null) {
            reason = reasonOfHost;
        }
        if (reason == null
                && (host == null || !hasRoom(host, offer.requirement().needs()))) {
            reason = PlacementDropReason.NO_ROOM;
        }
        if (reason != null) {
            return reason;
        }
        Booking booking = new Booking(
                task,
                placing.host(),
                placing.incarnation(),
                offer.requirement().needs(),
                jobs.priority(offer),
                offer.preemptible(),
                offer.gangOf(task.task()),
                offer.gangSize(),
                now,
                offer.endIfStarted(now),
                placing.beside());
        kept.add(booking);
        keptTasks.add(task);
        taken.merge(booking.host(), booking.needs(), Amounts::plus);
        return null;
    }

    private @Nullable PlacementDropReason jobReason(Offer offer, TaskRef task) {
        if (offer.session() != jobs.session()) {
            return PlacementDropReason.OLD_SESSION;
        }
        JobsNow.Standing standing = jobs.standing(offer.job());
        if (standing != JobsNow.Standing.OPEN) {
            return switch (standing) {
                case PAUSED -> PlacementDropReason.JOB_PAUSED;
                case CANCELLED -> PlacementDropReason.JOB_CANCELLED;
                default -> PlacementDropReason.JOB_FINALIZED;
            };
        }
        if (hosts.booking(task).isPresent() || keptTasks.contains(task)) {
            return PlacementDropReason.BOOKED;
        }
        return jobs.isQueued(offer, task) ? null : PlacementDropReason.NOT_QUEUED;
    }

    /** The reason why a host gets no task of these, whatever its room. */
    private @Nullable PlacementDropReason hostReason(Placing placing, @Nullable HostEntry entry) {
        if (entry == null || !entry.host().takesTasks()) {
            return PlacementDropReason.HOST_GONE;
        }
        Host host = entry.host();
        if (host.incarnation() != placing.incarnation()) {
            return PlacementDropReason.HOST_RESTARTED;
        }
        if (entry.isSilent(policy, now)) {
            return PlacementDropReason.HOST_SILENT;
        }
        return placing.offer().requirement().suits(host.labels()) ? null : PlacementDropReason.LABELS_CHANGED;
    }

    private boolean hasRoom(HostEntry host, Amounts needs) {
        String name = host.host().name();
        Amounts takenHere = taken.getOrDefault(name, Amounts.NONE);
        Amounts releasedHere = released.getOrDefault(name, Amounts.NONE);
        for (int place = 0; place < needs.size(); place++) {
            String resource = needs.name(place);
            long free = host.free(resource) + releasedHere.of(resource) - takenHere.of(resource);
            if (free < needs.value(place)) {
                return false;
            }
        }
        return true;
    }
}
