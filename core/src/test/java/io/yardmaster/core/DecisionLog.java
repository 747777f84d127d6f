package io.yardmaster.core;

import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.EventDropReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Keeps all decisions in order, except those that a job joined the rotation or waits for a place. */
public final class DecisionLog implements Consumer<Decision> {
    private final List<Decision> all = new ArrayList<>();
    private final List<DispatchedTask> assignments = new ArrayList<>();

    @Override
    public void accept(Decision decision) {
        if (!(decision instanceof Decision.Joined) && !(decision instanceof Decision.Deferred)) {
            all.add(decision);
        }
        if (decision instanceof DispatchedTask assigned) {
            assignments.add(assigned);
        }
    }

    List<Decision> all() {
        return all;
    }

    List<DispatchedTask> assignments() {
        return assignments;
    }

    long dropped(EventDropReason reason) {
        return all.stream()
                .filter(Decision.Dropped.class::isInstance)
                .map(Decision.Dropped.class::cast)
                .filter(drop -> drop.reason() == reason)
                .mapToLong(Decision.Dropped::count)
                .sum();
    }
}
