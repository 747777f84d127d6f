package io.yardmaster.replay;

import io.yardmaster.core.values.Event;
import io.yardmaster.replay.ModelFleet.TaskDurations;
import io.yardmaster.replay.engine.DurationHistory;
import io.yardmaster.replay.engine.PolicyRun;
import io.yardmaster.replay.report.Comparison;
import io.yardmaster.replay.report.GroupFigures;
import io.yardmaster.replay.report.RunFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Replays a day under several policies at once, in one pass over its events. */
public final class Replay {
    private final ModelFleet fleet;
    private final List<ReplayPolicy> policies;
    private final RunFigures recorded = new RunFigures();
    private final List<RunFigures> figures = new ArrayList<>();
    private final List<PolicyRun> runs = new ArrayList<>();
    private final Optional<DurationHistory> history;

    private Replay(ModelFleet fleet, List<ReplayPolicy> policies) {
        this.fleet = fleet;
        this.policies = List.copyOf(policies);
        this.history = fleet.durations() == TaskDurations.DRAWN
                ? Optional.of(new DurationHistory(fleet.seed()))
                : Optional.empty();
        for (ReplayPolicy policy : policies) {
            RunFigures own = new RunFigures();
            figures.add(own);
            runs.add(new PolicyRun(policy, fleet.slots(), fleet.unknownRuntime(), own));
        }
    }

    /**
     * Replays a day to its end.
     *
     * @throws InvalidDayException if it makes no sense
     */
    public static Comparison of(Day day, ModelFleet fleet, List<ReplayPolicy> policies) {
        Replay replay = new Replay(fleet, policies);
        for (Optional<TimedEvent> next = day.next(); next.isPresent(); next = day.next()) {
            replay.take(next.get());
        }
        return replay.end(day.notes());
    }

    private void take(TimedEvent event) {
        see(event);
        TimedEvent played = history.isPresent() ? history.get().draw(event) : event;
        runs.forEach(run -> run.arrive(played));
    }

    /** Counts the day as it was. */
    private void see(TimedEvent event) {
        long group;
        long tasks;
        int priority = 0;
        if (event.event() instanceof Event.GraphSubmitted graph) {
            group = graph.group();
            tasks = graph.tasks();
            priority = graph.priority();
        } else if (event.event() instanceof Event.OfJob ofJob) {
            group = ofJob.group();
            tasks = ofJob instanceof Event.TasksReady ready ? ready.indices().length : 1;
        } else {
            return;
        }
        recorded.begin(event.at());
        GroupFigures its = recorded.group(group);
        int level = priority;
        event.work().seen((many, readyAt, startedAt, runtime) -> {
            if (readyAt == RecordedWork.UNKNOWN) {
                recorded.ran(its, many, startedAt, runtime);
            } else {
                recorded.started(its, level, tasks, many, Math.max(0, startedAt - readyAt), startedAt, runtime);
            }
        });
    }

    private Comparison end(List<String> notes) {
        runs.forEach(PolicyRun::finish);
        if (figures.get(0).jobs() == 0) {
            throw new InvalidDayException("the day has no jobs");
        }
        return Comparison.of(fleet, policies, recorded, figures, notes);
    }
}
