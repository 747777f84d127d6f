package io.yardmaster.core.admission;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Admits pending jobs by their arrival, regardless of their groups. */
final class ArrivalOrder implements AdmissionOrder {
    private final TreeMap<Long, Group> byArrival = new TreeMap<>();

    @Override
    public void add(Group group) {
        byArrival.put(group.oldestArrival(), group);
    }

    @Override
    public void remove(long arrival) {
        byArrival.remove(arrival);
    }

    @Override
    public @Nullable Group next() {
        Map.Entry<Long, Group> first = byArrival.firstEntry();
        return first == null ? null : first.getValue();
    }

    @Override
    public boolean isForGroupWithoutPlace() {
        return false;
    }

    @Override
    public boolean isByArrival() {
        return true;
    }

    @Override
    public List<Group> beginningBefore(long arrival) {
        return List.copyOf(byArrival.headMap(arrival).values());
    }
}
