package io.yardmaster.torture.checker;

import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Evidence.Unit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The assignments of each unit, in the order of their ids: more than one if execution managers refused it. */
final class Offers {
    private final Map<Unit, List<Assigned>> byUnit = new HashMap<>();
    private final Map<Assigned, Integer> places = new HashMap<>();

    static Offers of(Evidence evidence) {
        Offers offers = new Offers();
        evidence.assigned().stream()
                .sorted(Comparator.comparingLong(Assigned::id))
                .forEach(offers::add);
        return offers;
    }

    private void add(Assigned one) {
        List<Assigned> ofUnit = byUnit.computeIfAbsent(one.unit(), key -> new ArrayList<>());
        places.put(one, ofUnit.size());
        ofUnit.add(one);
    }

    Collection<List<Assigned>> all() {
        return byUnit.values();
    }

    boolean isFirst(Assigned one) {
        return place(one) == 0;
    }

    /** The number of assignments of the same unit before this one. */
    int place(Assigned one) {
        return places.get(one);
    }

    /** The assignment of the same unit before this one; null if it is the first. */
    Assigned before(Assigned one) {
        return isFirst(one) ? null : byUnit.get(one.unit()).get(place(one) - 1);
    }
}
