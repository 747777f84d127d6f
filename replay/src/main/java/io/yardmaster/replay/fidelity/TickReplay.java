package io.yardmaster.replay.fidelity;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.ticks.DecisionDigest;
import io.yardmaster.core.ticks.LoggedCall;
import io.yardmaster.core.ticks.TickLogReader;
import io.yardmaster.core.values.CommandDropReason;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.Policy;
import io.yardmaster.replay.engine.StateInMemory;
import io.yardmaster.replay.recording.AssignedTask;
import io.yardmaster.replay.recording.DayEntry;
import io.yardmaster.replay.recording.HostTasks;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Replays one shard whose ticks were recorded from the beginning: makes the same calls in the same order, so that the core must make the
 * same decisions, under the same numbers. Stops at the first graph with tasks for hosts, as the recording does not have what the hosts
 * were asked and answered.
 */
final class TickReplay implements ShardRun {
    private final int shard;
    private final Optional<Policy> instead;
    private final UnreadRecords unread = new UnreadRecords();
    private final FollowedPolicies policies = new FollowedPolicies();
    private final HostTasks hosts = new HostTasks();
    private final NumberedAssignments numbered;
    private final SortedMap<Long, CarriedTicks> carried = new TreeMap<>();
    private final Deque<LoggedCall> calls = new ArrayDeque<>();
    private final TickLogReader reader = new TickLogReader();
    private final StateInMemory storage = new StateInMemory();
    private final DecisionDigest digest = new DecisionDigest();

    private long lastCarrier = CarriedTicks.NONE;
    private Scheduler scheduler;
    private Policy policy = Policy.DEFAULT;
    private long at;
    private int digestAtTick;
    private Optional<String> stopped = Optional.empty();
    private Optional<String> otherwise = Optional.empty();
    /** The first graph of the recording with tasks for hosts. */
    private Optional<Event.GraphSubmitted> onHosts = Optional.empty();
    /** True if the last record of the recording was taken. */
    private boolean over;

    private boolean cutOff;

    /** @param instead the policy to replay under; empty: each scheduler's own */
    TickReplay(int shard, Optional<Policy> instead) {
        this.shard = shard;
        this.instead = instead;
        this.numbered = new NumberedAssignments();
    }

    @Override
    public void accept(DayEntry entry) {
        if (entry instanceof DayEntry.Arrived arrived) {
            unread.add(arrived);
            if (onHosts.isEmpty() && arrived.event() instanceof Event.GraphSubmitted graph && hosts.isIn(graph)) {
                onHosts = Optional.of(graph);
            }
        } else if (entry instanceof DayEntry.PoolPlaced placed) {
            hosts.place(placed.pool());
        } else if (entry instanceof DayEntry.PolicyChanged changed) {
            policies.add(changed);
        } else if (entry instanceof DayEntry.Assigned assigned) {
            numbered.recorded(assigned);
            if (assigned.ticks().isPresent()) {
                carried.put(assigned.number(), CarriedTicks.of(assigned));
            }
        }
        run();
    }

    private void run() {
        while (stopped.isEmpty()) {
            if (calls.isEmpty() && !takeNext()) {
                return;
            }
            LoggedCall call = calls.peek();
            if (call == null || (!over && !isReadable(call))) {
                return;
            }
            calls.remove();
            make(call);
        }
        carried.clear();
        unread.clear();
    }

    private boolean isReadable(LoggedCall call) {
        return call instanceof LoggedCall.Read read
                ? unread.isThere(read)
                : !(call instanceof LoggedCall.Ticked tick)
                        || !obeysWeights()
                        || tick.weightsMark().isEmpty()
                        || policies.isThere(tick.weightsMark().getAsLong());
    }

    private boolean obeysWeights() {
        return policy.fairness().isByWeight();
    }

    /** The assignments lie in several partitions: a part is the next one if those of all numbers before it were seen. */
    private boolean takeNext() {
        if (carried.isEmpty() || (!over && carried.firstKey() - 1 > numbered.complete())) {
            return false;
        }
        CarriedTicks next = carried.remove(carried.firstKey());
        if (next.previous() != CarriedTicks.NONE && next.previous() != lastCarrier) {
            // A task that was killed before it had a host is in no topic of assignments, with the ticks that it
            // carried.
            onHosts.ifPresentOrElse(
                    this::stopAt,
                    () -> stop("the recording lacks ticks between the assignments %s and %s"
                            .formatted(lastCarrier, next.carrier().number())));
            return false;
        }
        lastCarrier = next.carrier().number();
        calls.addAll(next.calls(reader));
        return true;
    }

    private void stop(String reason) {
        stopped = Optional.of(reason);
    }

    private void stopAt(Event.GraphSubmitted graph) {
        stop(
                "job %s of %s has tasks for hosts: offers of these to placement are not in a recording, so nothing behind it can be compared"
                        .formatted(graph.job(), Instant.ofEpochMilli(graph.readyAt())));
    }

    private void make(LoggedCall call) {
        if (call instanceof LoggedCall.Opened opened) {
            open(opened);
        } else if (call instanceof LoggedCall.Read read) {
            Optional<Iterable<Event>> events = unread.take(read);
            if (events.isEmpty() && !unread.isThere(read)) {
                // The recording ends here, or its time does.
                cutOff = true;
                carried.clear();
                calls.clear();
            } else if (events.isEmpty()) {
                stop("the tick behind %s read %s records of %s from offset %s to %s, which are not all in the recording"
                        .formatted(
                                Instant.ofEpochMilli(at),
                                read.count(),
                                UnreadRecords.topic(read.input()).id(),
                                read.first(),
                                read.last()));
            } else {
                events.get().forEach(event -> apply(read, event));
            }
        } else if (call instanceof LoggedCall.Followed followed) {
            scheduler.apply(new Event.SessionBegan(followed.session()), digest::add);
        } else if (call instanceof LoggedCall.Obeyed obeyed) {
            scheduler.follow(obeyed.live());
        } else if (call instanceof LoggedCall.Taken taken) {
            long[] ids = taken.ids().stream().mapToLong(Long::longValue).toArray();
            scheduler.apply(new Event.AssignmentsTaken(ids), digest::add);
        } else if (call instanceof LoggedCall.Unreported unreported) {
            long[] ids = unreported.ids().stream().mapToLong(Long::longValue).toArray();
            scheduler.apply(new Event.AssignmentsUnreported(ids), digest::add);
        } else if (call instanceof LoggedCall.Ticked tick) {
            tick(tick);
        } else if (call instanceof LoggedCall.Flushed flushed) {
            scheduler.flush(flushed.age());
        } else if (call instanceof LoggedCall.Decided decided) {
            compare(decided);
        } else {
            stop(
                    "the record of ticks ends at %s: no assignment carried it for too long, or an earlier version met a policy of more than weights"
                            .formatted(Instant.ofEpochMilli(at)));
        }
    }

    private void open(LoggedCall.Opened opened) {
        boolean goesOn = opened.beginning() == LoggedCall.Beginning.LOGGED;
        if (scheduler != null && !goesOn) {
            stop("behind %s the scheduler ran for a time without record.ticks".formatted(Instant.ofEpochMilli(at)));
            return;
        }
        long made = scheduler == null ? 0 : scheduler.view().assignments();
        if (instead.isEmpty() && opened.assignments() != made) {
            stop("behind %s a scheduler was opened that had made %s assignments, where the replay has %s"
                    .formatted(Instant.ofEpochMilli(at), opened.assignments(), made));
            return;
        }
        policy = instead.orElse(opened.policy());
        scheduler = new Scheduler(policy, storage, 0);
        digest.reset();
        // Hands over the decisions that follow from another policy than before.
        scheduler.apply(new Event.SessionBegan(CarriedTicks.NONE), digest::add);
    }

    private void apply(LoggedCall.Read read, Event event) {
        if (stopped.isPresent()) {
            return;
        }
        if (event instanceof Event.GraphSubmitted graph && hosts.isIn(graph)) {
            stopAt(graph);
            return;
        }
        scheduler.apply(event, decision -> {
            digest.add(decision);
            if (decision instanceof Decision.CommandDropped dropped
                    && dropped.reason() == CommandDropReason.UNKNOWN_JOB) {
                // The scheduler may hold it, and carry it out when an event of its job comes.
                unread.keep(read, event);
            }
        });
    }

    private void tick(LoggedCall.Ticked tick) {
        at = tick.at();
        digestAtTick = digest.value();
        if (tick.weightsMark().isPresent()) {
            if (!policies.follow(tick.weightsMark().getAsLong()) && obeysWeights()) {
                stop("the policy that the tick at %s obeyed is not in the recording"
                        .formatted(Instant.ofEpochMilli(at)));
                return;
            }
            scheduler.follow(policies.live());
        } else {
            policies.skip();
        }
        scheduler.tick(at, tick.budget(), decision -> {
            digest.add(decision);
            if (decision instanceof DispatchedTask task) {
                numbered.made(task.id(), AssignedTask.of(task));
            }
        });
    }

    private void compare(LoggedCall.Decided decided) {
        if (decided.digest() != digestAtTick && otherwise.isEmpty()) {
            otherwise =
                    Optional.of("the decisions before the tick at %s are others".formatted(Instant.ofEpochMilli(at)));
        }
    }

    @Override
    public ShardOrder end() {
        over = true;
        run();
        return numbered.end(shard, cutOff, stopped, instead.isEmpty() ? otherwise : Optional.empty());
    }
}
