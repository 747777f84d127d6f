package io.yardmaster.core.placement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Answers questions about the pools of one partition, for people; changes nothing. Used by the thread of its {@link PoolPlacement}. */
public final class PlacementView {
    /** The most different demands of a job that are explained: each takes time in proportion to hosts and bookings. */
    private static final int MOST_WAITS = 20;

    private final SortedMap<String, PoolBook> books;
    private final PlacementPolicy policy;

    PlacementView(SortedMap<String, PoolBook> books, PlacementPolicy policy) {
        this.books = books;
        this.policy = policy;
    }

    /** The pools that have hosts, or tasks that wait for some. */
    public List<PoolHosts> pools(long now) {
        return books.values().stream()
                .filter(book -> book.waiting() > 0 || book.hosts().size() > 0)
                .map(book -> pool(book, now))
                .toList();
    }

    /**
     * A page of the hosts of a pool; empty if nothing is known of it.
     *
     * @param after the name behind which it begins; empty for the first page
     */
    public Optional<HostPage> hosts(String pool, String after, int limit, long now) {
        PoolBook book = books.get(pool);
        if (book == null) {
            return Optional.empty();
        }
        HostTable hosts = book.hosts();
        List<HostLine> page = new ArrayList<>();
        for (HostEntry entry : present(book, after, now)) {
            if (page.size() == limit) {
                return Optional.of(new HostPage(
                        pool(book, now), page, Optional.of(page.get(limit - 1).name())));
            }
            page.add(HostLine.of(entry, hosts.isSilent(entry.host().name(), policy, now), now));
        }
        return Optional.of(new HostPage(pool(book, now), page, Optional.empty()));
    }

    /** The hosts but those that have stopped in order, which are known until they would be taken for lost. */
    private List<HostEntry> present(PoolBook book, String after, long now) {
        HostTable hosts = book.hosts();
        return hosts.entriesAfter(after).stream()
                .filter(entry ->
                        !entry.hasLeft() || !hosts.isSilent(entry.host().name(), policy, now))
                .toList();
    }

    /**
     * The loads of some pools; a pool of which nothing is known has none.
     *
     * @param job is counted in each
     * @param mostHosts of all pools together; one that does not fit is not complete
     * @param mostTasks of all pools together that have a place or wait, likewise
     */
    public List<PoolLoad> loads(Set<String> pools, long job, int mostHosts, int mostTasks, long now) {
        List<PoolLoad> loads = new ArrayList<>();
        int hosts = mostHosts;
        int tasks = mostTasks;
        for (PoolBook book : books.values()) {
            if (pools.contains(book.pool())) {
                PoolLoad load = load(book, job, hosts, tasks, now);
                hosts -= load.hosts().size();
                tasks -= load.placed().size() + load.waitingTasks();
                loads.add(load);
            }
        }
        return loads;
    }

    private PoolLoad load(PoolBook book, long job, int mostHosts, int mostTasks, long now) {
        HostTable hosts = book.hosts();
        List<PlacedTask> placed = book.placed();
        int placedOfJob = (int) placed.stream()
                .filter(each -> each.booking().task().job() == job)
                .count();
        int waitingOfJob = book.unitsOf(job).stream()
                .mapToInt(unit -> unit.offer().tasks())
                .sum();
        if (hosts.size() > mostHosts || placed.size() + book.waiting() > mostTasks) {
            return PoolLoad.incomplete(book.pool(), placedOfJob, waitingOfJob);
        }
        return new PoolLoad(
                book.pool(),
                true,
                placedOfJob,
                waitingOfJob,
                hosts.hosts().stream()
                        .map(host -> PoolLoad.OfHost.of(host, hosts.isSilent(host.name(), policy, now)))
                        .toList(),
                hosts.bookings().stream().map(PoolLoad.Placed::of).toList(),
                book.units().stream()
                        .map(unit -> PoolLoad.Waiting.of(unit.offer()))
                        .toList(),
                book.reservations());
    }

    private PoolHosts pool(PoolBook book, long now) {
        HostTable hosts = book.hosts();
        Collection<HostEntry> entries = present(book, "", now);
        ResourceCount count = new ResourceCount();
        int silent = 0;
        int overbooked = 0;
        for (HostEntry entry : entries) {
            boolean isSilent = hosts.isSilent(entry.host().name(), policy, now);
            silent += isSilent ? 1 : 0;
            overbooked += entry.isOverbooked() ? 1 : 0;
            count.add(entry, isSilent);
        }
        long since =
                book.reservations().stream().mapToLong(Reservation::since).min().orElse(now);
        return new PoolHosts(
                book.pool(),
                entries.size(),
                silent,
                overbooked,
                book.placed().size(),
                book.waiting(),
                Math.max(0, now - since),
                count.all());
    }

    /** A host of a pool that was not released. */
    public Optional<Host> host(String pool, String name) {
        return Optional.ofNullable(books.get(pool)).flatMap(book -> book.hosts().host(name));
    }

    /** The tasks of a job that wait for hosts, and why: of its first different demands. */
    public List<HostWait> waits(long job, long now) {
        List<HostWait> waits = new ArrayList<>();
        for (PoolBook book : books.values()) {
            List<OfferedUnit> units = book.unitsOf(job);
            if (!units.isEmpty()) {
                waits.addAll(waits(book, units, MOST_WAITS - waits.size(), now));
            }
        }
        return waits;
    }

    private Collection<HostWait> waits(PoolBook book, List<OfferedUnit> units, int most, long now) {
        PlacementSnapshot snapshot = hostsNow(book, now);
        Map<List<Object>, HostWait> byDemand = new LinkedHashMap<>();
        for (OfferedUnit unit : units) {
            Offer offer = book.asPlanned(unit, now);
            List<Object> demand = List.of(offer.requirement(), offer.gangSize(), offer.priority());
            HostWait before = byDemand.get(demand);
            int last = offer.firstTask() + offer.tasks() - 1;
            if (before != null) {
                byDemand.put(demand, before.with(offer.firstTask(), last, offer.tasks()));
            } else if (byDemand.size() < most) {
                String why = FitExplanation.of(snapshot, offer);
                byDemand.put(
                        demand,
                        new HostWait(book.pool(), offer.firstTask(), last, offer.tasks(), offer.gangSize(), why));
            }
        }
        return byDemand.values();
    }

    /** Hosts and reservations, for an explanation. It has none of the offers that wait, which may be many. */
    private PlacementSnapshot hostsNow(PoolBook book, long now) {
        return book.hosts().snapshot(List.of(), book.reservations(), policy, now);
    }

    /** Why a task has no place, in a sentence; empty if it does not wait here. */
    public Optional<String> explain(String pool, TaskRef task, long now) {
        PoolBook book = books.get(pool);
        OfferedUnit unit = book == null ? null : book.unitOf(task);
        return book == null || unit == null
                ? Optional.empty()
                : Optional.of(FitExplanation.of(hostsNow(book, now), book.asPlanned(unit, now)));
    }

    /** The bookings of a pool, host by host. */
    public List<Booking> bookings(String pool) {
        PoolBook book = books.get(pool);
        return book == null ? List.of() : book.hosts().bookings();
    }

    /** The pools of which anything is known, by name. */
    public Set<String> names() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(books.keySet()));
    }

    /** The tasks that have places in a pool on hosts that read one of these partitions of the dispatch topic, by partition. */
    public Map<Integer, Set<TaskRef>> placed(String pool, Set<Integer> partitions) {
        Map<Integer, Set<TaskRef>> placed = new HashMap<>();
        PoolBook book = books.get(pool);
        if (book != null) {
            for (HostEntry entry : book.hosts().entriesAfter("")) {
                int partition = entry.host().dispatchPartition();
                if (partitions.contains(partition) && !entry.bookings().isEmpty()) {
                    Set<TaskRef> there = placed.computeIfAbsent(partition, none -> new HashSet<>());
                    entry.bookings().forEach(booking -> there.add(booking.task()));
                }
            }
        }
        return placed;
    }

    /** Returns whether a task has a place in a pool on a host that reads this partition of the dispatch topic. */
    public boolean isPlaced(String pool, TaskRef task, int partition) {
        PoolBook book = books.get(pool);
        return book != null
                && book.hosts()
                        .booking(task)
                        .flatMap(booking -> book.hosts().host(booking.host()))
                        .filter(host -> host.dispatchPartition() == partition)
                        .isPresent();
    }

    /** The number of tasks that wait in a pool. */
    public int waiting(String pool) {
        PoolBook book = books.get(pool);
        return book == null ? 0 : book.waiting();
    }
}
