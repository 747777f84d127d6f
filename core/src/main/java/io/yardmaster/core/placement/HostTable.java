package io.yardmaster.core.placement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of one pool and the bookings on them (P1, P4). Throws if a booking would break a rule. A host of which nothing was
 * heard for long is released: it gets its tasks taken away, and must come back as another incarnation.
 */
public final class HostTable {
    /** The number of different resources that the hosts of a pool may have together. */
    public static final int MOST_RESOURCES = 64;

    /** The number of hosts that a pool may have. */
    public static final int MOST_HOSTS = 100_000;

    private static final Comparator<HostEntry> LONGEST_SILENT = Comparator.comparingLong(HostEntry::seen)
            .thenComparing(entry -> entry.host().name());

    private final String pool;
    private final TreeMap<String, HostEntry> hosts = new TreeMap<>();
    private final TreeSet<HostEntry> bySilence = new TreeSet<>(LONGEST_SILENT);
    private final Map<TaskRef, Booking> bookings = new HashMap<>();
    private final Map<String, Integer> resources = new HashMap<>();
    /** Incarnations that were released, oldest first. */
    private final LinkedHashMap<String, Long> released = new LinkedHashMap<>();

    public HostTable(String pool) {
        this.pool = pool;
    }

    /** Takes in a heartbeat that arrives at a time of the scheduler's clock. */
    public HeartbeatAnswer heartbeat(Host host, PlacementPolicy policy, long now) {
        String name = host.name();
        if (!host.pool().equals(pool)) {
            return HeartbeatAnswer.refused("host %s is of pool %s, not of %s".formatted(name, host.pool(), pool));
        }
        if (host.at() - now > policy.futureMs()) {
            return HeartbeatAnswer.refused("host %s is refused: its clock is %s ms ahead, %s are allowed"
                    .formatted(name, host.at() - now, policy.futureMs()));
        }
        Long releasedBefore = released.get(name);
        if (releasedBefore != null && host.incarnation() <= releasedBefore) {
            return HeartbeatAnswer.over(
                    HeartbeatAnswer.Kind.RELEASED,
                    releasedBefore,
                    "host %s is refused: incarnation %s was silent for too long, it must start anew"
                            .formatted(name, host.incarnation()));
        }
        HostEntry known = hosts.get(name);
        HeartbeatAnswer refused = refusal(host, known, known != null && known.isGone(policy, now));
        if (refused != null) {
            return refused;
        }
        long at = Math.min(host.at(), now);
        if (known == null) {
            add(host, at);
            return HeartbeatAnswer.of(HeartbeatAnswer.Kind.JOINED);
        }
        return host.incarnation() > known.host().incarnation()
                ? restart(host, known, at)
                : update(host, known, at, isSilent(name, policy, now));
    }

    private @Nullable HeartbeatAnswer refusal(Host host, @Nullable HostEntry known, boolean isGone) {
        long newResources = host.total().names().stream()
                .filter(resource -> !resources.containsKey(resource))
                .count();
        if (resources.size() + newResources > MOST_RESOURCES) {
            return HeartbeatAnswer.refused("host %s is refused: pool %s would have %s resources, %s are allowed"
                    .formatted(host.name(), pool, resources.size() + newResources, MOST_RESOURCES));
        }
        if (known == null) {
            return hosts.size() < MOST_HOSTS
                    ? null
                    : HeartbeatAnswer.refused(
                            "host %s is refused: pool %s has %s hosts".formatted(host.name(), pool, MOST_HOSTS));
        }
        Host before = known.host();
        if (host.incarnation() < before.incarnation()) {
            return isGone
                    ? HeartbeatAnswer.over(
                            HeartbeatAnswer.Kind.RELEASED,
                            before.incarnation(),
                            "host %s of incarnation %s is refused: incarnation %s had its name and is gone, it must start anew"
                                    .formatted(host.name(), host.incarnation(), before.incarnation()))
                    : HeartbeatAnswer.over(
                            HeartbeatAnswer.Kind.REPLACED,
                            before.incarnation(),
                            "host %s of incarnation %s is refused: incarnation %s has taken its name"
                                    .formatted(host.name(), host.incarnation(), before.incarnation()));
        }
        if (host.incarnation() == before.incarnation() && host.dispatchPartition() != before.dispatchPartition()) {
            return HeartbeatAnswer.refused("host %s is refused: two hosts have this name, with the partitions %s and %s"
                    .formatted(host.name(), before.dispatchPartition(), host.dispatchPartition()));
        }
        return null;
    }

    private void add(Host host, long at) {
        HostEntry added = new HostEntry(host, at);
        hosts.put(host.name(), added);
        bySilence.add(added);
        count(host, 1);
        released.remove(host.name());
    }

    private void count(Host host, int sign) {
        host.total()
                .names()
                .forEach(resource -> resources.merge(resource, sign, (before, change) -> {
                    int left = before + change;
                    return left == 0 ? null : left;
                }));
    }

    private HeartbeatAnswer restart(Host host, HostEntry known, long at) {
        List<Booking> lost = known.bookings();
        lost.forEach(this::remove);
        change(host, known, at);
        return HeartbeatAnswer.of(HeartbeatAnswer.Kind.RESTARTED, "", lost);
    }

    private HeartbeatAnswer update(Host host, HostEntry known, long at, boolean wasSilent) {
        Host before = known.host();
        if (host.at() < before.at()) {
            // A record that was overtaken says nothing new.
            return HeartbeatAnswer.of(HeartbeatAnswer.Kind.ALIVE);
        }
        boolean changed = !host.total().equals(before.total()) || !host.labels().equals(before.labels());
        change(host, known, at);
        // A host without any amounts takes no more tasks while those that it has end, as it is meant to.
        if (changed && known.isOverbooked() && host.takesTasks()) {
            return HeartbeatAnswer.of(
                    HeartbeatAnswer.Kind.CHANGED,
                    "host %s has %s, but %s is booked: it gets no new tasks there until enough have ended"
                            .formatted(host.name(), host.total(), known.bookedAmounts()),
                    List.of());
        }
        return HeartbeatAnswer.of(
                changed
                        ? HeartbeatAnswer.Kind.CHANGED
                        : wasSilent ? HeartbeatAnswer.Kind.RETURNED : HeartbeatAnswer.Kind.ALIVE);
    }

    private void change(Host host, HostEntry known, long at) {
        count(known.host(), -1);
        bySilence.remove(known);
        known.update(host, at);
        bySilence.add(known);
        count(host, 1);
    }

    /** Removes the hosts that were silent for the safety time, too, and releases their bookings, whose tasks are ready again. */
    public List<Booking> release(PlacementPolicy policy, long now) {
        return release(policy, now, gone -> {}, forgotten -> {});
    }

    /** The same, and names each host that is about to go, and each that was gone for so long that it is forgotten. */
    List<Booking> release(PlacementPolicy policy, long now, Consumer<HostEntry> silent, Consumer<String> forgotten) {
        List<Booking> lost = new ArrayList<>();
        while (!bySilence.isEmpty() && now - bySilence.first().seen() > policy.silentAfterMs() + policy.safetyMs()) {
            HostEntry gone = bySilence.first();
            silent.accept(gone);
            gone.bookings().forEach(booking -> {
                remove(booking);
                lost.add(booking);
            });
            bySilence.remove(gone);
            hosts.remove(gone.host().name());
            count(gone.host(), -1);
            released.put(gone.host().name(), gone.host().incarnation());
            if (released.size() > MOST_HOSTS) {
                String oldest = released.keySet().iterator().next();
                released.remove(oldest);
                forgotten.accept(oldest);
            }
        }
        return lost;
    }

    /** Forgets a host that has neither amounts nor tasks. Returns false if it is none. */
    boolean forget(String name) {
        HostEntry entry = hosts.get(name);
        if (entry == null || !entry.hasLeft()) {
            return false;
        }
        hosts.remove(name);
        bySilence.remove(entry);
        return true;
    }

    /** True if a host has sent no heartbeat for so long that it gets nothing new; a host that is unknown is silent. */
    public boolean isSilent(String name, PlacementPolicy policy, long now) {
        HostEntry entry = hosts.get(name);
        return entry == null || entry.isSilent(policy, now);
    }

    /**
     * Makes a booking.
     *
     * @throws IllegalStateException if the task has one, or if the host is another incarnation, takes no tasks, or has too little room
     */
    public void book(Booking booking) {
        HostEntry entry = hosts.get(booking.host());
        if (entry == null || entry.host().incarnation() != booking.incarnation()) {
            throw new IllegalStateException(booking + " is for a host that is not there");
        }
        if (!entry.host().takesTasks()) {
            throw new IllegalStateException(booking + " is for a host that takes no tasks");
        }
        if (bookings.containsKey(booking.task())) {
            throw new IllegalStateException(booking + " is of a task that has a booking");
        }
        Amounts needs = booking.needs();
        for (int place = 0; place < needs.size(); place++) {
            if (entry.free(needs.name(place)) < needs.value(place)) {
                throw new IllegalStateException(
                        booking + " exceeds the host's total, " + entry.host().total());
            }
        }
        put(booking, entry);
    }

    private void put(Booking booking, HostEntry entry) {
        entry.add(booking);
        bookings.put(booking.task(), booking);
    }

    /** Ends the booking of a task; empty if it has none. */
    public Optional<Booking> end(TaskRef task) {
        Booking booking = bookings.get(task);
        if (booking != null) {
            remove(booking);
        }
        return Optional.ofNullable(booking);
    }

    private void remove(Booking booking) {
        bookings.remove(booking.task());
        HostEntry entry = hosts.get(booking.host());
        if (entry != null) {
            entry.remove(booking);
        }
    }

    /** The booking of a task. */
    public Optional<Booking> booking(TaskRef task) {
        return Optional.ofNullable(bookings.get(task));
    }

    /** All bookings, host by host. */
    public List<Booking> bookings() {
        List<Booking> all = new ArrayList<>(bookings.size());
        hosts.values().forEach(entry -> all.addAll(entry.bookings()));
        return Collections.unmodifiableList(all);
    }

    /** True if there is neither a host nor an incarnation that was released. */
    boolean isEmpty() {
        return hosts.isEmpty() && released.isEmpty();
    }

    /** The number of hosts that were not released. */
    int size() {
        return hosts.size();
    }

    /** The hosts behind this name, with their bookings, by name; all of them if it is empty. */
    Collection<HostEntry> entriesAfter(String name) {
        return hosts.tailMap(name, false).values();
    }

    /** A host that was not released. */
    public Optional<Host> host(String name) {
        return Optional.ofNullable(hosts.get(name)).map(HostEntry::host);
    }

    /** A host with its bookings; null if it was released, or never heard of. */
    @Nullable
    HostEntry entry(String name) {
        return hosts.get(name);
    }

    /** The amount of a resource of a host that is not booked; below 0 if the host has shrunk. */
    public long free(String host, String resource) {
        HostEntry entry = hosts.get(host);
        return entry == null ? 0 : entry.free(resource);
    }

    /** All hosts that were not released, by name. */
    public List<Host> hosts() {
        return hosts.values().stream().map(HostEntry::host).toList();
    }

    /** The state that a plan depends on. */
    public PlacementSnapshot snapshot(
            List<Offer> offers, List<Reservation> reservations, PlacementPolicy policy, long now) {
        List<BookedHost> open = new ArrayList<>(hosts.size());
        List<BookedHost> closed = new ArrayList<>();
        for (HostEntry entry : hosts.values()) {
            boolean takesTasks = entry.host().takesTasks() && !entry.isSilent(policy, now);
            (takesTasks ? open : closed).add(entry.asBooked());
        }
        return PlacementSnapshot.of(now, open, closed, offers, reservations);
    }

    /** The incarnations that were released and are not back, by host. */
    public Map<String, Long> released() {
        return Map.copyOf(released);
    }

    /**
     * Takes over the state of another table of the pool, after a failover (P7). A host has been silent since its last heartbeat. The
     * bookings are not checked against totals, because a host may have shrunk.
     */
    public void restore(
            Collection<Host> known, Collection<Booking> booked, Map<String, Long> releasedBefore, long now) {
        known.forEach(host -> add(host, Math.min(host.at(), now)));
        booked.forEach(booking -> {
            HostEntry entry = hosts.get(booking.host());
            if (entry == null) {
                throw new IllegalStateException(booking + " is for a host that is not there");
            }
            put(booking, entry);
        });
        new TreeMap<>(releasedBefore).forEach(released::putIfAbsent);
    }
}
