package io.yardmaster.core;

import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.LivePolicy;
import java.util.List;
import java.util.Map;

/** Plays commands to a scheduler, real or naive. */
final class Player {
    private static final long START = 1_700_000_000_000L;

    private final Subject subject;
    private long now = START;
    private int events;
    private Map<Long, Double> weights = Map.of();

    private LivePolicy live = LivePolicy.NONE;

    Player(Subject subject) {
        this.subject = subject;
    }

    void playAll(List<SchedulerCommand> history) {
        history.forEach(this::play);
    }

    void play(SchedulerCommand command) {
        if (command instanceof SchedulerCommand.Tick tick) {
            now += tick.timeChange();
            subject.follow(live);
            if (subject.tick(now, new Budget(tick.budget(), weights)) > tick.budget()) {
                throw new AssertionError("more offered than the budget of " + tick);
            }
        } else if (command instanceof SchedulerCommand.Ready e) {
            int[] indices = e.indices().stream().mapToInt(index -> index).toArray();
            subject.ready(e.group(), e.job(), session(e.sessionChange()), indices, e.attempt(), now, trace());
        } else if (command instanceof SchedulerCommand.Commit e) {
            subject.commit(e.group(), e.job(), session(e.sessionChange()), now, trace());
        } else if (command instanceof SchedulerCommand.Cleanup e) {
            subject.cleanup(e.group(), e.job(), session(e.sessionChange()), e.hasTask(), now, trace());
        } else if (command instanceof SchedulerCommand.Commanded e) {
            long session = e.sessionChange() == null ? Event.Commanded.ANY_SESSION : session(e.sessionChange());
            subject.apply(new Event.Commanded(e.job(), session, e.command(), e.priority()));
        } else if (command instanceof SchedulerCommand.Outcome e) {
            List<DispatchedTask> made = subject.assignments();
            if (!made.isEmpty()) {
                subject.apply(outcome(made.get(Math.max(0, made.size() - 1 - e.assignment())), e));
            }
        } else if (command instanceof SchedulerCommand.Session e) {
            subject.session(session(e.change()));
        } else if (command instanceof SchedulerCommand.Weigh e) {
            weights = e.weights();
        } else if (command instanceof SchedulerCommand.Live e) {
            live = e.live();
        }
    }

    private Event.AssignmentEnded outcome(DispatchedTask made, SchedulerCommand.Outcome outcome) {
        int wrong = outcome.wrong();
        return new Event.AssignmentEnded(
                made.id() + (wrong == 1 ? 1_000_000 : 0),
                made.group() + (wrong == 2 ? 1 : 0),
                made.job() + (wrong == 3 ? 1_000 : 0),
                made.kind(),
                made.taskIndex() + (wrong == 4 && made.taskIndex() >= 0 ? 100 : 0),
                made.attempt() + (wrong == 5 ? 9 : 0),
                made.session() + (wrong == 6 ? 1 : 0),
                outcome.end(),
                now,
                "",
                trace());
    }

    /** The trace of the next event: sometimes none, sometimes that of the event before. */
    private String trace() {
        int stretch = ++events / 2;
        return stretch % 3 == 0 ? null : "trace \u00ff " + stretch;
    }

    private long session(int change) {
        return Math.max(0, subject.session() + change);
    }
}
