package io.yardmaster.core.limits;

import io.yardmaster.core.values.LimitDemand;
import io.yardmaster.core.values.LimitKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts the tasks that wait for each limit. Takes time proportional to the lists, not to jobs or tasks. */
final class DemandCount {

    /** The units of a limit that waiting tasks need in all, and the most that one of them, or a gang, needs. */
    private static final class Wanted {
        static final Wanted NOTHING = new Wanted();

        long units;
        long largest;

        void add(long tasks, long each, long atOnce) {
            units += tasks * each;
            largest = Math.max(largest, atOnce);
        }
    }

    private final Shapes shapes;
    private final Registry registry;
    private final Lines lines;
    private Map<String, Long> whole = Map.of();

    DemandCount(Shapes shapes, Registry registry, Lines lines) {
        this.shapes = shapes;
        this.registry = registry;
        this.lines = lines;
    }

    /** Knows the capacities that all schedulers have together from now on. */
    void know(Map<String, Long> capacities) {
        whole = capacities;
    }

    private boolean canBeMet(Shape shape) {
        for (int i = 0; i < shape.limits.length; i++) {
            String key = shape.limits[i].key;
            // Nothing may be reserved for a pool that is gone, as for one that is paused.
            if (shape.gang * shape.units[i]
                    > whole.getOrDefault(key, LimitKeys.isOfPool(key) ? Limit.NONE : Long.MAX_VALUE)) {
                return false;
            }
        }
        return true;
    }

    /** The use of each limit but those of single jobs, by key. Tasks count as waiting if they could have all that they need. */
    Map<String, LimitDemand> byKey() {
        Map<Limit, Wanted> wanted = new HashMap<>();
        lines.forEach(list -> {
            if (canBeMet(list.line.shape)) {
                count(wanted, list);
            }
        });
        shapes.withOpen().stream().filter(this::canBeMet).forEach(shape -> count(wanted, shape, shape.open));
        Map<String, LimitDemand> demand = new TreeMap<>();
        for (Limit limit : registry.limits()) {
            Wanted of = wanted.getOrDefault(limit, Wanted.NOTHING);
            demand.put(limit.key, new LimitDemand(limit.used, limit.grantedUnits(), of.units, of.largest));
        }
        return demand;
    }

    private void count(Map<Limit, Wanted> wanted, WaitingList list) {
        count(wanted, list.line.shape, list.tasks);
        count(wanted, registry.ofGroup(list.key.group()), list.tasks, 1, list.line.shape.gang);
        count(wanted, registry.ofAll(), list.tasks, 1, list.line.shape.gang);
    }

    private static void count(Map<Limit, Wanted> wanted, Shape shape, long tasks) {
        for (int i = 0; i < shape.limits.length; i++) {
            count(wanted, shape.limits[i], tasks, shape.units[i], shape.gang * shape.units[i]);
        }
    }

    private static void count(Map<Limit, Wanted> wanted, @Nullable Limit limit, long tasks, long each, long atOnce) {
        if (limit != null) {
            wanted.computeIfAbsent(limit, first -> new Wanted()).add(tasks, each, atOnce);
        }
    }
}
