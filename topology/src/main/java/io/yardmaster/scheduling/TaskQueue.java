package io.yardmaster.scheduling;

import java.util.ArrayList;
import java.util.List;

/**
 * The buffered tasks of one job, first in first out. A head and a tail of runs are in memory and in the job's record;
 * what is between them is in pages, written once and deleted once. So a task costs nothing where indices ascend, and
 * about 5 bytes on disk where they come in random order.
 */
final class TaskQueue {
    /** Up to here every run is of one moment; beyond, events are merged. */
    private static final int EXACT_RUNS = 16;

    /** Runs in the head, the tail, and each page: a page of runs of one task is about 0.6 KB. */
    static final int PAGE_RUNS = 128;

    private final Pages pages;
    private RunBuffer head = new RunBuffer();
    private RunBuffer tail = head;
    private int firstPage;
    private int endPage;
    private long size;

    TaskQueue(Pages pages) {
        this.pages = pages;
    }

    /** How many tasks are buffered. */
    long size() {
        return size;
    }

    /** @param trace null if it has none; never empty */
    void append(int index, int attempt, long readyAt, String trace) {
        if (!tail.extend(index, attempt, readyAt, tolerance(readyAt), trace)) {
            if (tail.runs() == PAGE_RUNS) {
                spill();
            }
            tail.add(index, 1, attempt, readyAt, trace);
        }
        size++;
    }

    int headIndex() {
        return head.headIndex();
    }

    int headAttempt() {
        return head.headAttempt();
    }

    long headReadyAt() {
        return head.headReadyAt();
    }

    String headTrace() {
        return head.headTrace();
    }

    void pop() {
        head.pop();
        size--;
        if (head.isEmpty() && head != tail) {
            refill();
        }
    }

    /** Forgets all tasks. */
    void clear() {
        if (firstPage < endPage) {
            pages.deleteAll(Keys.QUEUE_PAGE);
        }
        head = new RunBuffer();
        tail = head;
        firstPage = 0;
        endPage = 0;
        size = 0;
    }

    /**
     * How far apart, in ms, the events of one run may be. As it grows with the time that the queue spans, so do the
     * runs: a queue of any age has some dozens of them, if its indices ascend.
     */
    private long tolerance(long readyAt) {
        int runsInMemory = head == tail ? head.runs() : head.runs() + tail.runs();
        boolean few = firstPage == endPage && runsInMemory < EXACT_RUNS;
        return few ? 0 : Math.abs(readyAt - head.headReadyAt()) / 4;
    }

    private void spill() {
        if (head != tail) {
            RecordWriter writer = new RecordWriter();
            tail.write(writer);
            if (tail.hasTraces()) {
                tail.writeTraces(writer);
            }
            pages.put(Keys.QUEUE_PAGE, 0, endPage++, writer.toBytes());
        }
        tail = new RunBuffer();
    }

    private void refill() {
        if (firstPage == endPage) {
            head = tail;
            return;
        }
        byte[] page = pages.get(Keys.QUEUE_PAGE, 0, firstPage);
        if (page == null) {
            throw new IllegalStateException("page " + firstPage + " of a queue is missing");
        }
        RecordReader reader = new RecordReader(page);
        head.read(reader);
        if (reader.hasMore()) {
            head.readTraces(reader);
        }
        pages.delete(Keys.QUEUE_PAGE, 0, firstPage++);
        if (firstPage == endPage) {
            firstPage = 0;
            endPage = 0;
        }
    }

    /** The first runs; reads one page at most, so there may be fewer although more follow. */
    List<Run> firstRuns(int limit) {
        List<Run> first = new ArrayList<>();
        if (size == 0) {
            return first;
        }
        head.copyRuns(first, limit);
        if (first.size() < limit && firstPage < endPage) {
            RunBuffer page = new RunBuffer();
            page.read(new RecordReader(pages.get(Keys.QUEUE_PAGE, 0, firstPage)));
            page.copyRuns(first, limit);
        } else if (head != tail) {
            tail.copyRuns(first, limit);
        }
        return first;
    }

    /** How many there are. */
    long runs() {
        return size == 0
                ? 0
                : head.runs() + (head == tail ? 0 : tail.runs() + (long) PAGE_RUNS * (endPage - firstPage));
    }

    void write(RecordWriter writer) {
        writer.unsigned(size);
        if (size == 0) {
            return;
        }
        head.write(writer);
        writer.flag(head != tail);
        if (head != tail) {
            writer.unsigned(firstPage).unsigned(endPage);
            tail.write(writer);
        }
    }

    void read(RecordReader reader) {
        size = reader.unsigned();
        if (size == 0) {
            return;
        }
        head.read(reader);
        tail = head;
        if (reader.flag()) {
            firstPage = reader.count();
            endPage = reader.count();
            tail = new RunBuffer();
            tail.read(reader);
        }
    }

    /** Whether {@link #writeTraces} has anything to add to what {@link #write} wrote. */
    boolean hasTraces() {
        return head.hasTraces() || tail.hasTraces();
    }

    void writeTraces(RecordWriter writer) {
        head.writeTraces(writer);
        if (head != tail) {
            tail.writeTraces(writer);
        }
    }

    void readTraces(RecordReader reader) {
        head.readTraces(reader);
        if (head != tail) {
            tail.readTraces(reader);
        }
    }
}
