package io.yardmaster.replay.fidelity;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.ticks.LoggedCall;
import io.yardmaster.core.ticks.TickInput;
import io.yardmaster.core.ticks.TickLog;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.replay.engine.StateInMemory;
import io.yardmaster.replay.recording.AssignedTask;
import io.yardmaster.replay.recording.RecordedRecord;
import io.yardmaster.replay.recording.RecordingLines;
import io.yardmaster.replay.recording.RecordingWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A shard that records its ticks, reads its topics in a random order, and is opened anew now and then. */
final class PlayedTicks {
    private final Random random;
    private final Policy policy;
    private final RecordingLines lines = new RecordingLines();
    private final List<RecordedRecord> records = new ArrayList<>();
    private final Map<TickInput, Deque<Unread>> unread = new EnumMap<>(TickInput.class);
    private final Map<TickInput, Long> offsets = new EnumMap<>(TickInput.class);
    private final StateInMemory storage = new StateInMemory();
    private TickLog log;
    private Scheduler scheduler;
    private byte[] stored = {};
    private long carrier;
    private long numbers;
    private RecordedRecord firstRead;
    /** Assignments with such a number carry nothing. */
    long dropped = -1;

    private record Unread(long offset, Event event, RecordedRecord record) {}

    /** An assignment that it made. */
    record Given(long number, AssignedTask task) {}

    PlayedTicks(long seed, Policy policy) {
        this.random = new Random(seed);
        this.policy = policy;
        open(LoggedCall.Beginning.FRESH);
    }

    private void open(LoggedCall.Beginning beginning) {
        scheduler = new Scheduler(policy, storage, 0);
        log = new TickLog();
        log.opened(beginning, scheduler.view().assignments(), policy);
        carrier = CarriedTicks.NONE;
    }

    /** Another owner goes on. */
    void reopen() {
        scheduler.flush(false);
        log.flushed(false, true);
        byte[] rest = log.take();
        byte[] all = new byte[stored.length + rest.length];
        System.arraycopy(stored, 0, all, 0, stored.length);
        System.arraycopy(rest, 0, all, stored.length, rest.length);
        stored = all;
        open(LoggedCall.Beginning.LOGGED);
    }

    void flush() {
        boolean age = random.nextBoolean();
        scheduler.flush(age);
        log.flushed(age, true);
    }

    void ready(long at, long group, long job, int first, int tasks) {
        int[] indices = new int[tasks];
        for (int i = 0; i < tasks; i++) {
            indices[i] = first + i;
        }
        sent(
                TickInput.READY,
                new Event.TasksReady(group, job, 1, indices, 0, at, null),
                lines.ready(at, group, job, first, tasks));
    }

    void commit(long at, long group, long job) {
        sent(TickInput.COMMIT, new Event.CommitReady(group, job, 1, at, null), lines.commit(at, group, job));
    }

    void ended(long at, Given given, TaskEnd end) {
        AssignedTask task = given.task();
        Event event = new Event.AssignmentEnded(
                given.number(),
                task.group(),
                task.job(),
                task.kind(),
                task.taskIndex(),
                task.attempt(),
                task.session(),
                end,
                at,
                "",
                null);
        sent(TickInput.OUTCOMES, event, lines.ended(at, given.number(), task, end));
    }

    private void sent(TickInput input, Event event, RecordedRecord record) {
        long offset = offsets.merge(input, 1L, Long::sum) - 1;
        unread.computeIfAbsent(input, none -> new ArrayDeque<>()).add(new Unread(offset, event, record));
        records.add(record);
    }

    /** Reads some records of some topics, in any order; refuses a few. */
    void read() {
        for (int count = random.nextInt(8); count > 0; count--) {
            List<TickInput> some = unread.keySet().stream()
                    .filter(input -> !unread.get(input).isEmpty())
                    .toList();
            if (some.isEmpty()) {
                return;
            }
            TickInput input = some.get(random.nextInt(some.size()));
            Unread next = unread.get(input).remove();
            log.comes();
            if (random.nextInt(20) > 0) {
                log.read(input, next.offset());
                scheduler.apply(next.event(), log::decided);
                if (input == TickInput.READY && firstRead == null) {
                    firstRead = next.record();
                }
            }
        }
    }

    /** Makes assignments within a random budget. */
    List<Given> tick(long at) {
        int most = random.nextInt(3) == 0 ? 0 : random.nextInt(6);
        Map<Long, Double> weights = random.nextInt(3) > 0 ? Map.of() : Map.of((long) random.nextInt(3), 0.5);
        Budget budget = new Budget(most, weights, random.nextInt(9) == 0 ? 1 : Budget.NO_FLOOR);
        List<Given> given = new ArrayList<>();
        log.ticks(at, budget, LivePolicy.NONE.weightsMark());
        scheduler.follow(LivePolicy.NONE);
        scheduler.tick(at, budget, decision -> {
            log.decided(decision);
            if (decision instanceof DispatchedTask task) {
                given.add(new Given(++numbers, AssignedTask.of(task)));
                records.add(carry(lines.assigned(at, numbers, AssignedTask.of(task))));
            }
        });
        log.ticked(true);
        return given;
    }

    private RecordedRecord carry(RecordedRecord assigned) {
        if (log.size() == 0 && stored.length == 0) {
            return assigned;
        }
        byte[] taken = log.takeInTick();
        byte[] all = ByteBuffer.allocate(Long.BYTES + stored.length + taken.length)
                .putLong(carrier)
                .put(stored)
                .put(taken)
                .array();
        stored = new byte[0];
        carrier = assigned.number();
        return assigned.number() == dropped
                ? assigned
                : assigned.withTicks(Optional.of(Base64.getEncoder().encodeToString(all)));
    }

    /** Writes the recording, with its records in the order of their times. */
    Path write(Path file) throws IOException {
        try (RecordingWriter writer = new RecordingWriter(Files.newOutputStream(file), RecordingLines.header())) {
            List<RecordedRecord> sorted = new ArrayList<>(records);
            sorted.sort(Comparator.comparingLong(RecordedRecord::timestampMs));
            for (RecordedRecord record : sorted) {
                writer.write(record);
            }
            writer.end();
        }
        return file;
    }

    /** Returns the number of the last assignment that carries ticks; -1 if none was made after it. */
    long lastCarrierBeforeOthers() {
        return carrier < numbers ? carrier : -1;
    }

    /** Loses an assignment that carries ticks. */
    void loseCarrier(long number) {
        records.removeIf(record -> record.ticks().isPresent() && record.number() == number);
    }

    /** Loses the record that was read first. */
    void loseFirst() {
        records.remove(firstRead);
    }
}
