package io.yardmaster.core.jobs;

import io.yardmaster.core.state.Pages;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.UnknownSections;
import io.yardmaster.core.values.TaskKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The record of a job in the storage: sections, most of which a job has only while it needs them. */
final class JobRecord {
    private static final int OLDEST_LAYOUT = 1;
    private static final int LAYOUT = 2;

    /** The sections of its record. */
    private static final int ADMISSION = 1;

    private static final int MEMORY = 2;
    private static final int PAGES = 3;
    private static final int QUEUE = 4;
    private static final int SEEN = 5;
    private static final int TRACES = 6;
    private static final int ENDING = 7;
    private static final int COMMANDS = 8;
    private static final int OUTCOMES = 9;
    private static final int PRIORITY = 10;
    private static final int GRAPH = 11;
    private static final int LIMITED = 12;
    private static final int RANKS = 13;

    /** By their number in the record. */
    private static final @Nullable TaskKind[] HELD_BY_CODE = {null, TaskKind.COMMIT, TaskKind.CLEANUP};

    private final Job job;

    private JobRecord(Job job) {
        this.job = job;
    }

    static byte[] write(Job job, StateWriter writer) {
        return new JobRecord(job).write(writer);
    }

    private byte[] write(StateWriter writer) {
        job.queue.writePages(writer);
        if (job.limited != null) {
            job.limited.writeQueues(writer);
        }
        writer.reset().unsigned(LAYOUT).signed(job.group).unsigned(job.phase.code);
        if (job.phase == Job.Phase.FINALIZING) {
            writeEnding(writer);
        } else {
            writeTasks(writer);
        }
        if (job.isPaused() || job.cancelled) {
            int commands = writer.begin(COMMANDS);
            writer.flag(job.cancelled).unsigned(job.pausedPlace).unsigned(codeOf(job.held));
            writer.end(commands);
        }
        if (!job.ends.isEmpty()) {
            int outcomes = writer.begin(OUTCOMES);
            job.ends.write(writer);
            writer.end(outcomes);
        }
        if (job.priority != 0) {
            int ordered = writer.begin(PRIORITY);
            writer.signed(job.priority).signed(job.level);
            writer.end(ordered);
        }
        if (job.hasGraph) {
            writer.end(writer.begin(GRAPH));
        }
        if (job.unknown != null) {
            job.unknown.write(writer);
        }
        return writer.toBytes();
    }

    private static int codeOf(@Nullable TaskKind kind) {
        return Arrays.asList(HELD_BY_CODE).indexOf(kind);
    }

    private void writeEnding(StateWriter writer) {
        int ending = writer.begin(ENDING);
        writer.flag(job.cleanupSeen)
                .unsigned(job.commitPlace)
                .unsigned(job.cleanupPlace)
                .unsigned(job.gatePlace);
        writer.signed(job.finalizingReadyAt);
        if (job.finalizingTrace != null) {
            writer.text(job.finalizingTrace);
        }
        writer.end(ending);
    }

    private void writeTasks(StateWriter writer) {
        int admission = writer.begin(ADMISSION);
        writer.signed(job.slot);
        if (job.phase != Job.Phase.IDLE) {
            writer.unsigned(job.arrival).unsigned(job.pendingPlace).unsigned(job.seat);
        }
        writer.end(admission);
        int memory = writer.begin(MEMORY);
        writer.unsigned(job.memoryPlace).unsigned(job.latestEvent);
        writer.end(memory);
        // This may move runs to pages, which then have an owner.
        job.seen.shrink();
        if (job.pages.hasOwner()) {
            int owner = writer.begin(PAGES);
            job.pages.write(writer);
            writer.end(owner);
        }
        TaskRuns queue = job.queue.normal();
        if (queue.size() > 0) {
            int buffered = writer.begin(QUEUE);
            queue.write(writer);
            writer.end(buffered);
        }
        int attempts = writer.begin(SEEN);
        job.seen.write(writer);
        writer.end(attempts);
        if (queue.hasTraces()) {
            int traces = writer.begin(TRACES);
            queue.writeTraces(writer);
            writer.end(traces);
        }
        if (job.queue.hasOthers()) {
            writer.end(writer.begin(RANKS));
        }
        if (job.limited != null) {
            int limits = writer.begin(LIMITED);
            job.limited.write(writer);
            writer.end(limits);
        }
    }

    static Job read(long id, byte[] bytes, Pages pages) {
        StateReader reader = new StateReader(bytes);
        int layout = reader.layout(OLDEST_LAYOUT, LAYOUT, "job");
        Job job = new Job(id, reader.signed(), pages);
        job.phase = Job.Phase.BY_CODE[reader.count()];
        JobRecord record = new JobRecord(job);
        if (layout == OLDEST_LAYOUT) {
            record.readLayout1(reader);
        } else {
            while (reader.hasMore()) {
                record.readSection(reader.count(), reader);
            }
        }
        return job;
    }

    private void readSection(int tag, StateReader reader) {
        switch (tag) {
            case ADMISSION -> readAdmission(reader.section());
            case MEMORY -> readMemory(reader.section());
            case PAGES -> job.pages.read(reader.section());
            case QUEUE -> job.queue.normal().read(reader.section());
            case SEEN -> job.seen.read(reader.section());
            // The section of the queue comes first, so the runs are there.
            case TRACES -> job.queue.normal().readTraces(reader.section());
            case ENDING -> readEnding(reader.section());
            case COMMANDS -> readCommands(reader.section());
            case OUTCOMES -> job.ends.read(reader.section());
            case PRIORITY -> readPriority(reader.section());
            case GRAPH -> readGraph(reader.section());
            // The sections of the pages and of the queue come first, of these, too.
            case RANKS -> readRanks(reader.section());
            case LIMITED -> job.obtainLimited().read(reader.section());
            default -> keepUnknown(tag, reader);
        }
    }

    private void readAdmission(StateReader section) {
        job.slot = (int) section.signed();
        if (section.hasMore()) {
            job.arrival = section.unsigned();
            job.pendingPlace = section.unsigned();
            job.seat = section.unsigned();
        }
    }

    private void readMemory(StateReader section) {
        job.memoryPlace = section.unsigned();
        job.latestEvent = section.unsigned();
    }

    private void readEnding(StateReader section) {
        job.cleanupSeen = section.flag();
        job.commitPlace = section.unsigned();
        job.cleanupPlace = section.unsigned();
        job.gatePlace = section.unsigned();
        job.finalizingReadyAt = section.signed();
        job.finalizingTrace = section.hasMore() ? section.text() : null;
    }

    private void readCommands(StateReader section) {
        job.cancelled = section.flag();
        job.pausedPlace = section.unsigned();
        job.held = HELD_BY_CODE[section.count()];
    }

    private void readPriority(StateReader section) {
        job.priority = (int) section.signed();
        job.level = (int) section.signed();
    }

    private void readRanks(StateReader section) {
        if (!section.hasMore()) {
            job.queue.readOthers();
        }
    }

    private void readGraph(StateReader section) {
        job.hasGraph = !section.hasMore();
    }

    private void keepUnknown(int tag, StateReader reader) {
        if (job.unknown == null) {
            job.unknown = new UnknownSections();
        }
        job.unknown.keep(tag, reader);
    }

    /** Reads layout 1: the same values without sections, and traces at the end if there are any. */
    private void readLayout1(StateReader reader) {
        if (job.phase == Job.Phase.FINALIZING) {
            readEnding(reader);
            return;
        }
        readMemory(reader);
        job.slot = (int) reader.signed();
        if (job.phase == Job.Phase.ACTIVE || job.phase == Job.Phase.PENDING) {
            job.arrival = reader.unsigned();
            job.pendingPlace = reader.unsigned();
            job.seat = reader.unsigned();
        }
        job.queue.normal().readLayout1(reader);
        job.seen.readLayout1(reader);
        if (reader.hasMore()) {
            job.queue.normal().readTraces(reader);
        }
    }
}
