package io.yardmaster.replay.fidelity;

import io.yardmaster.core.ticks.LoggedCall;
import io.yardmaster.replay.recording.DayEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Compares a shard tick by tick if its ticks were recorded from the beginning, and otherwise by what the times of the records tell. */
final class ChosenRun implements ShardRun {
    /** The first assignment is one of the first ones of the recording, or not there. */
    private static final int MOST_BEFORE_FIRST = 10_000;

    private final Supplier<ShardRun> byTicks;
    private final Supplier<ShardRun> byTimes;
    private final List<DayEntry> before = new ArrayList<>();
    private int assigned;
    private ShardRun chosen;

    ChosenRun(Supplier<ShardRun> byTicks, Supplier<ShardRun> byTimes) {
        this.byTicks = byTicks;
        this.byTimes = byTimes;
    }

    @Override
    public void accept(DayEntry entry) {
        if (chosen != null) {
            chosen.accept(entry);
            return;
        }
        before.add(entry);
        if (entry instanceof DayEntry.Assigned first) {
            assigned++;
            if (first.number() == 1) {
                choose(beginsFresh(first));
            } else if (assigned == MOST_BEFORE_FIRST) {
                choose(false);
            }
        }
    }

    private static boolean beginsFresh(DayEntry.Assigned first) {
        return first.ticks().isPresent()
                && CarriedTicks.of(first).first().stream()
                        .anyMatch(call -> call instanceof LoggedCall.Opened opened
                                && opened.beginning() == LoggedCall.Beginning.FRESH);
    }

    private void choose(boolean ticks) {
        chosen = ticks ? byTicks.get() : byTimes.get();
        before.forEach(chosen::accept);
        before.clear();
    }

    @Override
    public ShardOrder end() {
        if (chosen == null) {
            choose(false);
        }
        return chosen.end();
    }
}
