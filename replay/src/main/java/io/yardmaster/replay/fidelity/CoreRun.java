package io.yardmaster.replay.fidelity;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.CommandDropReason;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.replay.recording.AssignedTask;
import io.yardmaster.replay.recording.DayEntry;
import io.yardmaster.replay.recording.JobOf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/** A core with the state of one shard, which can go back to a mark and take another way from there. */
final class CoreRun {
    /** The most commands about unknown jobs that are held, as by a shard. */
    private static final int MOST_HELD = 10_000;

    private final Policy policy;
    private final UndoStorage storage = new UndoStorage();
    /** The core's number of the assignment that has this number in the recording. */
    private final LongUnaryOperator numbers;

    private Scheduler scheduler;
    private LivePolicy live = LivePolicy.NONE;
    private Map<Long, List<Event.Commanded>> held = new LinkedHashMap<>();
    private LivePolicy markedLive = live;
    private Map<Long, List<Event.Commanded>> markedHeld = Map.of();
    private boolean isAtMark;

    /** An assignment of the core, and its number. */
    record Made(AssignedTask task, long number) {}

    CoreRun(Policy policy, LongUnaryOperator numbers) {
        this.policy = policy;
        this.numbers = numbers;
        this.scheduler = new Scheduler(policy, storage, 0);
    }

    /** Makes the present state the one to go back to. */
    void mark() {
        scheduler.flush();
        storage.mark();
        markedLive = live;
        markedHeld = new LinkedHashMap<>(held);
        isAtMark = true;
    }

    /** Takes back all since the mark. */
    void goBack() {
        if (isAtMark) {
            return;
        }
        isAtMark = true;
        storage.goBack();
        live = markedLive;
        held = new LinkedHashMap<>(markedHeld);
        scheduler = new Scheduler(policy, storage, 0);
    }

    /** Returns whether there is nothing that a tick could offer now. */
    boolean nothingWaits() {
        return !scheduler.demand(false).isSomething();
    }

    boolean knows(long job) {
        return scheduler.view().job(job, 0).isPresent();
    }

    void apply(DayEntry entry) {
        isAtMark = false;
        if (entry instanceof DayEntry.PolicyChanged changed) {
            live = changed.live();
        } else if (entry instanceof DayEntry.SessionPublished published) {
            scheduler.apply(published.event());
        } else if (entry instanceof DayEntry.Arrived arrived && isAsExpected(arrived)) {
            apply(arrived.event());
        }
    }

    /** As the scheduler refuses an event whose sender expected something else. */
    private boolean isAsExpected(DayEntry.Arrived arrived) {
        return arrived.expectsNew().isEmpty()
                || arrived.expectsNew().get()
                        != knows(JobOf.event(arrived.event()).orElseThrow());
    }

    private void apply(Event event) {
        if (event instanceof Event.Commanded command) {
            command(command);
        } else if (event instanceof Event.AssignmentEnded ended) {
            scheduler.apply(ended.withId(numbers.applyAsLong(ended.id())));
        } else {
            scheduler.apply(event);
            JobOf.event(event).ifPresent(job -> {
                List<Event.Commanded> waiting = held.remove(job);
                if (waiting != null) {
                    waiting.forEach(scheduler::apply);
                }
            });
        }
    }

    /** A command that came before all events of its job waits for the first. */
    private void command(Event.Commanded command) {
        boolean unknown = scheduler.apply(command).stream()
                .anyMatch(decision -> decision instanceof Decision.CommandDropped dropped
                        && dropped.reason() == CommandDropReason.UNKNOWN_JOB);
        if (unknown && held.size() < MOST_HELD) {
            List<Event.Commanded> all = new ArrayList<>(held.getOrDefault(command.job(), List.of()));
            all.add(command);
            held.put(command.job(), List.copyOf(all));
        }
    }

    /** Ticks once; returns the assignments. */
    List<Made> tick(long at, int budget) {
        isAtMark = false;
        List<Made> made = new ArrayList<>();
        scheduler.follow(live);
        scheduler.tick(at, Budget.of(budget), decision -> {
            if (decision instanceof DispatchedTask task) {
                made.add(new Made(AssignedTask.of(task), task.id()));
            }
        });
        return made;
    }
}
