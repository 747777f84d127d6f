package io.yardmaster.core.limits;

import io.yardmaster.core.values.LimitKeys;
import java.util.Map;

/** The pool of tasks and the named limits that they need, with the units of each. */
final class Shape {
    final int id;
    final Map<String, Long> needs;
    final Limit[] limits;
    final long[] units;
    /** Empty for the default pool. */
    final String pool;
    /** The number of tasks that get what they need together; 1 if each gets it alone. */
    final int gang;
    /** Its open tasks. */
    long open;
    /** The jobs that have tasks of this shape in a queue. */
    int jobs;
    /** The assignments that hold its units. */
    long held;

    /** @param limits in the order of the needs, the size of the gang left out */
    Shape(int id, Map<String, Long> needs, Limit[] limits) {
        this.id = id;
        this.needs = needs;
        this.limits = limits;
        this.units = needs.entrySet().stream()
                .filter(need -> !need.getKey().equals(LimitKeys.GANG))
                .mapToLong(Map.Entry::getValue)
                .toArray();
        this.gang = needs.getOrDefault(LimitKeys.GANG, 1L).intValue();
        this.pool = needs.keySet().stream()
                .filter(LimitKeys::isOfPool)
                .map(LimitKeys::pool)
                .findFirst()
                .orElse("");
    }

    /** The units of a limit; 1 of one that has no name, and of a rate. */
    long units(Constraint constraint) {
        for (int i = 0; i < limits.length; i++) {
            if (limits[i] == constraint) {
                return units[i];
            }
        }
        return 1;
    }
}
