package io.yardmaster.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.Garbage;
import io.yardmaster.core.state.HeapStorage;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.Pages;
import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.BeforeTry;

/** {@link TaskRuns} compared with a plain queue. */
class TaskRunsProperties {
    private static final int EXACT_RUNS = 16;

    private record Task(int index, int attempt, long readyAt, long tolerance, String trace) {}

    private final Keys keys = new Keys();
    private final Deque<Task> expected = new ArrayDeque<>();
    private HeapStorage storage;
    private Pages pages;
    private TaskRuns queue;
    private String trace;

    @BeforeTry
    void begin() {
        expected.clear();
        trace = null;
        storage = new HeapStorage();
        pages = new Pages(storage, keys, new Garbage(storage, keys, new Ledger()), 7);
        queue = newQueue();
    }

    private TaskRuns newQueue() {
        return new TaskRuns(pages, Pages.QUEUE);
    }

    private void append(int index, int attempt, long readyAt) {
        long tolerance = expected.size() < EXACT_RUNS ? 0 : Math.abs(readyAt - queue.headReadyAt()) / 4;
        queue.append(index, attempt, readyAt, trace);
        expected.add(new Task(index, attempt, readyAt, tolerance, trace));
    }

    private void pop() {
        Task task = expected.remove();
        assertThat(queue.headIndex()).isEqualTo(task.index());
        assertThat(queue.headAttempt()).isEqualTo(task.attempt());
        assertThat(queue.headTrace()).isEqualTo(task.trace());
        assertThat(Math.abs(queue.headReadyAt() - task.readyAt())).isLessThanOrEqualTo(task.tolerance());
        queue.pop();
        assertThat(queue.size()).isEqualTo(expected.size());
    }

    private void popAll() {
        while (!expected.isEmpty()) {
            pop();
        }
        assertThat(storage.size()).isZero();
    }

    /** Writes the queue and reads it again, as a restart does. */
    private void reload() {
        StateWriter writer = new StateWriter();
        queue.write(writer.reset());
        if (queue.hasTraces()) {
            queue.writeTraces(writer);
        }
        queue = newQueue();
        StateReader reader = new StateReader(writer.toBytes());
        queue.read(reader);
        if (reader.hasMore()) {
            queue.readTraces(reader);
        }
        assertThat(queue.size()).isEqualTo(expected.size());
    }

    @Property(shrinking = ShrinkingMode.OFF, tries = 150)
    void anyMixOfAppendsAndPopsIsFirstInFirstOut(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 99) int growth, @ForAll boolean traced) {
        Random random = new Random(seed);
        int next = 0;
        long now = 0;
        for (int step = 0; step < 400; step++) {
            now += random.nextInt(3) == 0 ? random.nextInt(2_000) - 200 : 0;
            if (traced && random.nextInt(3) == 0) {
                trace = random.nextInt(3) == 0 ? null : "trace " + random.nextInt(5);
            }
            switch (random.nextInt(5)) {
                case 0 -> append(random.nextInt(), random.nextInt(3), now);
                case 1, 2 -> {
                    int many = random.nextInt(random.nextInt(10) == 0 ? 1_000 : 20);
                    boolean gaps = random.nextBoolean();
                    for (int i = 0; i < many; i++) {
                        append(next, 0, now);
                        next += gaps ? 2 : 1;
                    }
                }
                default -> {
                    int many = Math.min(expected.size(), random.nextInt(1 + (100 - growth)) * 4);
                    for (int i = 0; i < many; i++) {
                        pop();
                    }
                }
            }
            if (random.nextInt(10) == 0) {
                reload();
            }
            if (random.nextInt(200) == 0) {
                queue.clear();
                expected.clear();
                storage.deleteRange(Keys.lowest(), Keys.ledger(), Integer.MAX_VALUE);
            }
        }
        popAll();
    }

    @Property(shrinking = ShrinkingMode.OFF, tries = 3)
    void manyTasksInAnyOrderComeOutInThatOrder(@ForAll long seed) {
        Random random = new Random(seed);
        List<Integer> indices =
                new ArrayList<>(IntStream.range(0, 99_999).boxed().toList());
        Collections.shuffle(indices, random);
        indices.add(random.nextInt(indices.size()), Integer.MAX_VALUE);
        for (int index : indices) {
            trace = index % 7 == 0 ? "trace " + index : null;
            append(index, 0, 5);
            if (random.nextInt(5_000) == 0) {
                reload();
            }
        }
        assertThat(storage.size()).isGreaterThan(700);
        reload();
        while (!expected.isEmpty()) {
            pop();
            if (random.nextInt(5_000) == 0) {
                reload();
            }
        }
        assertThat(storage.size()).isZero();
    }

    @Property(shrinking = ShrinkingMode.OFF, tries = 50)
    void longRunsOfAnyAgeStayFewAndTheirTimesNearTheTruth(
            @ForAll long seed, @ForAll @LongRange(min = 1, max = 1_000_000) long meanGap) {
        Random random = new Random(seed);
        long now = 1_700_000_000_000L;
        for (int index = 0; index < 20_000; index++) {
            append(index, 0, now);
            now += random.nextInt((int) (2 * meanGap));
        }
        StateWriter writer = new StateWriter();
        queue.write(writer.reset());
        assertThat(storage.size()).isZero();
        assertThat(writer.toBytes()).hasSizeLessThan(900);
        popAll();
    }

    @Property(shrinking = ShrinkingMode.OFF, tries = 100)
    void runBufferWritesWhatItReads(@ForAll long seed, @ForAll @IntRange(min = 0, max = 300) int runs) {
        Random random = new Random(seed);
        RunBuffer buffer = new RunBuffer();
        List<long[]> added = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            int length = 1 + random.nextInt(random.nextBoolean() ? 3 : Integer.MAX_VALUE - 1);
            int first = random.nextInt(Integer.MAX_VALUE);
            length = Math.min(length, Integer.MAX_VALUE - first + 1 <= 0 ? length : Integer.MAX_VALUE - first + 1);
            long readyAt = random.nextBoolean() ? 7 : random.nextLong() >> random.nextInt(63);
            buffer.add(first, length, random.nextInt(4), readyAt, null);
            added.add(new long[] {first, length, readyAt});
        }
        StateWriter writer = new StateWriter();
        buffer.write(writer.reset());
        RunBuffer read = new RunBuffer();

        assertThat(read.read(new StateReader(writer.toBytes())))
                .isEqualTo(added.stream().mapToLong(run -> run[1]).sum());
        assertThat(read.runs()).isEqualTo(runs);
        if (runs > 0) {
            assertThat(read.headIndex()).isEqualTo((int) added.get(0)[0]);
            assertThat(read.headReadyAt()).isEqualTo(added.get(0)[2]);
        }
        StateWriter again = new StateWriter();
        read.write(again.reset());
        assertThat(Arrays.equals(again.toBytes(), writer.toBytes())).isTrue();
    }

    /** Runs have values at the ends of their types, and some have been removed. */
    @Property(shrinking = ShrinkingMode.OFF, tries = 200)
    void bufferKnowsHowLongItIs(@ForAll long seed, @ForAll boolean traced) {
        Random random = new Random(seed);
        RunBuffer buffer = new RunBuffer();
        for (int step = 0; step < 600; step++) {
            int index = random.nextInt(3) == 0
                    ? Integer.MAX_VALUE - random.nextInt(3)
                    : random.nextInt(random.nextBoolean() ? 9 : Integer.MAX_VALUE);
            long readyAt = random.nextInt(3) > 0 ? 5 : random.nextLong();
            String any = traced && random.nextInt(3) == 0 ? "t".repeat(random.nextInt(9) + 1) : null;
            int attempt = random.nextInt(4) > 0 ? 0 : random.nextInt(Integer.MAX_VALUE);
            int withOneMore = buffer.bytesWith(any);
            if (!buffer.extend(index, attempt, readyAt, 0, any)) {
                int length = index == Integer.MAX_VALUE ? 1 : 1 + random.nextInt(2);
                buffer.add(index, length, attempt, readyAt, any);
            }
            assertThat(buffer.bytes()).isLessThanOrEqualTo(withOneMore);
            for (int pops = random.nextInt(buffer.runs() > 100 ? 20 : 2); pops > 0 && !buffer.isEmpty(); pops--) {
                buffer.pop();
            }
            StateWriter writer = new StateWriter();
            buffer.write(writer.reset());
            int runs = buffer.runs();
            if (buffer.hasTraces()) {
                buffer.writeTraces(writer);
            }
            assertThat(writer.length()).isLessThanOrEqualTo(buffer.bytes());
            assertThat(buffer.bytes() - writer.length()).isLessThanOrEqualTo(40 + (buffer.hasTraces() ? 10 * runs : 0));
        }
    }
}
