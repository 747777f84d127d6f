package io.yardmaster.core.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The room on all hosts of a snapshot in the course of planning. Hosts and resources have numbers, in the order of their names. */
final class HostRooms {
    private static final int NONE = -1;

    private final List<BookedHost> hosts;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> resources = new HashMap<>();
    private final int width;
    private final long[] total;
    private final long[] free;
    private final int[] tasks;
    private final int[] labels;
    private final List<Map<String, String>> labelClasses = new ArrayList<>();
    /** By host, the tasks that the plan has put there. */
    private final Map<Integer, List<Stay>> placed = new HashMap<>();
    /** The tasks of bookings that the plan ends. */
    private final Set<TaskRef> released = new HashSet<>();

    private final Map<Amounts, long[]> vectors = new HashMap<>();
    private final @Nullable Hold[] holds;
    private final Map<Requirement, ShapeMatch> shapes = new HashMap<>();
    private long looks;
    private long refusals;

    HostRooms(PlacementSnapshot snapshot) {
        hosts = snapshot.open();
        TreeSet<String> names = new TreeSet<>();
        hosts.forEach(each -> addNames(each.host().total(), names));
        if (names.size() > HostTable.MOST_RESOURCES) {
            throw new IllegalArgumentException("a pool must not have more than %s resources, not %s"
                    .formatted(HostTable.MOST_RESOURCES, names.size()));
        }
        names.forEach(name -> resources.put(name, resources.size()));
        width = names.size();
        total = new long[hosts.size() * width];
        tasks = new int[hosts.size()];
        labels = new int[hosts.size()];
        holds = new Hold[hosts.size()];
        Map<Map<String, String>, Integer> classes = new HashMap<>();
        for (int host = 0; host < hosts.size(); host++) {
            Host described = hosts.get(host).host();
            numbers.put(described.name(), host);
            tasks[host] = hosts.get(host).bookings().size();
            add(described.total(), 1, total, host);
            labels[host] = classes.computeIfAbsent(described.labels(), added -> {
                labelClasses.add(added);
                return classes.size();
            });
        }
        free = total.clone();
        for (int host = 0; host < hosts.size(); host++) {
            add(hosts.get(host).booked(), -1, free, host);
        }
    }

    private static void addNames(Amounts amounts, Set<String> names) {
        for (int place = 0; place < amounts.size(); place++) {
            names.add(amounts.name(place));
        }
    }

    private void add(Amounts amounts, int sign, long[] sums, int host) {
        for (int place = 0; place < amounts.size(); place++) {
            Integer resource = resources.get(amounts.name(place));
            if (resource != null) {
                sums[host * width + resource] += sign * amounts.value(place);
            }
        }
    }

    /** Takes room for tasks, and keeps in mind how long. */
    void place(int host, ShapeMatch shape, int count, long at, long end) {
        take(host, shape.needs(), count);
        Hold hold = holds[host];
        if (hold != null && !hold.endsBefore(end)) {
            hold.take(shape.needs(), count);
        }
        placed.computeIfAbsent(host, first -> new ArrayList<>(2))
                .add(new Stay(end, at, shape.needs(), count, hold == null ? Booking.NO_RESERVATION : hold.since()));
    }

    /** Undoes the last {@link #place} on a host. */
    void undo(int host) {
        List<Stay> there = Objects.requireNonNull(placed.get(host), "nothing was placed on the host");
        Stay last = there.remove(there.size() - 1);
        take(host, last.needs(), -last.tasks());
        Hold hold = holds[host];
        if (hold != null && !hold.endsBefore(last.end())) {
            hold.take(last.needs(), -last.tasks());
        }
    }

    /** The needs of a booking's task by the numbers of resources; not to be changed. */
    long[] needs(Booking booking) {
        // Equal needs share an array, since there may be many bookings of a few shapes.
        return vectors.computeIfAbsent(booking.needs(), this::vector);
    }

    /** Gives the room of a booking back, whose task is to lose it. Returns the number of its host; -1 if it is unknown. */
    int release(Booking booking) {
        int host = number(booking.host());
        if (host != NONE) {
            released.add(booking.task());
            take(host, needs(booking), -1);
        }
        return host;
    }

    private void take(int host, long[] needs, int count) {
        for (int resource = 0; resource < width; resource++) {
            free[host * width + resource] -= needs[resource] * count;
        }
        tasks[host] += count;
    }

    /** The requirement in the numbers of this plan. */
    ShapeMatch match(Requirement requirement) {
        ShapeMatch known = shapes.get(requirement);
        if (known == null) {
            known = compile(requirement);
            shapes.put(requirement, known);
        }
        return known;
    }

    private ShapeMatch compile(Requirement requirement) {
        boolean[] suitable = new boolean[labelClasses.size()];
        for (int each = 0; each < suitable.length; each++) {
            suitable[each] = requirement.suits(labelClasses.get(each));
        }
        Amounts needs = requirement.needs();
        boolean known = true;
        for (int place = 0; place < needs.size(); place++) {
            known &= resources.containsKey(needs.name(place));
        }
        long[] vector = vector(needs);
        ShapeMatch match = new ShapeMatch(requirement, known, vector, suitable, number(requirement.avoided()));
        // A host that is the only one gets back what it has refused.
        return requirement.avoided().isEmpty() || fitsEmpty(match, 1)
                ? match
                : new ShapeMatch(requirement, known, vector, suitable, NONE);
    }

    /** Amounts by the numbers of resources; a resource that no host has is left out. */
    private long[] vector(Amounts amounts) {
        long[] vector = new long[width];
        for (int place = 0; place < amounts.size(); place++) {
            Integer resource = resources.get(amounts.name(place));
            if (resource != null) {
                vector[resource] = amounts.value(place);
            }
        }
        return vector;
    }

    /** The number of tasks, at most {@code most}, that may start on a host if they end at a time. */
    int count(int host, ShapeMatch shape, long end, int most) {
        int count = countFree(host, shape, most);
        Hold hold = holds[host];
        if (count == 0 || hold == null || hold.endsBefore(end)) {
            return count;
        }
        int spare = shape.count(hold.spare(), 0, count);
        if (spare < count) {
            refusals++;
        }
        return spare;
    }

    /** The same without regard to reservations. */
    int countFree(int host, ShapeMatch shape, int most) {
        looks++;
        return shape.known() && shape.suits(host, labels[host]) ? shape.count(free, host * width, most) : 0;
    }

    /** The number of tasks that an empty host has room for. */
    int countEmpty(int host, ShapeMatch shape, int most) {
        return shape.known() && shape.suits(host, labels[host]) ? shape.count(total, host * width, most) : 0;
    }

    /** True if the hosts have room for so many tasks when they are empty. */
    boolean fitsEmpty(ShapeMatch shape, int count) {
        int left = count;
        for (int host = 0; host < hosts.size() && left > 0; host++) {
            left -= countEmpty(host, shape, left);
        }
        return left == 0;
    }

    void hold(int host, Hold hold) {
        holds[host] = hold;
    }

    boolean isHeld(int host) {
        return holds[host] != null;
    }

    /** The reservation that holds a host, by the time since when. */
    long heldSince(int host) {
        Hold hold = holds[host];
        return hold == null ? Booking.NO_RESERVATION : hold.since();
    }

    /** The tasks on a host. They are looked up for each call, since most plans ask of few hosts. */
    List<Stay> stays(int host) {
        List<Stay> stays = new ArrayList<>();
        for (Booking booking : hosts.get(host).bookings()) {
            if (!released.contains(booking.task())) {
                stays.add(new Stay(booking.expectedEnd(), booking.at(), needs(booking), 1, booking.beside()));
            }
        }
        stays.addAll(placed.getOrDefault(host, List.of()));
        return stays;
    }

    /** A copy of what is free on a host, by resource. */
    long[] freeOn(int host) {
        return Arrays.copyOfRange(free, host * width, (host + 1) * width);
    }

    Host host(int number) {
        return hosts.get(number).host();
    }

    /** The number of a host; -1 if it is unknown. */
    int number(String name) {
        return numbers.getOrDefault(name, NONE);
    }

    int size() {
        return hosts.size();
    }

    int width() {
        return width;
    }

    int resource(String name) {
        return resources.getOrDefault(name, -1);
    }

    long free(int host, int resource) {
        return free[host * width + resource];
    }

    long total(int host, int resource) {
        return total[host * width + resource];
    }

    int tasks(int host) {
        return tasks[host];
    }

    int labels(int host) {
        return labels[host];
    }

    /** The number of times that only a reservation kept a task from a host. */
    long refusals() {
        return refusals;
    }

    /** Counts hosts whose room was compared elsewhere. */
    void lookedAt(int hosts) {
        looks += hosts;
    }

    /** The number of times that the room of a host was compared with needs. */
    long looks() {
        return looks;
    }
}
