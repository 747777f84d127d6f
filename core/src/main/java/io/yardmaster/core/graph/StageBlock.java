package io.yardmaster.core.graph;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.StageProgress;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Up to 32 successive stages of a graph: their definitions, which never change, and their states. */
final class StageBlock {
    static final int BITS = 5;
    static final int SIZE = 1 << BITS;

    /** The state of a stage. */
    static final byte BLOCKED = 0;
    /** Some of its tasks were made ready. */
    static final byte RUNNING = 1;

    static final byte ENDED = 2;
    /** It has ended and none of its tasks ever ran, so that they have no marks. */
    static final byte KILLED = 3;

    /** Facts about a stage. */
    static final int SOME_FAILED = 1;

    static final int SOME_SUCCEEDED = 2;

    private static final int EACH = 1;
    private static final int WITH_TERMS = 4;
    private static final int EXCUSED = 8;
    private static final int AWAITED = 16;
    private static final int WITH_NEEDS = 32;
    /** By their number in a record. */
    static final List<GraphStage.When> WHEN = List.of(GraphStage.When.ALL, GraphStage.When.ANY, GraphStage.When.ENDED);

    /** The number of its first stage. */
    final int start;

    final int size;
    final GraphStage[] stages;
    /** The lengths of the payloads, which lie elsewhere; null if no stage has one. */
    final int @Nullable [] payloads;
    /** The index of each stage's first task. */
    final int[] firstTasks;
    /** The stages that wait for each stage, twice their number, plus 1 if each task waits for one task. */
    final int[][] successors;
    /** The stages of which each task waits for one task. */
    final int[][] eachBefore;

    private final int[] traits;
    private final int[] barriers;

    final byte[] status;
    /** The stages that each stage waits for as a whole, and that have not ended. */
    final int[] open;

    final byte[] facts;
    final int[] ended;
    final int[] succeeded;
    /** The first stage that has not succeeded of those that each stage waits for; -1 if there is none. */
    final int[] cause;
    /** The mark of each stage's only task. */
    final int[] onlyMarks;

    boolean changed;

    StageBlock(int start, byte[] definitions) {
        this.start = start;
        StateReader reader = new StateReader(definitions);
        this.size = reader.count();
        this.stages = new GraphStage[size];
        this.firstTasks = new int[size];
        this.successors = new int[size][];
        this.eachBefore = new int[size][];
        this.traits = new int[size];
        this.barriers = new int[size];
        this.status = new byte[size];
        this.open = new int[size];
        this.facts = new byte[size];
        this.ended = new int[size];
        this.succeeded = new int[size];
        this.cause = new int[size];
        this.onlyMarks = new int[size];
        int[] lengths = new int[size];
        boolean some = false;
        int task = reader.count();
        for (int i = 0; i < size; i++) {
            firstTasks[i] = task;
            lengths[i] = read(reader, i);
            some |= lengths[i] > 0;
            task += stages[i].tasks();
            open[i] = barriers[i];
            cause[i] = -1;
            onlyMarks[i] = -1;
        }
        this.payloads = some ? lengths : null;
    }

    /** Reads a stage, and returns the length of its payload. */
    private int read(StateReader reader, int i) {
        String name = reader.utf8();
        int tasks = reader.count();
        int bits = reader.count();
        traits[i] = bits;
        boolean terms = (bits & WITH_TERMS) != 0;
        int attempts = terms ? reader.count() : 1;
        long backoff = terms ? reader.unsigned() : 0;
        long timeout = terms ? reader.unsigned() : 0;
        int payload = terms ? reader.count() : 0;
        Map<String, Long> needs = (bits & WITH_NEEDS) != 0 ? needs(reader) : Map.of();
        stages[i] = new GraphStage(
                name, tasks, List.of(), WHEN.get(bits & 3), attempts, backoff, timeout, needs, GraphStage.NO_PAYLOAD);
        barriers[i] = reader.count();
        eachBefore[i] = numbers(reader, start + i);
        successors[i] = numbers(reader, 2 * (start + i));
        return payload;
    }

    /** Reads needs that {@link #write(StateWriter, Map)} wrote. */
    static Map<String, Long> needs(StateReader reader) {
        SortedMap<String, Long> needs = new TreeMap<>();
        for (int left = reader.count(); left > 0; left--) {
            needs.put(reader.utf8(), reader.unsigned());
        }
        return needs;
    }

    private static int[] numbers(StateReader reader, int base) {
        int[] numbers = new int[reader.count()];
        int previous = base;
        for (int i = 0; i < numbers.length; i++) {
            previous += (int) reader.signed();
            numbers[i] = previous;
        }
        return numbers;
    }

    /** Writes the definition of a stage. */
    static void write(StateWriter writer, CheckedGraph graph, int stage) {
        GraphStage definition = graph.stages().get(stage);
        boolean terms = definition.attempts() > 1
                || definition.backoff() > 0
                || definition.timeout() > 0
                || definition.payload().length > 0;
        int bits = WHEN.indexOf(definition.when())
                | (terms ? WITH_TERMS : 0)
                | (graph.isExcused(stage) ? EXCUSED : 0)
                | (graph.isAwaited(stage) ? AWAITED : 0)
                | (definition.needs().isEmpty() ? 0 : WITH_NEEDS);
        writer.utf8(definition.name()).unsigned(definition.tasks()).unsigned(bits);
        if (terms) {
            writer.unsigned(definition.attempts())
                    .unsigned(definition.backoff())
                    .unsigned(definition.timeout())
                    .unsigned(definition.payload().length);
        }
        if (!definition.needs().isEmpty()) {
            write(writer, definition.needs());
        }
        writer.unsigned(graph.barriers(stage));
        write(writer, graph.eachBefore(stage), stage);
        write(writer, graph.successors(stage), 2 * stage);
    }

    static void write(StateWriter writer, Map<String, Long> needs) {
        writer.unsigned(needs.size());
        needs.forEach((limit, units) -> writer.utf8(limit).unsigned(units));
    }

    private static void write(StateWriter writer, int[] numbers, int base) {
        writer.unsigned(numbers.length);
        int previous = base;
        for (int number : numbers) {
            writer.signed(number - previous);
            previous = number;
        }
    }

    static int stageOf(int successor) {
        return successor >>> 1;
    }

    static boolean isEach(int successor) {
        return (successor & EACH) != 0;
    }

    /** Returns whether a stage that waits for it may run although it has not succeeded. */
    boolean isExcused(int i) {
        return (traits[i] & EXCUSED) != 0;
    }

    /** Returns whether a stage that waits for it runs in any case. */
    boolean isAwaited(int i) {
        return (traits[i] & AWAITED) != 0;
    }

    boolean hasEnded(int i) {
        return status[i] >= ENDED;
    }

    boolean hasSucceeded(int i) {
        return succeeded[i] == stages[i].tasks();
    }

    StageProgress progress(int i) {
        StageProgress.State state =
                switch (status[i]) {
                    case BLOCKED -> StageProgress.State.BLOCKED;
                    case RUNNING -> StageProgress.State.RUNNING;
                    default -> StageProgress.State.ENDED;
                };
        return new StageProgress(
                stages[i].name(),
                firstTasks[i],
                stages[i].tasks(),
                state,
                state == StageProgress.State.BLOCKED ? open[i] : 0,
                succeeded[i],
                ended[i] - succeeded[i]);
    }

    void writeStates(StateWriter writer) {
        for (int i = 0; i < size; i++) {
            boolean only = stages[i].tasks() == 1;
            boolean touched = open[i] != barriers[i] || ended[i] > 0 || status[i] != BLOCKED || facts[i] != 0;
            boolean marked = only && onlyMarks[i] >= 0;
            boolean caused = cause[i] >= 0;
            if (!touched) {
                writer.unsigned(0);
                continue;
            }
            writer.unsigned(1 | status[i] << 1 | facts[i] << 3 | (marked ? 32 : 0) | (caused ? 64 : 0));
            if (status[i] == BLOCKED) {
                writer.unsigned(open[i]);
            }
            if (caused) {
                writer.signed(cause[i] - (start + i));
            }
            if (marked) {
                writer.unsigned(onlyMarks[i]);
            }
            if (!only && status[i] != KILLED) {
                writer.unsigned(ended[i]).unsigned(ended[i] - succeeded[i]);
            }
        }
    }

    void readStates(StateReader reader) {
        for (int i = 0; i < size; i++) {
            int bits = reader.count();
            if (bits == 0) {
                continue;
            }
            status[i] = (byte) (bits >>> 1 & 3);
            facts[i] = (byte) (bits >>> 3 & 3);
            open[i] = status[i] == BLOCKED ? reader.count() : 0;
            cause[i] = (bits & 64) != 0 ? start + i + (int) reader.signed() : -1;
            onlyMarks[i] = (bits & 32) != 0 ? reader.count() : -1;
            if (status[i] == KILLED) {
                ended[i] = stages[i].tasks();
            } else if (stages[i].tasks() == 1) {
                ended[i] = status[i] == ENDED ? 1 : 0;
                succeeded[i] = onlyMarks[i] == Graph.SUCCEEDED ? 1 : 0;
            } else {
                ended[i] = reader.count();
                succeeded[i] = ended[i] - reader.count();
            }
        }
    }
}
