package io.yardmaster.replay.fidelity;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.Policy;
import io.yardmaster.replay.recording.AssignedTask;
import io.yardmaster.replay.recording.DayEntry;
import io.yardmaster.replay.recording.DayEntry.Assigned;
import io.yardmaster.replay.recording.JobOf;
import io.yardmaster.replay.recording.RecordedTopic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Replays one shard. The recording says how many assignments the shard made and when, as window, rates and the other shards decided it;
 * the core then chooses which tasks these are.
 *
 * <p>A shard reads an event some time after the time of its record. So if the core, with all events up to the time of some assignments,
 * chooses others, it goes back and tries again without some of the last events, or with some more: if it then chooses those of the
 * recording, the boundaries of ticks explain the difference. Otherwise it differs, and goes on from its own choice.
 *
 * <p>The times of records do not say how many units of a limit or places of a pool were free for the shard at a tick. So the comparison
 * ends with the first graph that needs some: its tasks, and those of jobs that it holds up, would be accused without a reason.
 */
final class ShardReplay implements ShardRun {
    private record Candidate(TickWay way, int matched) {}

    /** After an event's time, a shard has read it for sure. */
    private final long slack;

    private static final long AHEAD_MS = 2_000;
    private static final long CLOCK_AHEAD_MS = 60_000;
    private static final long STEP_MS = 1_000;
    private static final long MOST_STEPS = 100_000;
    private static final int MOST_TRIES = 64;
    private static final int NONE = -1;
    private static final int MOST_TRIES_IN_ALL = 100_000;

    private final int shard;
    private final RecordedOrder recorded = new RecordedOrder();
    private final List<DayEntry> pending = new ArrayList<>();
    private final AssignmentMatches matches = new AssignmentMatches();
    private final Attempts attempts;
    private final CoreRun core;

    private long now = Long.MIN_VALUE;
    private long ticked = Long.MIN_VALUE;
    private long assignments;
    private long explained;
    private long older;
    private long differences;
    private long tries;
    private Optional<FirstDifference> first = Optional.empty();
    /** Assignments from this time on are not compared. */
    private long end = Long.MAX_VALUE;

    private String reasonOfEnd = "";
    private long uncompared;

    /** @param slack time after its record's within which a shard may have read an event, in ms */
    ShardReplay(int shard, Policy policy, long slack) {
        this.shard = shard;
        this.slack = slack;
        this.core = new CoreRun(policy, matches::number);
        this.attempts = new Attempts(core, matches, pending);
        core.mark();
    }

    @Override
    public void accept(DayEntry entry) {
        if (entry instanceof Assigned assigned) {
            recorded.add(assigned);
            pass(entry.at());
        } else {
            judge(entry);
            if (entry.at() < end) {
                pending.add(entry);
            }
            if (entry instanceof DayEntry.Arrived && (now == Long.MIN_VALUE || entry.at() <= now + CLOCK_AHEAD_MS)) {
                pass(entry.at());
            }
        }
        while (!recorded.isEmpty() && recorded.firstAt() <= now - AHEAD_MS) {
            compare(recorded.take());
        }
        if (recorded.isEmpty() && now != Long.MIN_VALUE) {
            settle(Math.min(now - AHEAD_MS, end - 1));
        }
    }

    private void judge(DayEntry entry) {
        if (end == Long.MAX_VALUE
                && entry instanceof DayEntry.Arrived arrived
                && arrived.event() instanceof Event.GraphSubmitted graph
                && graph.stages().stream().anyMatch(stage -> !stage.holds().isEmpty())) {
            end = arrived.at();
            reasonOfEnd =
                    "job %s needs limits or a pool, and only record.ticks says what was free of these at each tick"
                            .formatted(graph.job());
        }
    }

    private void compare(List<Assigned> group) {
        if (group.get(0).at() < end) {
            replay(group);
        } else {
            assignments += group.size();
            uncompared += group.size();
        }
    }

    private void pass(long at) {
        now = Math.max(now, at);
        ticked = ticked == Long.MIN_VALUE ? at - 1 : ticked;
    }

    @Override
    public ShardOrder end() {
        while (!recorded.isEmpty()) {
            compare(recorded.take());
        }
        return new ShardOrder(
                shard,
                assignments,
                explained,
                older,
                recorded.missing(),
                differences,
                first,
                Optional.empty(),
                end == Long.MAX_VALUE
                        ? Optional.empty()
                        : Optional.of(new ShardOrder.Uncompared(uncompared, end, reasonOfEnd)));
    }

    /** Lets time pass in which the shard made no assignments, for what depends on time alone. */
    private void settle(long until) {
        long step = Math.max(STEP_MS, (until - ticked) / MOST_STEPS);
        while (ticked + step <= until) {
            ticked += step;
            int read = before(ticked - slack);
            pending.subList(0, read).forEach(core::apply);
            pending.subList(0, read).clear();
            core.mark();
            attempts.idle(ticked);
            core.mark();
        }
    }

    /** The number of pending entries up to the first one behind this time. */
    private int before(long at) {
        int count = 0;
        while (count < pending.size() && pending.get(count).at() <= at) {
            count++;
        }
        return count;
    }

    private void replay(List<Assigned> group) {
        long at = group.stream().mapToLong(Assigned::at).min().orElseThrow();
        settle(at - 1);
        assignments += group.size();
        List<Assigned> wanted = matches.withoutEarly(group);
        boolean moved = false;
        while (!wanted.isEmpty()) {
            Attempt plain = attempts.run(
                    new TickWay(before(at), at > ticked && core.nothingWaits()), at, wanted, wanted.size());
            if (plain.matched() == wanted.size()) {
                explained += moved ? plain.matched() : 0;
                attempts.keep(plain, wanted);
                break;
            }
            List<Assigned> known = withoutOlder(wanted);
            if (known.size() < wanted.size()) {
                core.goBack();
                older += wanted.size() - known.size();
                wanted = known;
                continue;
            }
            Attempt best = search(plain, at, wanted);
            if (best.matched() > 0) {
                explained += best.matched() - (moved ? 0 : plain.matched());
                moved |= !best.way().equals(plain.way());
                attempts.keep(attempts.run(best.way(), at, wanted, best.matched()), wanted);
                wanted = wanted.subList(best.matched(), wanted.size());
            } else {
                differ(plain, at, wanted.get(0));
                wanted = matches.withoutEarly(wanted.subList(1, wanted.size()));
            }
        }
        ticked = Math.max(ticked, at);
    }

    /** Without assignments of jobs of which the recording has nothing before. */
    private List<Assigned> withoutOlder(List<Assigned> wanted) {
        core.goBack();
        Set<Long> unknown = new HashSet<>();
        Map<Long, Boolean> looked = new LinkedHashMap<>();
        for (Assigned assigned : wanted) {
            long job = assigned.task().job();
            if (!looked.computeIfAbsent(
                    job, id -> core.knows(id) || pending.stream().anyMatch(entry -> JobOf.is(entry, id)))) {
                unknown.add(job);
            }
        }
        return unknown.isEmpty()
                ? wanted
                : wanted.stream()
                        .filter(assigned -> !unknown.contains(assigned.task().job()))
                        .toList();
    }

    /** The attempt that leads furthest among some in which the shard read events at other times; the most promising ones come first. */
    private Attempt search(Attempt plain, long at, List<Assigned> wanted) {
        Attempt best = plain;
        Attempt last = plain;
        Set<TickWay> seen = new HashSet<>(Set.of(plain.way()));
        List<Candidate> open = new ArrayList<>();
        for (int count = 0; count < MOST_TRIES && tries < MOST_TRIES_IN_ALL; count++) {
            for (TickWay way : others(last, at, wanted.get(last.matched()).task())) {
                if (seen.add(way)) {
                    open.add(new Candidate(way, last.matched()));
                }
            }
            if (open.isEmpty()) {
                break;
            }
            Candidate next = Collections.max(open, Comparator.comparingInt(Candidate::matched));
            open.remove(next);
            tries++;
            last = attempts.run(next.way(), at, wanted, wanted.size());
            if (last.matched() > best.matched()) {
                best = last;
            }
            if (last.matched() == wanted.size()) {
                break;
            }
        }
        return best;
    }

    /** Other ways that may explain why the shard chose this task, where an attempt did not. */
    private List<TickWay> others(Attempt attempt, long at, AssignedTask chosen) {
        TickWay way = attempt.way();
        List<TickWay> ways = new ArrayList<>();
        int unread = attempt.instead().isPresent()
                ? last(way.read(), at, attempt.instead().get())
                : NONE;
        if (unread != NONE) {
            ways.add(new TickWay(unread, way.idle()));
        }
        int further = attempt.instead().isPresent() ? NONE : further(way.read(), chosen);
        if (further != NONE) {
            ways.add(new TickWay(further + 1, way.idle()));
        }
        ways.add(new TickWay(way.read(), !way.idle(), way.late(), way.lateFrom(), way.early()));
        int all = Math.max(way.read(), before(at));
        if (unread != NONE) {
            ways.add(new TickWay(all, way.idle(), topic(unread), unread, way.early()));
        }
        int sooner = last(all, at, chosen);
        if (sooner != NONE) {
            ways.add(new TickWay(all, way.idle(), Optional.empty(), 0, topic(sooner)));
        }
        return ways;
    }

    /** The next event of the task's job that its sender's clock may have stamped too late. */
    private int further(int begin, AssignedTask task) {
        for (int i = begin; i < pending.size(); i++) {
            if (JobOf.is(pending.get(i), task.job()) && !topic(i).equals(Optional.of(RecordedTopic.OUTCOMES))) {
                return i;
            }
        }
        return NONE;
    }

    private Optional<RecordedTopic> topic(int entry) {
        return pending.get(entry) instanceof DayEntry.Arrived arrived ? Optional.of(arrived.topic()) : Optional.empty();
    }

    /** The last event of the task's job, of those before an entry, that the shard may not have read; or else {@link #NONE}. */
    private int last(int end, long at, AssignedTask task) {
        for (int i = end - 1; i >= 0 && pending.get(i).at() >= at - slack; i--) {
            if (JobOf.is(pending.get(i), task.job())) {
                return i;
            }
        }
        return NONE;
    }

    private void differ(Attempt plain, long at, Assigned chosen) {
        differences++;
        Attempt own = attempts.run(plain.way(), at, List.of(chosen), 1);
        if (first.isEmpty()) {
            first = Optional.of(new FirstDifference(chosen.number(), chosen.at(), chosen.task(), own.instead()));
        }
        attempts.keepOwn(own, chosen);
    }
}
