package io.yardmaster.replay.report;

import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.replay.CountText;
import io.yardmaster.replay.Deadlines;
import io.yardmaster.replay.InvalidDayException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The figures of a day under one policy, or as it was, collected while it passes. */
public final class RunFigures {
    static final int MOST_GROUPS = 20_000;

    private final Deadlines deadlines;
    private final Windows windows = new Windows();
    private final WindowSums busy = new WindowSums(windows);
    private final SortedMap<Long, GroupFigures> groups = new TreeMap<>();
    private final SortedMap<Integer, WaitFigures> byPriority = new TreeMap<>();
    private final Map<SizeClass, WaitFigures> bySize = new EnumMap<>(SizeClass.class);
    private final WaitFigures waits = new WaitFigures();
    private final WaitFigures turnarounds = new WaitFigures();
    private final List<LimitFigures> limits = new ArrayList<>();
    private final Map<String, LimitFigures> limitsByKey = new HashMap<>();
    private final Map<EventDropReason, Long> dropped = new EnumMap<>(EventDropReason.class);
    private boolean begun;
    private long firstAt;
    private long lastEnd;
    private long jobs;
    private long unfinished;
    private long tasks;
    private long slotMillis;
    private long preempted;
    private long refused;
    private String firstRefusal = "";

    /** @param deadlines of the jobs */
    public RunFigures(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    /** The figures of this group, which begin now if there are none. */
    public GroupFigures group(long id) {
        GroupFigures known = groups.get(id);
        if (known == null) {
            if (groups.size() == MOST_GROUPS) {
                throw new InvalidDayException(
                        "the day has more than %s resource groups, the most that a replay compares"
                                .formatted(MOST_GROUPS));
            }
            known = new GroupFigures(id, windows, deadlines.of(id));
            groups.put(id, known);
        }
        return known;
    }

    /** The figures of a limit, which the policy has. */
    public LimitFigures limit(String key, long capacity) {
        boolean isKept = limits.size() < LimitRow.MOST_OVER_TIME;
        LimitFigures figures =
                new LimitFigures(key, capacity, isKept ? Optional.of(new WindowSums(windows)) : Optional.empty());
        limits.add(figures);
        limitsByKey.put(key, figures);
        return figures;
    }

    /** Returns whether there are any limits, or resources of hosts. */
    public boolean hasLimits() {
        return !limits.isEmpty();
    }

    /** The figures of the limit, or the resource of hosts, with this key; null if there are none. */
    public LimitFigures findLimit(String key) {
        return limitsByKey.get(key);
    }

    /** A job's first event came. */
    public void jobBegan(long at) {
        begin(at);
        jobs++;
    }

    /** The day begins, unless it has begun. */
    public void begin(long at) {
        if (!begun) {
            begun = true;
            firstAt = at;
            lastEnd = at;
            windows.begin(at);
        }
    }

    /** A job ended, so long after its first event. */
    public void jobEnded(GroupFigures group, long at, long turnaround) {
        lastEnd = Math.max(lastEnd, at);
        turnarounds.add(turnaround, 1);
        group.jobEnded(turnaround);
    }

    /** The day is over, and a job has not ended, so long after its first event. */
    public void jobLeft(GroupFigures group, long age) {
        unfinished++;
        group.jobLeft(age);
    }

    /**
     * Some tasks of a job with so many began to run.
     *
     * @param wait since they were ready, in ms, 0 or more
     */
    public void started(GroupFigures group, int priority, long jobTasks, int many, long wait, long at, long runtime) {
        useSlots(many, at, runtime);
        startedApart(group, priority, jobTasks, many, wait, at, runtime);
    }

    /** As {@link #started}, but of tasks that use none of the slots. */
    public void startedApart(
            GroupFigures group, int priority, long jobTasks, int many, long wait, long at, long runtime) {
        count(group, many, at, runtime);
        group.waited(at - wait, at, many);
        waits.add(wait, many);
        byPriority.computeIfAbsent(priority, none -> new WaitFigures()).add(wait, many);
        bySize.computeIfAbsent(SizeClass.of(jobTasks), none -> new WaitFigures())
                .add(wait, many);
    }

    /**
     * A task of which {@link #startedApart} was told does not run on, and so does not count among those that ran.
     *
     * @param end when it would have ended
     * @param at when it was stopped
     * @param runtime that it would have had
     */
    public void stopped(GroupFigures group, long end, long at, long runtime) {
        group.stopped(end - runtime, end - at);
        tasks--;
    }

    /** A task lost its host to one of higher priority. */
    public void preempted() {
        preempted++;
    }

    /** Some tasks ran, of which nobody knows how long they had waited. */
    public void ran(GroupFigures group, int many, long at, long runtime) {
        useSlots(many, at, runtime);
        count(group, many, at, runtime);
    }

    private void useSlots(int many, long at, long runtime) {
        begin(at);
        busy.addInterval(at, at + runtime, many);
        slotMillis = Math.addExact(slotMillis, Math.multiplyExact(runtime, (long) many));
    }

    private void count(GroupFigures group, int many, long at, long runtime) {
        begin(at);
        group.ran(at, runtime, many);
        tasks += many;
        lastEnd = Math.max(lastEnd, at + runtime);
    }

    /** A graph made no sense. */
    public void refused(GroupFigures group, long job, String reason) {
        group.jobMissed();
        if (refused++ == 0) {
            firstRefusal = "job " + job + ", " + reason;
        }
    }

    /** Tasks will not run. */
    public void dropped(EventDropReason reason, long count) {
        dropped.merge(reason, count, Long::sum);
    }

    /** Sentences about work of the day that was not done. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (refused > 0) {
            notes.add("%s refused: %s".formatted(were(refused, "graph"), firstRefusal));
        }
        if (unfinished > 0) {
            notes.add(CountText.of(unfinished, "job") + " did not end");
        }
        dropped.forEach((reason, count) -> notes.add("%s dropped: %s".formatted(were(count, "task"), reason)));
        return notes;
    }

    private static String were(long count, String thing) {
        return CountText.of(count, thing) + (count == 1 ? " was" : " were");
    }

    /** The number of jobs. */
    public long jobs() {
        return jobs;
    }

    long tasks() {
        return tasks;
    }

    long tasksPreempted() {
        return preempted;
    }

    long slotMillis() {
        return slotMillis;
    }

    /** From the first event to the end of the last task, in ms. */
    long makespan() {
        return lastEnd - firstAt;
    }

    long firstAt() {
        return firstAt;
    }

    Windows windows() {
        return windows;
    }

    WindowSums busy() {
        return busy;
    }

    WaitFigures waits() {
        return waits;
    }

    WaitFigures turnarounds() {
        return turnarounds;
    }

    SortedMap<Integer, WaitFigures> byPriority() {
        return byPriority;
    }

    Map<SizeClass, WaitFigures> bySize() {
        return bySize;
    }

    Collection<GroupFigures> groups() {
        return groups.values();
    }

    /** The use of each limit, in the order of their keys. */
    List<LimitRow> limits() {
        return limits.stream()
                .map(limit -> limit.row(makespan(), lastWindow() + 1, windows.width()))
                .toList();
    }

    /** The number of the window in which the last task ended. */
    int lastWindow() {
        return windows.at(windows.origin() + Math.max(0, makespan() - 1));
    }

    /** The deadlines of each group whose jobs have some. */
    List<DeadlineRow> deadlines() {
        return groups.values().stream()
                .flatMap(group -> group.deadlines().stream())
                .toList();
    }

    /** The figures of a group; null if it did nothing. */
    public GroupFigures find(long id) {
        return groups.get(id);
    }
}
