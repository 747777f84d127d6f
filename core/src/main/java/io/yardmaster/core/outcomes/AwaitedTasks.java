package io.yardmaster.core.outcomes;

import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.Section;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The dispatched tasks of graphs that have not ended, by their assignments, so that one of which no outcome comes can be counted (O3). The assignments
 * between two flushes are one record, in runs; those that have ended by then are left out. An outcome changes no record: each flush looks at
 * as many as it wrote, and some more, and writes again what is left of one of which half has ended.
 */
public final class AwaitedTasks implements Section {
    private static final int TAG = 15;

    private static final int MOST_IN_RUN = 1_024;
    private static final int MOST_IN_RECORD = 4_096;
    private static final int MOST_BYTES = Storage.MOST_VALUE_BYTES - 512;
    private static final int MOST_NEW = 4_096;
    private static final int LOOKS_PER_FLUSH = 2;
    private static final int JOBS_PER_LOOK = 8;

    private final Storage storage;
    private final Keys keys;
    private final Ledger ledger;
    private final JobTable jobs;
    private final EndedAssignments ended;
    private final long idBase;
    private final StateWriter writer = new StateWriter();

    /** The assignments since the latest flush, in a place each. */
    private @Nullable DispatchedTask[] made = {};

    private int size;
    private long records;
    private int written;
    /** The records that end before this id were looked at. */
    private long lookAt;

    /**
     * The assignments of one record that have not ended.
     *
     * @param last id of the last assignment of the record
     */
    public record Left(long last, List<AwaitedRun> runs) {
        public Left {
            runs = List.copyOf(runs);
        }
    }

    AwaitedTasks(Storage storage, Keys keys, Ledger ledger, JobTable jobs, EndedAssignments ended, long idBase) {
        this.storage = storage;
        this.keys = keys;
        this.ledger = ledger;
        this.jobs = jobs;
        this.ended = ended;
        this.idBase = idBase;
        ledger.keep(TAG, this);
    }

    @Override
    public boolean isInitial() {
        return records == 0;
    }

    @Override
    public void write(StateWriter ledgerWriter) {
        ledgerWriter.unsigned(records);
    }

    @Override
    public void read(StateReader reader) {
        records = reader.unsigned();
    }

    @Override
    public void readLayout1(StateReader reader) {
        // Version 0.1.0 had no graphs.
    }

    @Override
    public void beginSession() {
        Arrays.fill(made, null);
        size = 0;
        records = 0;
        written = 0;
        lookAt = 0;
    }

    /** Notes an assignment of a task of a graph, whose id is higher than all before. */
    public void add(DispatchedTask assignment) {
        if (size == made.length) {
            if (size == MOST_NEW) {
                storeNew();
            } else {
                made = new DispatchedTask[MOST_NEW];
            }
        }
        made[size++] = assignment;
    }

    /** Writes those since the latest flush that have not ended. */
    private void storeNew() {
        List<AwaitedRun> runs = new ArrayList<>();
        DispatchedTask first = null;
        int count = 0;
        for (int i = 0; i < size; i++) {
            DispatchedTask next = Objects.requireNonNull(made[i]);
            made[i] = null;
            if (ended.contains(next.id() - idBase)) {
                continue;
            }
            if (first != null && goesOn(first, count, next)) {
                count++;
                continue;
            }
            if (first != null) {
                runs.add(run(first, count));
            }
            first = next;
            count = 1;
        }
        if (first != null) {
            runs.add(run(first, count));
        }
        size = 0;
        written += store(runs);
    }

    private static AwaitedRun run(DispatchedTask first, int count) {
        return new AwaitedRun(
                first.id(), count, first.job(), first.kind(), first.taskIndex(), first.attempt(), first.pool());
    }

    private static boolean goesOn(DispatchedTask first, int count, DispatchedTask next) {
        return next.job() == first.job()
                && next.id() == first.id() + count
                && next.taskIndex() == first.taskIndex() + count
                && next.kind() == TaskKind.TASK
                && first.kind() == TaskKind.TASK
                && next.attempt() == first.attempt()
                && count < MOST_IN_RUN
                && next.pool().equals(first.pool());
    }

    /** Writes runs, and returns the number of records. */
    private int store(List<AwaitedRun> some) {
        int stored = 0;
        long inRecord = 0;
        AwaitedRun before = AwaitedRun.none();
        writer.reset();
        for (AwaitedRun run : some) {
            run.write(writer, before);
            before = run;
            inRecord += run.count();
            if (writer.length() > MOST_BYTES || inRecord >= MOST_IN_RECORD) {
                put(before);
                stored++;
                inRecord = 0;
                before = AwaitedRun.none();
            }
        }
        if (inRecord > 0) {
            put(before);
            stored++;
        }
        return stored;
    }

    private void put(AwaitedRun last) {
        storage.put(keys.awaited(last.end() - 1), writer.toBytes());
        writer.reset();
        records++;
        ledger.touch();
    }

    /** The assignments of these runs of which no outcome was counted. */
    private List<AwaitedRun> left(List<AwaitedRun> some) {
        List<AwaitedRun> left = new ArrayList<>();
        for (AwaitedRun run : some) {
            long from = run.id();
            for (long id = run.id(); id < run.end(); id++) {
                if (!isLeft(run, id)) {
                    if (from < id) {
                        left.add(run.part(from, id));
                    }
                    from = id + 1;
                }
            }
            if (from < run.end()) {
                left.add(run.part(from, run.end()));
            }
        }
        return left;
    }

    /** As {@link #left}, without those of some jobs whose graphs have ended. */
    private List<AwaitedRun> leftOfKnown(List<AwaitedRun> some) {
        Map<Long, Boolean> known = new HashMap<>();
        List<AwaitedRun> left = left(some);
        left.removeIf(run -> (known.size() < JOBS_PER_LOOK || known.containsKey(run.job()))
                && !known.computeIfAbsent(run.job(), this::hasGraph));
        return left;
    }

    /** Returns whether a job has a graph that has not ended. */
    public boolean hasGraph(long id) {
        Job job = jobs.look(id);
        return job != null && job.graph != null;
    }

    private boolean isLeft(AwaitedRun run, long id) {
        long number = id - idBase;
        if (!ended.hasExpired(number)) {
            return !ended.contains(number);
        }
        Job job = jobs.look(run.job());
        return job != null && isAwaited(job, run, id);
    }

    /** Returns whether the graph of a job still waits for the end of an assignment of a run. */
    private static boolean isAwaited(Job job, AwaitedRun run, long id) {
        return job.graph != null && (run.kind() != TaskKind.TASK || job.graph.awaits(run.taskOf(id), run.attempt()));
    }

    /** The rest of the first record that has assignments from this id on, as of the latest flush; null if there is none. */
    public @Nullable Left from(long id) {
        Map.Entry<byte[], byte[]> next = records == 0 ? null : next(id);
        return next == null ? null : new Left(Keys.lastLong(next.getKey()), left(AwaitedRun.read(next.getValue())));
    }

    private Map.@Nullable Entry<byte[], byte[]> next(long id) {
        return storage.next(keys.awaited(id), Keys.end(keys.allAwaited()));
    }

    /**
     * Ends those of these assignments that are known and have not ended, as succeeded.
     *
     * @param ids ascending
     * @param time epoch ms
     * @param each takes those that a graph waits for
     */
    void end(long[] ids, long time, Consumer<Event.AssignmentEnded> each) {
        storeNew();
        List<AwaitedRun> record = List.of();
        long last = -1;
        int at = 0;
        for (long id : ids) {
            if (id > last) {
                Map.Entry<byte[], byte[]> next = next(id);
                if (next == null) {
                    return;
                }
                record = AwaitedRun.read(next.getValue());
                last = Keys.lastLong(next.getKey());
                at = 0;
            }
            while (record.get(at).end() <= id) {
                at++;
            }
            if (record.get(at).id() <= id && isLeft(record.get(at), id)) {
                end(record.get(at), id, time, each);
            }
        }
    }

    private void end(AwaitedRun run, long id, long time, Consumer<Event.AssignmentEnded> each) {
        Job job = jobs.find(run.job());
        if (job != null && isAwaited(job, run, id)) {
            each.accept(new Event.AssignmentEnded(
                    id,
                    job.group,
                    job.id,
                    run.kind(),
                    run.taskOf(id),
                    run.attempt(),
                    ledger.session(),
                    TaskEnd.SUCCEEDED,
                    time,
                    "",
                    null));
        }
        long number = id - idBase;
        if (ended.isKnown(number) && !ended.contains(number)) {
            ended.add(number);
        }
    }

    /** Writes what is new, and looks what is left of some records. */
    void flush() {
        storeNew();
        for (int looks = written + LOOKS_PER_FLUSH; looks > 0 && records > 0; looks--) {
            look();
        }
        written = 0;
    }

    private void look() {
        Map.Entry<byte[], byte[]> next = next(lookAt);
        if (next == null) {
            if (lookAt == 0) {
                records = 0;
                ledger.touch();
            }
            lookAt = 0;
            return;
        }
        lookAt = Keys.lastLong(next.getKey()) + 1;
        List<AwaitedRun> stored = AwaitedRun.read(next.getValue());
        List<AwaitedRun> left = leftOfKnown(stored);
        if (2 * AwaitedRun.assignments(left) <= AwaitedRun.assignments(stored)) {
            storage.delete(next.getKey());
            records--;
            store(left);
            ledger.touch();
        }
    }
}
