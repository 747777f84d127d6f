package io.yardmaster.replay.fidelity;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.outcomes.AwaitedTasks;
import io.yardmaster.core.ticks.LoggedCall;
import io.yardmaster.core.ticks.TickInput;
import io.yardmaster.core.ticks.TickLog;
import io.yardmaster.core.ticks.TickTrace;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.CommandDropReason;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchRate;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.OnFailure;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.RetryRule;
import io.yardmaster.core.values.StageOrder;
import io.yardmaster.core.values.StageOrders;
import io.yardmaster.core.values.TaskEnd;
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
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * A shard that records its ticks and reads its topics in a random order, under a policy and with parts of limits that change. It holds
 * commands about jobs that are not known yet, is opened anew now and then, and crashes, as one of a deployment does.
 */
final class PlayedTicks {
    private static final List<String> LIMITS = List.of(
            LimitKeys.ALL,
            LimitKeys.JOB,
            LimitKeys.ofGroup(1),
            LimitKeys.ofGroup(2),
            LimitKeys.named("licence"),
            LimitKeys.ofPool("gpu"));

    private final Random random;
    private final Policy policy;
    private final RecordingLines lines = new RecordingLines();
    private final List<RecordedRecord> records = new ArrayList<>();
    private final Map<TickInput, Deque<Unread>> unread = new EnumMap<>(TickInput.class);
    private final Map<TickInput, Long> offsets = new EnumMap<>(TickInput.class);
    private final DurableState storage = new DurableState();
    private final List<Unread> readSinceCommit = new ArrayList<>();
    private final List<RecordedRecord> madeSinceCommit = new ArrayList<>();
    private SortedMap<Long, Event.Commanded> held = new TreeMap<>();
    private SortedMap<Long, Event.Commanded> heldAtCommit = new TreeMap<>();
    private TickLog log;
    private TickTrace trace;
    private Scheduler scheduler;
    /** The part of the log that no assignment has carried. */
    private byte[] stored = {};

    private byte[] storedAtCommit = {};
    private LivePolicy live = LivePolicy.NONE;
    private LivePolicy followed = LivePolicy.NONE;
    private Map<String, Long> limits = Map.of();
    private int inPools = Integer.MAX_VALUE;
    private long changesAtCommit;
    private long carrier;
    private long numbers;
    private long numbersAtCommit;
    private RecordedRecord firstRead;
    /** Assignments with such a number carry nothing. */
    long dropped = -1;

    private record Unread(TickInput input, long offset, Event event, RecordedRecord record) {}

    PlayedTicks(long seed, Policy policy) {
        this.random = new Random(seed);
        this.policy = policy;
        open();
    }

    private void open() {
        scheduler = new Scheduler(policy, storage, 0);
        log = new TickLog();
        trace = new TickTrace(() -> storage.changes() + scheduler.changes());
        log.opened(
                scheduler.view().isNew() ? LoggedCall.Beginning.FRESH : LoggedCall.Beginning.LOGGED,
                scheduler.view().assignments(),
                policy);
        carrier = CarriedTicks.NONE;
        followed = LivePolicy.NONE;
    }

    /** Another policy, and other parts of limits for this shard. */
    void change() {
        Map<Long, Double> weights = new HashMap<>();
        Map<Long, DispatchRate> rates = new HashMap<>();
        Map<String, Long> capacities = new HashMap<>();
        for (long group = 0; group < 3; group++) {
            if (random.nextBoolean()) {
                weights.put(group, 0.5 + random.nextInt(4));
            }
            if (random.nextInt(3) == 0) {
                rates.put(group, new DispatchRate(1 + random.nextInt(20), 1 + random.nextInt(3)));
            }
        }
        for (String key : LIMITS) {
            if (random.nextInt(3) > 0) {
                capacities.put(key, 1L + random.nextInt(12));
            }
        }
        Map<String, DispatchRate> poolRates = random.nextInt(3) > 0
                ? Map.of()
                : Map.of("gpu", new DispatchRate(1 + random.nextInt(20), 1 + random.nextInt(3)));
        List<RetryRule> retries =
                random.nextBoolean() ? List.of() : List.of(new RetryRule(1L, TaskEnd.FAILED, "", 4, 20, 9));
        StageOrder order = random.nextBoolean() ? StageOrder.ARRIVAL : StageOrder.CRITICAL_PATH;
        live = new LivePolicy(weights, capacities, rates, poolRates, retries, new StageOrders(order, Map.of()));
        share();
    }

    /** Other parts of the limits that there are. */
    private void share() {
        Map<String, Long> parts = new HashMap<>();
        live.limits().forEach((key, units) -> parts.put(key, (long) random.nextInt((int) (units + 1))));
        limits = parts;
        inPools = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(4);
    }

    /** The fleet has taken some assignments of which no outcome came. */
    void taken() {
        long[] some = LongStream.of(scheduler.holding(0, 64))
                .filter(id -> random.nextInt(4) == 0)
                .toArray();
        if (some.length > 0) {
            log.taken(some);
            scheduler.apply(new Event.AssignmentsTaken(some), log::decided);
        }
    }

    /** The fleet has committed some tasks of graphs that nobody will report. */
    void unreported() {
        AwaitedTasks.Left left = scheduler.awaited().from(0);
        if (left == null) {
            return;
        }
        long[] some = left.runs().stream()
                .flatMapToLong(run -> LongStream.range(run.id(), run.end()))
                .filter(id -> random.nextInt(6) == 0)
                .toArray();
        if (some.length > 0) {
            log.unreported(some);
            scheduler.apply(new Event.AssignmentsUnreported(some), log::decided);
        }
    }

    private void obey() {
        if (!live.equals(followed)) {
            followed = live;
            log.obeyed(live);
            scheduler.follow(live);
        }
    }

    /** The policy says that this pool places its tasks on hosts; the played shard does not hear of it. */
    void placed(long at, String pool) {
        records.add(lines.placed(at, pool));
    }

    /** A graph of two stages, of which the first needs a licence and the second may be of a pool. */
    void graph(long at, long group, long job) {
        Map<String, Long> needs = random.nextInt(3) == 0 ? Map.of() : Map.of("licence", 1L + random.nextInt(3));
        GraphStage first = stage("first", List.of(), needs, "");
        String pool = random.nextBoolean() ? "gpu" : "";
        GraphStage second = stage("second", List.of(new GraphStage.Dependency("first", false)), Map.of(), pool);
        Event.GraphSubmitted graph = new Event.GraphSubmitted(
                group,
                job,
                1,
                random.nextInt(3) - 1,
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean() ? OnFailure.STOP : OnFailure.CONTINUE,
                List.of(first, second),
                0,
                1,
                at,
                null);
        sent(TickInput.GRAPHS, graph, lines.graph(at, graph));
    }

    private GraphStage stage(String name, List<GraphStage.Dependency> after, Map<String, Long> needs, String pool) {
        return new GraphStage(
                name,
                1 + random.nextInt(6),
                after,
                GraphStage.When.ALL,
                2,
                10,
                0,
                random.nextInt(3),
                needs,
                pool,
                GraphStage.NO_PAYLOAD);
    }

    /** Another owner goes on. */
    void reopen() {
        commit();
        open();
    }

    /** The transaction is aborted, and another owner goes on with the state before it. The assignments since then were not made. */
    void crash() {
        storage.abort();
        changesAtCommit = storage.changes();
        held = new TreeMap<>(heldAtCommit);
        stored = storedAtCommit;
        numbers = numbersAtCommit;
        madeSinceCommit.clear();
        for (int i = readSinceCommit.size() - 1; i >= 0; i--) {
            Unread again = readSinceCommit.get(i);
            unread.get(again.input()).addFirst(again);
        }
        readSinceCommit.clear();
        open();
    }

    /** Returns whether this assignment was made, and no crash can take it back. */
    boolean isDurable(MadeAssignment given) {
        return given.number() <= numbersAtCommit;
    }

    void commit() {
        boolean age = random.nextBoolean();
        scheduler.flush(age);
        boolean isChanged = storage.changes() != changesAtCommit;
        log.flushed(age, isChanged);
        if (isChanged) {
            stored = joined(stored, log.take());
            storedAtCommit = stored;
        }
        storage.commit();
        changesAtCommit = storage.changes();
        heldAtCommit = new TreeMap<>(held);
        numbersAtCommit = numbers;
        records.addAll(madeSinceCommit);
        madeSinceCommit.clear();
        readSinceCommit.clear();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
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

    void command(long at, long job, Command command) {
        sent(
                TickInput.COMMANDS,
                new Event.Commanded(job, Event.Commanded.ANY_SESSION, command, 0),
                lines.command(at, job, command));
    }

    void ended(long at, MadeAssignment given, TaskEnd end) {
        long ran = random.nextInt(3_000);
        sent(
                TickInput.OUTCOMES,
                given.ended(end, at, ran),
                lines.ended(at, given.number(), given.task(), end, at - ran));
    }

    private void sent(TickInput input, Event event, RecordedRecord record) {
        long offset = offsets.merge(input, 1L, Long::sum) - 1;
        unread.computeIfAbsent(input, none -> new ArrayDeque<>()).add(new Unread(input, offset, event, record));
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
            Unread next = unread.get(some.get(random.nextInt(some.size()))).remove();
            readSinceCommit.add(next);
            log.comes();
            if (random.nextInt(4) == 0) {
                obey();
            }
            // The same record is refused each time.
            if (next.offset() * 31 % 20 > 0) {
                apply(next);
            }
        }
    }

    private void apply(Unread next) {
        if (next.event() instanceof Event.Commanded command) {
            command(next.offset(), command, true);
            return;
        }
        log.read(next.input(), next.offset());
        scheduler.apply(next.event(), log::decided);
        if (next.input() == TickInput.READY && firstRead == null) {
            firstRead = next.record();
        }
        if (next.event() instanceof Event.OfJob event) {
            release(command -> command.job() == event.job(), true);
        }
    }

    private void command(long offset, Event.Commanded command, boolean mayHold) {
        log.read(TickInput.COMMANDS, offset);
        scheduler.apply(command, decision -> {
            log.decided(decision);
            if (mayHold
                    && decision instanceof Decision.CommandDropped dropped
                    && dropped.reason() == CommandDropReason.UNKNOWN_JOB) {
                held.put(offset, command);
            }
        });
    }

    private void release(Predicate<Event.Commanded> those, boolean mayHold) {
        SortedMap<Long, Event.Commanded> released = new TreeMap<>(held);
        released.values().removeIf(those.negate());
        held.keySet().removeAll(released.keySet());
        released.forEach((offset, command) -> command(offset, command, mayHold));
    }

    /** Makes assignments within a random budget. */
    List<MadeAssignment> tick(long at) {
        if (random.nextInt(20) == 0) {
            // All have waited long enough.
            release(command -> true, false);
        }
        int most = random.nextInt(3) == 0 ? 0 : random.nextInt(6);
        Map<Long, Double> weights = random.nextInt(9) > 0 ? Map.of() : Map.of((long) random.nextInt(3), 0.5);
        int floor = random.nextInt(9) == 0 ? 1 : Budget.NO_FLOOR;
        if (random.nextInt(20) == 0) {
            share();
        }
        Budget budget = new Budget(most, weights, floor, limits, inPools);
        List<MadeAssignment> given = new ArrayList<>();
        obey();
        trace.begins(budget, scheduler.demand(false));
        log.ticks(at, budget);
        scheduler.tick(at, budget, decision -> {
            trace.decided();
            log.decided(decision);
            if (decision instanceof DispatchedTask task) {
                given.add(new MadeAssignment(++numbers, AssignedTask.of(task)));
                madeSinceCommit.add(carry(lines.assigned(at, numbers, AssignedTask.of(task), task.pool())));
            }
        });
        log.ticked(trace.isLeft());
        return given;
    }

    private RecordedRecord carry(RecordedRecord assigned) {
        if (log.size() == 0 && stored.length == 0) {
            return assigned;
        }
        byte[] all = joined(
                ByteBuffer.allocate(Long.BYTES).putLong(carrier).array(),
                log.size() == 0 ? stored : joined(stored, log.takeInTick()));
        stored = new byte[0];
        carrier = assigned.number();
        return assigned.number() == dropped
                ? assigned
                : assigned.withTicks(Optional.of(Base64.getEncoder().encodeToString(all)));
    }

    /** Writes the recording, with its records in the order of their times, as far as that of their offsets allows it. */
    Path write(Path file) throws IOException {
        try (RecordingWriter writer = new RecordingWriter(Files.newOutputStream(file), RecordingLines.header())) {
            Map<String, Long> latest = new HashMap<>();
            SortedMap<Long, List<RecordedRecord>> sorted = new TreeMap<>();
            for (RecordedRecord record : records) {
                long at = latest.merge(record.topic().id(record.pool()), record.timestampMs(), Math::max);
                sorted.computeIfAbsent(at, none -> new ArrayList<>()).add(record);
            }
            for (List<RecordedRecord> together : sorted.values()) {
                for (RecordedRecord record : together) {
                    writer.write(record);
                }
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
