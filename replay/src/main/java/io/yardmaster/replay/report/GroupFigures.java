package io.yardmaster.replay.report;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A resource group on a day: its waiting times, and for each window its turns, their cost, and whether it waited all the time. */
public final class GroupFigures {
    private static final int MOST_SHARES = 16;
    /** A whole limit for 1 ms, so that small parts count. */
    private static final double PARTS = 1_000;

    private final long id;
    private final Windows windows;
    private final OptionalLong deadline;
    private final WaitFigures waits = new WaitFigures();
    private final WindowSums turns;
    private final WindowSums cost;
    /** By the key of a limit. */
    private final Map<String, WindowSums> shares = new HashMap<>();

    private long slotMillis;
    private long tasks;
    private long dueJobs;
    private long missed;
    private BitSet waited = new BitSet();
    private long waitedWidth;

    /** @param deadline time from the first event of a job to its end, in ms; empty if jobs of the group have none */
    GroupFigures(long id, Windows windows, OptionalLong deadline) {
        this.id = id;
        this.windows = windows;
        this.deadline = deadline;
        this.turns = new WindowSums(windows);
        this.cost = new WindowSums(windows);
        this.waitedWidth = windows.width();
    }

    public long id() {
        return id;
    }

    public WaitFigures waits() {
        return waits;
    }

    public long tasks() {
        return tasks;
    }

    /** The slot time that its tasks took, in ms. */
    public long slotMillis() {
        return slotMillis;
    }

    /** A job ended, so long after its first event. */
    void jobEnded(long turnaround) {
        if (deadline.isPresent()) {
            dueJobs++;
            missed += turnaround > deadline.getAsLong() ? 1 : 0;
        }
    }

    /** A job whose first event is so long ago will not end any more. If its time is not over, nobody knows whether it would have missed it. */
    void jobLeft(long age) {
        if (deadline.isPresent() && age > deadline.getAsLong()) {
            jobMissed();
        }
    }

    /** A job will never end. */
    void jobMissed() {
        if (deadline.isPresent()) {
            dueJobs++;
            missed++;
        }
    }

    /** The deadlines of its jobs; empty if there are none. */
    Optional<DeadlineRow> deadlines() {
        return dueJobs == 0
                ? Optional.empty()
                : Optional.of(new DeadlineRow(id, deadline.orElseThrow(), dueJobs, missed));
    }

    void ran(long at, long runtime, int many) {
        tasks += many;
        long taken = Math.multiplyExact(runtime, (long) many);
        slotMillis += taken;
        turns.add(at, many);
        cost.add(at, taken);
    }

    /**
     * A task that began at this time holds units of a limit for so long. Of limits behind the first {@value #MOST_SHARES} that tasks of the
     * group held nothing is kept.
     *
     * @param time in ms; negative for the time that a task was expected to hold them, and did not
     */
    public void held(LimitFigures limit, long units, long at, long time) {
        WindowSums share = shares.get(limit.key());
        if (share == null && shares.size() < MOST_SHARES) {
            share = new WindowSums(windows);
            shares.put(limit.key(), share);
        }
        if (share != null) {
            share.add(at, Math.round((double) time * units / Math.max(1, limit.capacity()) * PARTS));
        }
    }

    /** A task that began at this time was stopped, so long before its end. */
    void stopped(long from, long left) {
        tasks--;
        slotMillis -= left;
        cost.add(from, -left);
    }

    /** Some tasks waited from one time to another, so their group did in all windows between. */
    void waited(long from, long to, int many) {
        waits.add(to - from, many);
        int behind = windows.at(to);
        fold();
        int first = windows.at(from);
        boolean whole = from <= windows.origin() + first * waitedWidth;
        int begin = whole ? first : first + 1;
        if (begin < behind) {
            waited.set(begin, behind);
        }
    }

    /** A wider window was waited through if both of its halves were. */
    private void fold() {
        while (waitedWidth < windows.width()) {
            BitSet folded = new BitSet();
            for (int window = waited.nextSetBit(0); window >= 0; window = waited.nextSetBit(window + 1)) {
                if (window % 2 == 0 && waited.get(window + 1)) {
                    folded.set(window / 2);
                }
            }
            waited = folded;
            waitedWidth *= 2;
        }
    }

    /** Returns whether a task of the group waited at each time in these windows. */
    boolean waitedThrough(int first, int count) {
        fold();
        return waited.nextClearBit(first) >= first + count;
    }

    long turns(int first, int count) {
        return turns.sum(first, count);
    }

    /** The service that tasks had which began in these windows: of the limit of which they had most, time times the part of the limit. */
    long dominant(int first, int count) {
        return shares.values().stream()
                .mapToLong(share -> share.sum(first, count))
                .max()
                .orElse(0);
    }

    long cost(int first, int count) {
        return cost.sum(first, count);
    }
}
