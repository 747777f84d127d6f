package io.yardmaster.core.admission;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Admits groups without an active job before the others, so that a big group does not keep a small one out (S15). */
final class UnseatedGroupsFirst implements AdmissionOrder {
    private final ArrivalOrder unseated = new ArrivalOrder();
    private final ArrivalOrder seated = new ArrivalOrder();

    @Override
    public void add(Group group) {
        (group.activeJobs() == 0 ? unseated : seated).add(group);
    }

    @Override
    public void remove(long arrival) {
        unseated.remove(arrival);
        seated.remove(arrival);
    }

    @Override
    public @Nullable Group next() {
        Group first = unseated.next();
        return first == null ? seated.next() : first;
    }

    @Override
    public boolean isForGroupWithoutPlace() {
        return unseated.next() != null;
    }

    @Override
    public boolean isByArrival() {
        return false;
    }

    @Override
    public List<Group> beginningBefore(long arrival) {
        List<Group> earlier = new ArrayList<>(seated.beginningBefore(arrival));
        earlier.addAll(unseated.beginningBefore(arrival));
        return earlier;
    }
}
