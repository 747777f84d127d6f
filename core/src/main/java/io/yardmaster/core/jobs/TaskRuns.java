package io.yardmaster.core.jobs;

import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Pages;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.values.Run;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Buffered tasks of one job, first in first out. A head and a tail of runs are in memory and in the job's record; the runs
 * between them are in pages, each written once and deleted once. So a task costs nothing if indices ascend, and about 5 bytes
 * on disk if they come in random order.
 */
public final class TaskRuns {
    /** With fewer runs than this all tasks of a run have the same ready-at; in a longer queue events are merged. */
    private static final int EXACT_RUNS = 16;

    /** The number of the page that has the head and the tail of runs whose ends are not in the job's record. */
    static final int ENDS = Integer.MAX_VALUE;

    /** The most runs in the head, the tail, and each page: a page of runs of one task is about 0.6 KB. */
    static final int PAGE_RUNS = 128;

    /** The most bytes of the head, the tail, and each page, unless a version with layout 1 wrote it. */
    static final int PAGE_BYTES = 1_400;

    private final Pages pages;
    private final int part;
    private RunBuffer head = new RunBuffer();
    private RunBuffer tail = head;
    private int firstPage;
    private int endPage;
    private long size;
    /** The number of runs in pages. */
    private long pagedRuns;
    /** True if the pages are of layout 1, with the keys of that layout. */
    private boolean old;
    /** True if something has changed that its queue has not written yet. */
    boolean changed;

    /** @param part of the job's pages, in which no other queue is */
    TaskRuns(Pages pages, int part) {
        this.pages = pages;
        this.part = part;
    }

    /** The number of buffered tasks. */
    public long size() {
        return size;
    }

    /**
     * Buffers one more task, behind all others.
     *
     * @param trace null if the task has none; never empty
     */
    public void append(int index, int attempt, long readyAt, @Nullable String trace) {
        if (!tail.extend(index, attempt, readyAt, tolerance(readyAt), trace)) {
            if (tail.runs() == PAGE_RUNS || tail.bytesWith(trace) > PAGE_BYTES) {
                spill();
            }
            tail.add(index, 1, attempt, readyAt, trace);
        }
        size++;
    }

    /** Buffers successive tasks, behind all others; costs as much as one. */
    public void appendRun(int first, int count, int attempt, long readyAt, @Nullable String trace) {
        if (count == 1) {
            append(first, attempt, readyAt, trace);
            return;
        }
        if (tail.runs() == PAGE_RUNS || tail.bytesWith(trace) > PAGE_BYTES) {
            spill();
        }
        tail.add(first, count, attempt, readyAt, trace);
        size += count;
    }

    /** The number of tasks in the first run: the head's and those behind it that have the next indices and all else the same. */
    public int headLength() {
        return head.headLength();
    }

    /** Removes the whole first run. */
    public void popRun() {
        size -= head.headLength();
        head.popRun();
        if (head.isEmpty() && head != tail) {
            refill();
        }
    }

    public int headIndex() {
        return head.headIndex();
    }

    public int headAttempt() {
        return head.headAttempt();
    }

    public long headReadyAt() {
        return head.headReadyAt();
    }

    public @Nullable String headTrace() {
        return head.headTrace();
    }

    public void pop() {
        head.pop();
        size--;
        if (head.isEmpty() && head != tail) {
            refill();
        }
    }

    /** Returns whether some runs are in pages, which must be deleted when the job is forgotten. */
    boolean isPaged() {
        return firstPage < endPage && !old;
    }

    /** Returns whether some runs are in pages of layout 1, which must be deleted likewise. */
    boolean hasOldPages() {
        return firstPage < endPage && old;
    }

    /** Forgets all tasks. */
    void clear() {
        head = new RunBuffer();
        tail = head;
        firstPage = 0;
        endPage = 0;
        pagedRuns = 0;
        old = false;
        size = 0;
    }

    /**
     * The most ms between the events of one run. It grows with the time that the queue spans, so that a queue of any age has
     * some dozens of runs if its indices ascend.
     */
    private long tolerance(long readyAt) {
        return runs() < EXACT_RUNS ? 0 : RunBuffer.distance(readyAt, head.headReadyAt()) / 4;
    }

    private void spill() {
        if (head != tail) {
            StateWriter writer = new StateWriter();
            tail.write(writer);
            if (tail.hasTraces()) {
                tail.writeTraces(writer);
            }
            if (old) {
                pages.putOld(Keys.OLD_QUEUE_PAGE, 0, endPage++, writer.toBytes());
            } else {
                pages.put(part, endPage++, writer.toBytes());
            }
            pagedRuns += tail.runs();
        }
        tail = new RunBuffer();
    }

    private void refill() {
        if (firstPage == endPage) {
            head = tail;
            return;
        }
        StateReader reader = new StateReader(firstPage());
        head.read(reader);
        if (reader.hasMore()) {
            head.readTraces(reader);
        }
        if (old) {
            pages.deleteOld(Keys.OLD_QUEUE_PAGE, 0, firstPage++);
        } else {
            pages.delete(part, firstPage++);
        }
        pagedRuns -= head.runs();
        if (firstPage == endPage) {
            firstPage = 0;
            endPage = 0;
            pagedRuns = 0;
            old = false;
        }
    }

    private byte[] firstPage() {
        byte[] page = old ? pages.getOld(Keys.OLD_QUEUE_PAGE, 0, firstPage) : pages.get(part, firstPage);
        if (page == null) {
            throw new IllegalStateException("page " + firstPage + " of a queue is missing");
        }
        return page;
    }

    /** The first runs, at most {@code limit}. Reads one page at most, so that the list may be shorter although more runs follow. */
    public List<Run> firstRuns(int limit) {
        List<Run> first = new ArrayList<>();
        if (size == 0) {
            return first;
        }
        head.copyRuns(first, limit);
        if (first.size() < limit && firstPage < endPage) {
            RunBuffer page = new RunBuffer();
            page.read(new StateReader(firstPage()));
            page.copyRuns(first, limit);
        } else if (head != tail) {
            tail.copyRuns(first, limit);
        }
        return first;
    }

    /** The number of runs. */
    public long runs() {
        return head == tail ? head.runs() : head.runs() + pagedRuns + tail.runs();
    }

    void write(StateWriter writer) {
        writer.unsigned(size);
        if (size == 0) {
            return;
        }
        head.write(writer);
        writer.flag(head != tail);
        if (head != tail) {
            writer.unsigned(firstPage).unsigned(endPage).unsigned(pagedRuns).flag(old);
            tail.write(writer);
        }
    }

    void read(StateReader reader) {
        read(reader, false);
    }

    void readLayout1(StateReader reader) {
        read(reader, true);
    }

    private void read(StateReader reader, boolean layout1) {
        size = reader.unsigned();
        if (size == 0) {
            return;
        }
        head.read(reader);
        tail = head;
        if (reader.flag()) {
            firstPage = reader.count();
            endPage = reader.count();
            if (layout1) {
                pagedRuns = (long) PAGE_RUNS * (endPage - firstPage);
                old = firstPage < endPage;
            } else {
                pagedRuns = reader.unsigned();
                old = reader.flag();
            }
            tail = new RunBuffer();
            tail.read(reader);
        }
    }

    /** Returns whether a run has a trace, so that {@link #writeTraces} must follow {@link #write}. */
    boolean hasTraces() {
        return head.hasTraces() || tail.hasTraces();
    }

    void writeTraces(StateWriter writer) {
        head.writeTraces(writer);
        if (head != tail) {
            tail.writeTraces(writer);
        }
    }

    void readTraces(StateReader reader) {
        head.readTraces(reader);
        if (head != tail) {
            tail.readTraces(reader);
        }
    }

    /** Writes the head and the tail into a page of their own. */
    void writeEnds(StateWriter writer) {
        writer.reset();
        write(writer);
        if (hasTraces()) {
            writeTraces(writer);
        }
        pages.put(part, ENDS, writer.toBytes());
    }

    /** Reads that page, which must be there. */
    void readEnds() {
        StateReader reader = new StateReader(endsOf(pages, part));
        read(reader);
        if (reader.hasMore()) {
            readTraces(reader);
        }
    }

    /** The page {@link #ENDS} of a part, which must be there. */
    static byte[] endsOf(Pages pages, int part) {
        byte[] page = pages.get(part, ENDS);
        if (page == null) {
            throw new IllegalStateException("part " + part + " of a queue is missing");
        }
        return page;
    }
}
