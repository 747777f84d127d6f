package io.yardmaster.core.jobs;

import io.yardmaster.core.state.Pages;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.values.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The buffered tasks of one job that need the same units of the same limits: those of the highest {@link Ranks rank} first (L1),
 * and first in first out among equals. Most jobs have one rank, the normal one. Each other one has runs and a page of its own, as the job's record is small.
 */
public final class TaskQueue {
    /** With more other ranks than this those of a priority are one, so that the record of a job is small. */
    static final int MOST_RANKS = 1_000;

    /** Parts of pages above this one are those of ranks: the parts below are intervals of seen tasks. */
    private static final int FIRST_PART = 64;

    /** The ranks' numbers are lower. */
    private static final int PARTS_OF_SHAPE = 1 << 16;

    private static final int MOST_SHAPES = (Integer.MAX_VALUE - FIRST_PART) / PARTS_OF_SHAPE;

    private final Pages pages;
    private final int shape;
    private final TaskRuns normal;
    /** The runs of other ranks, none of which is empty, highest first; null if there are none. */
    private @Nullable TreeMap<Integer, TaskRuns> others;

    /** The runs from which the next task comes. */
    private TaskRuns first;

    private long ofOthers;
    /** True if the ranks that there are must be written. */
    private boolean ranksChanged;

    TaskQueue(Pages pages) {
        this(pages, LimitedTasks.PLAIN);
    }

    /** The queue of a shape of tasks, of which a job has one. */
    TaskQueue(Pages pages, int shape) {
        this.pages = pages;
        this.shape = shape;
        this.normal = new TaskRuns(pages, LimitedTasks.partOf(shape));
        this.first = normal;
    }

    /** The number of buffered tasks. */
    public long size() {
        return normal.size() + ofOthers;
    }

    /** Buffers one more task of the normal rank; see {@link TaskRuns#append}. */
    public void append(int index, int attempt, long readyAt, @Nullable String trace) {
        normal.append(index, attempt, readyAt, trace);
        if (ofOthers > 0) {
            chooseFirst();
        }
    }

    /** Buffers successive tasks, behind all others of their rank; costs as much as one. */
    public void appendRun(int wanted, int index, int count, int attempt, long readyAt, @Nullable String trace) {
        int rank = others == null || others.size() < MOST_RANKS || others.containsKey(wanted)
                ? wanted
                : Ranks.withoutPlace(wanted);
        TaskRuns runs = rank == Ranks.NORMAL ? normal : obtain(rank);
        runs.appendRun(index, count, attempt, readyAt, trace);
        if (rank != Ranks.NORMAL) {
            runs.changed = true;
            ofOthers += count;
        }
        if (others != null) {
            chooseFirst();
        }
    }

    private TaskRuns obtain(int rank) {
        if (others == null) {
            others = new TreeMap<>(Comparator.reverseOrder());
        }
        return others.computeIfAbsent(rank, this::create);
    }

    private TaskRuns create(int rank) {
        ranksChanged = true;
        return new TaskRuns(pages, partOf(rank));
    }

    private int partOf(int rank) {
        if (shape >= MOST_SHAPES) {
            throw new IllegalStateException("there are more shapes of tasks than " + MOST_SHAPES);
        }
        return FIRST_PART + shape * PARTS_OF_SHAPE + Ranks.codeOf(rank);
    }

    private void chooseFirst() {
        Map.Entry<Integer, TaskRuns> highest = others == null ? null : others.firstEntry();
        if (highest == null || (highest.getKey() < Ranks.NORMAL && normal.size() > 0)) {
            first = normal;
        } else {
            first = highest.getValue();
        }
    }

    /** The rank of the next task; the normal one if there is none. */
    public int headRank() {
        return first == normal || others == null ? Ranks.NORMAL : others.firstKey();
    }

    /** The rank of the task that has this many others before it. */
    public int rankAt(long place) {
        if (others == null) {
            return Ranks.NORMAL;
        }
        long before = 0;
        for (int code : codes()) {
            before += runs(code).size();
            if (place < before) {
                return Ranks.ofCode(code);
            }
        }
        return Ranks.NORMAL;
    }

    public int headIndex() {
        return first.headIndex();
    }

    /** The number of tasks from the next one on that have successive indices and all else the same. */
    public int headLength() {
        return first.headLength();
    }

    public int headAttempt() {
        return first.headAttempt();
    }

    public long headReadyAt() {
        return first.headReadyAt();
    }

    public @Nullable String headTrace() {
        return first.headTrace();
    }

    public void pop() {
        first.pop();
        if (others != null) {
            settle(first, 1);
        }
    }

    /** Follows a change of the runs of a rank, of which {@code removed} tasks are gone. */
    private void settle(TaskRuns runs, long removed) {
        if (runs != normal) {
            runs.changed = true;
            ofOthers -= removed;
            if (runs.size() == 0) {
                drop(runs);
            }
        }
        chooseFirst();
    }

    private void drop(TaskRuns empty) {
        if (others != null) {
            for (Map.Entry<Integer, TaskRuns> entry : others.entrySet()) {
                if (entry.getValue() == empty) {
                    // The map may put its next entry into this one when it removes it.
                    int rank = entry.getKey();
                    others.remove(rank);
                    if (pages.hasOwner()) {
                        pages.delete(partOf(rank), TaskRuns.ENDS);
                    }
                    break;
                }
            }
            ranksChanged = true;
            if (others.isEmpty()) {
                others = null;
                if (pages.hasOwner()) {
                    pages.delete(partOf(Ranks.NORMAL), TaskRuns.ENDS);
                }
            }
        }
    }

    /** The numbers of the ranks that have tasks, highest first; the normal one is among them always. */
    public List<Integer> codes() {
        List<Integer> codes = new ArrayList<>();
        if (others != null) {
            others.headMap(Ranks.NORMAL).keySet().forEach(rank -> codes.add(Ranks.codeOf(rank)));
        }
        codes.add(Ranks.codeOf(Ranks.NORMAL));
        if (others != null) {
            others.tailMap(Ranks.NORMAL).keySet().forEach(rank -> codes.add(Ranks.codeOf(rank)));
        }
        return codes;
    }

    /** The number of runs of one rank, by its number. */
    public long runsOf(int code) {
        return runs(code).runs();
    }

    private TaskRuns runs(int code) {
        TaskRuns runs = code == Ranks.NORMAL || others == null ? null : others.get(Ranks.ofCode(code));
        return runs == null ? normal : runs;
    }

    /** Takes runs of one rank away, or puts them behind the others. */
    public interface Sifter {
        /** Returns the number of tasks that it took away and did not put back. */
        long sift(TaskRuns runs);
    }

    /** Has a sifter go through the runs of one rank, by its number; does nothing if that has no tasks. Returns the tasks that left. */
    public long sift(int code, Sifter sifter) {
        if (code != Ranks.NORMAL && (others == null || !others.containsKey(Ranks.ofCode(code)))) {
            return 0;
        }
        TaskRuns runs = runs(code);
        long removed = sifter.sift(runs);
        settle(runs, removed);
        return removed;
    }

    /** The first runs, at most {@code limit}; see {@link TaskRuns#firstRuns}. */
    public List<Run> firstRuns(int limit) {
        if (others == null) {
            return normal.firstRuns(limit);
        }
        List<Run> all = new ArrayList<>();
        for (int code : codes()) {
            all.addAll(runs(code).firstRuns(limit - all.size()));
        }
        return all;
    }

    /** The number of runs. */
    public long runs() {
        return codes().stream().mapToLong(this::runsOf).sum();
    }

    /** Epoch ms at which the first task of one of its ranks became ready, the earliest of these; there are tasks. */
    public long oldestReadyAt() {
        return codes().stream()
                .map(this::runs)
                .filter(runs -> runs.size() > 0)
                .mapToLong(TaskRuns::headReadyAt)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Returns whether some tasks are in pages, which must be deleted when the job is forgotten. */
    boolean isPaged() {
        return normal.isPaged() || others != null;
    }

    boolean hasOldPages() {
        return normal.hasOldPages();
    }

    /** Forgets all tasks; the pages must be discarded. */
    void clear() {
        normal.clear();
        others = null;
        ofOthers = 0;
        first = normal;
    }

    /** The tasks of the normal rank, for the record. */
    TaskRuns normal() {
        return normal;
    }

    /** Returns whether there are other ranks, so that they must be read again. */
    boolean hasOthers() {
        return others != null;
    }

    /** Writes the pages of other ranks that have changed. */
    void writePages(StateWriter writer) {
        if (others != null) {
            if (ranksChanged) {
                ranksChanged = false;
                writer.reset();
                others.keySet().forEach(rank -> writer.unsigned(Ranks.codeOf(rank)));
                pages.put(partOf(Ranks.NORMAL), TaskRuns.ENDS, writer.toBytes());
            }
            others.values().forEach(runs -> {
                if (runs.changed) {
                    runs.changed = false;
                    runs.writeEnds(writer);
                }
            });
        }
    }

    /** Reads the runs of other ranks, of which there are some; the runs of the normal one must have been read. */
    void readOthers() {
        StateReader reader = new StateReader(TaskRuns.endsOf(pages, partOf(Ranks.NORMAL)));
        while (reader.hasMore()) {
            readOther(reader.count());
        }
        ranksChanged = false;
        chooseFirst();
    }

    private void readOther(int code) {
        int rank = Ranks.ofCode(code);
        TaskRuns runs = obtain(rank);
        runs.readEnds();
        ofOthers += runs.size();
    }
}
