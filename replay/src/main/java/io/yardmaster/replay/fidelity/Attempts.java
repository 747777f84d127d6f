package io.yardmaster.replay.fidelity;

import io.yardmaster.replay.recording.AssignedTask;
import io.yardmaster.replay.recording.DayEntry;
import io.yardmaster.replay.recording.DayEntry.Assigned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lets the core choose assignments, each time from its mark on. */
final class Attempts {
    /** Graphs may need several ticks until their tasks are ready. */
    private static final int MOST_TICKS = 8;

    private final CoreRun core;
    private final AssignmentMatches matches;
    private final List<DayEntry> pending;

    Attempts(CoreRun core, AssignmentMatches matches, List<DayEntry> pending) {
        this.core = core;
        this.matches = matches;
        this.pending = pending;
    }

    /** Ticks at the mark as a shard does that makes no assignment; with nothing to offer, jobs without tasks leave the rotation. */
    void idle(long at) {
        boolean room = core.nothingWaits();
        if (!core.tick(at, room ? 1 : 0).isEmpty()) {
            core.goBack();
            core.tick(at, 0);
        }
    }

    /**
     * Makes assignments until as many as these are the core's choice, without those that it owes, or until it has none to make.
     *
     * @param count of the assignments to make, from 1
     */
    Attempt run(TickWay way, long at, List<Assigned> wanted, int count) {
        core.goBack();
        if (way.idle()) {
            idle(at);
        }
        way.entries(pending).forEach(core::apply);
        List<CoreRun.Made> made = new ArrayList<>();
        List<AssignedTask> chosen = new ArrayList<>();
        int idleTicks = 0;
        while (chosen.size() < count && idleTicks < MOST_TICKS) {
            List<CoreRun.Made> tick = core.tick(at, count - chosen.size());
            idleTicks = tick.isEmpty() ? idleTicks + 1 : 0;
            made.addAll(tick);
            tick.stream()
                    .map(CoreRun.Made::task)
                    .filter(task -> !matches.isOwed(task))
                    .forEach(chosen::add);
        }
        int matched = 0;
        while (matched < chosen.size()
                && chosen.get(matched).equals(wanted.get(matched).task())) {
            matched++;
        }
        Optional<AssignedTask> instead = matched < chosen.size() ? Optional.of(chosen.get(matched)) : Optional.empty();
        return new Attempt(way, made, matched, instead);
    }

    /** Goes on from an attempt that was just run, and that made only assignments that match these. */
    void keep(Attempt attempt, List<Assigned> wanted) {
        matches.matched(attempt.made(), wanted);
        keep(attempt);
    }

    /** Goes on from an attempt that was just run, and that made at most one assignment, instead of this one. */
    void keepOwn(Attempt attempt, Assigned chosen) {
        matches.differ(attempt.made(), chosen);
        keep(attempt);
    }

    private void keep(Attempt attempt) {
        attempt.way().removeFrom(pending);
        core.mark();
    }
}
