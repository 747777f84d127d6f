package io.yardmaster.core.graph;

import io.yardmaster.core.jobs.GraphTasks;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.Ranks;
import io.yardmaster.core.jobs.TaskMarks;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.values.GraphProgress;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.Run;
import io.yardmaster.core.values.StageProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The graph of one job: its stages, read when they are needed, and how far it has come. */
final class Graph implements GraphTasks {
    /** Marks of tasks that have ended; a lower one is the number of the attempt that is to be made, or under way. */
    static final int SUCCEEDED = 1 << 24;

    static final int FAILED = SUCCEEDED + 1;
    static final int KILLED = SUCCEEDED + 2;

    static final int LAYOUT = 1;
    private static final int HAS_FAILED = 16;
    private static final int STOPPED = 32;
    private static final int PAUSED = 64;
    private static final int WITH_AGENDA = 128;
    private static final int TOLD = 256;
    private static final int WITH_FAILURES = 512;
    private static final int CANCELLED = 1024;
    private static final int WITH_RETRIES = 2048;
    private static final int BY_PATHS = 4096;

    enum Phase {
        RUNNING,
        COMMITTING,
        CLEANING_UP
    }

    /** By their number in the record. */
    private static final List<Phase> PHASES = List.of(Phase.RUNNING, Phase.COMMITTING, Phase.CLEANING_UP);

    final long job;
    final long group;
    final long owner;
    final int stages;
    final int tasks;
    final GraphTraits traits;
    final long readyAt;
    final @Nullable String trace;
    private final GraphStore store;
    private final TaskMarks marks;
    final TaskFailures failures;
    private final StageBlocks blocks;

    Phase phase = Phase.RUNNING;
    /** Stages that have not ended. */
    int open;
    /** The reason for which the job fails; empty as long as it does not. */
    String failure = "";
    /** True after {@code Decision.Failed}. */
    boolean told;
    /** True if it has failed and only stages that run in any case still run. */
    boolean stopped;

    int priority;
    boolean paused;
    /** True after a command to cancel its job. */
    boolean cancelled;
    /** The attempts beyond the first ones that rules have allowed. */
    int retries;
    /** True if it is too large for that order, as far as it was looked at since it was read. */
    boolean isTooLarge;
    /** The order of its stages by their critical paths; null if they go in the order of arrival. */
    @Nullable
    CriticalPaths paths;
    /** The work that is left. */
    final Agenda agenda = new Agenda();
    /** True while it waits for a turn to go on with its agenda. */
    boolean isBusy;
    /** True while its record is in the storage. */
    boolean exists = true;

    boolean changed;
    /** True if all its blocks have been in memory since it began. */
    boolean seesAll;

    private boolean agendaStored;

    /** A new graph. */
    Graph(GraphStore store, long job, long group, long owner, CheckedGraph checked, GraphTerms submitted) {
        this.store = store;
        this.job = job;
        this.group = group;
        this.owner = owner;
        this.stages = checked.stages().size();
        this.tasks = checked.tasks();
        this.traits = GraphTraits.of(checked, submitted);
        this.readyAt = submitted.readyAt();
        this.trace = submitted.trace();
        this.priority = submitted.priority();
        this.open = stages;
        this.marks = new TaskMarks(store.marks(owner));
        this.failures = new TaskFailures(store, owner);
        this.blocks = new StageBlocks(store, owner, stages, tasks, new byte[0]);
        this.seesAll = true;
    }

    /** A stored graph. */
    Graph(GraphStore store, long job, byte[] record) {
        this.store = store;
        this.job = job;
        StateReader reader = new StateReader(record);
        reader.layout(LAYOUT, LAYOUT, "graph");
        this.group = reader.signed();
        this.owner = reader.unsigned();
        this.stages = reader.count();
        this.tasks = reader.count();
        int bits = reader.count();
        this.traits = GraphTraits.ofBits(bits);
        this.stopped = (bits & STOPPED) != 0;
        this.paused = (bits & PAUSED) != 0;
        this.told = (bits & TOLD) != 0;
        this.cancelled = (bits & CANCELLED) != 0;
        this.agendaStored = (bits & WITH_AGENDA) != 0;
        this.phase = PHASES.get(reader.count());
        this.open = reader.count();
        this.priority = (int) reader.signed();
        this.readyAt = reader.signed();
        this.failure = (bits & HAS_FAILED) != 0 ? reader.utf8() : "";
        String stored = reader.text();
        this.trace = stored.isEmpty() ? null : stored;
        this.failures = new TaskFailures(store, owner);
        failures.resize((bits & WITH_FAILURES) != 0 ? reader.count() : 0);
        this.retries = (bits & WITH_RETRIES) != 0 ? reader.count() : 0;
        this.paths = (bits & BY_PATHS) != 0 ? new CriticalPaths(store, owner, stages) : null;
        this.marks = new TaskMarks(store.marks(owner));
        marks.read(reader);
        this.blocks = new StageBlocks(store, owner, stages, tasks, reader.rest());
        if (agendaStored) {
            byte[] work = store.get(owner, GraphKeys.AGENDA, 0);
            agenda.read(Objects.requireNonNull(work, "the agenda of a graph is missing"));
        }
    }

    /** The place of a stage in its block. */
    static int placeOf(int stage) {
        return stage & (StageBlock.SIZE - 1);
    }

    StageBlock block(int stage) {
        return blocks.of(stage);
    }

    /** The stage of a task. */
    int stageNumber(int index) {
        return blocks.stageOf(index);
    }

    int mark(StageBlock block, int place, int task) {
        if (block.status(place) == StageBlock.KILLED) {
            return KILLED;
        }
        return block.tasks(place) == 1 ? block.onlyMark(place) : marks.get(block.firstTask(place) + task);
    }

    /**
     * The tasks of a stage from this one on that certainly have the same mark.
     *
     * @return the mark in the upper half, and the last of these tasks, counted in the stage, in the lower
     */
    long marks(StageBlock block, int place, int task) {
        int last = block.tasks(place) - 1;
        int first = block.firstTask(place);
        if (block.status(place) == StageBlock.KILLED) {
            return ((long) KILLED << 32) | last;
        }
        if (last == 0) {
            return (long) block.onlyMark(place) << 32;
        }
        long stretch = marks.stretch(first + task);
        return (stretch & 0xFFFF_FFFF_0000_0000L) | Math.min(last, (int) stretch - first);
    }

    void mark(StageBlock block, int place, int first, int last, int mark) {
        if (block.tasks(place) == 1) {
            block.setOnlyMark(place, mark);
        } else {
            marks.raise(block.firstTask(place) + first, block.firstTask(place) + last, mark);
        }
        touch(block);
    }

    void touch(StageBlock block) {
        block.changed = true;
        changed = true;
    }

    /** Returns whether tasks of this stage may still be offered. */
    boolean isAlive(StageBlock block, int place) {
        return !stopped || (traits.hasEnded() && block.when(place) == GraphStage.When.ENDED);
    }

    /** Returns whether nothing is left to wait for: all stages have ended, or it was stopped and what ran does not matter. */
    boolean isAtItsEnd() {
        return open == 0 || (stopped && !traits.hasEnded());
    }

    /** Returns whether its tasks may have other ranks than the normal one. */
    boolean isRanked() {
        return traits.hasPriorities() || paths != null;
    }

    @Override
    public int rankOf(int index) {
        int stage = stageNumber(index);
        return rankOf(block(stage), placeOf(stage));
    }

    int rankOf(StageBlock block, int place) {
        return Ranks.of(block.priority(place), paths == null ? 0 : paths.placeOf(block.start + place));
    }

    @Override
    public GraphStage stageOf(int index) {
        int stage = stageNumber(index);
        return blocks.complete(block(stage), placeOf(stage));
    }

    @Override
    public GraphProgress progress(int limit) {
        List<StageProgress> first = new ArrayList<>();
        for (int stage = 0; stage < Math.min(limit, stages); stage++) {
            first.add(block(stage).progress(placeOf(stage)));
        }
        return new GraphProgress(Definitions.name(store, owner), stages, open, failure, first);
    }

    @Override
    public boolean awaits(int index, int attempt) {
        if (!mayAwait(index)) {
            return false;
        }
        int stage = stageNumber(index);
        StageBlock block = block(stage);
        return awaits(block, placeOf(stage), index - block.firstTask(placeOf(stage)), attempt);
    }

    @Override
    public boolean hasSeen(int index, int attempt) {
        if (attempt > 0 || !mayAwait(index)) {
            return false;
        }
        int stage = stageNumber(index);
        return block(stage).knows(placeOf(stage), StageBlock.SEEN);
    }

    /** Returns whether there is a task of this index, and the graph still waits for some of its tasks. */
    boolean mayAwait(int index) {
        return phase == Phase.RUNNING && index >= 0 && index < tasks;
    }

    /** As {@link #awaits(int, int)}, of a task of this stage. */
    boolean awaits(StageBlock block, int place, int task, int attempt) {
        return Math.max(0, mark(block, place, task)) == attempt;
    }

    @Override
    public boolean offersAgain(int index, int attempt) {
        return awaits(index, attempt) && Stopping.letsGo(this, store, index);
    }

    @Override
    public List<Run> offeredWith(int index, int attempt, boolean placed) {
        return ReturnedGangs.offeredWith(this, index, attempt, placed);
    }

    /** Follows the job's record, which does not outlive a session. */
    void follow(Job record) {
        if (priority != record.priority || paused != record.isPaused() || cancelled != record.cancelled) {
            priority = record.priority;
            paused = record.isPaused();
            cancelled = record.cancelled;
            changed = true;
        }
    }

    /** Writes all that has changed. */
    void flush(StateWriter writer) {
        store.storage().put(GraphKeys.root(job), write(writer));
    }

    /** Writes all that has changed but for its record, which it returns. */
    byte[] write(StateWriter writer) {
        changed = false;
        blocks.flush(writer);
        if (paths != null) {
            paths.flush(writer);
        }
        agendaStored = !agenda.isEmpty();
        if (agendaStored) {
            agenda.write(writer.reset());
            store.put(owner, GraphKeys.AGENDA, 0, writer.toBytes());
        }
        return record(writer);
    }

    private byte[] record(StateWriter writer) {
        int bits = traits.bits()
                | (failure.isEmpty() ? 0 : HAS_FAILED)
                | (stopped ? STOPPED : 0)
                | (paused ? PAUSED : 0)
                | (told ? TOLD : 0)
                | (cancelled ? CANCELLED : 0)
                | (failures.size() > 0 ? WITH_FAILURES : 0)
                | (retries > 0 ? WITH_RETRIES : 0)
                | (paths != null ? BY_PATHS : 0)
                | (agendaStored ? WITH_AGENDA : 0);
        writer.reset().unsigned(LAYOUT).signed(group).unsigned(owner);
        writer.unsigned(stages).unsigned(tasks).unsigned(bits);
        writer.unsigned(PHASES.indexOf(phase)).unsigned(open).signed(priority).signed(readyAt);
        if (!failure.isEmpty()) {
            writer.utf8(failure);
        }
        writer.text(trace == null ? "" : trace);
        if (failures.size() > 0) {
            writer.unsigned(failures.size());
        }
        if (retries > 0) {
            writer.unsigned(retries);
        }
        marks.write(writer);
        blocks.writeOnly(writer);
        return writer.toBytes();
    }

    /** The number of blocks in memory. */
    int loadedBlocks() {
        return blocks.loaded();
    }

    /** Forgets the blocks in memory, none of which has changed since they were written. */
    void unload() {
        seesAll &= !blocks.unload();
    }
}
