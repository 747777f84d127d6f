package io.yardmaster.core.graph;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.StageProgress;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Up to 32 successive stages of a graph: their definitions, which never change, and their states. */
final class StageBlock {
    static final int BITS = 5;
    static final int SIZE = 1 << BITS;

    /** The state of a stage. */
    static final int BLOCKED = 0;
    /** Some of its tasks were made ready. */
    static final int RUNNING = 1;

    static final int ENDED = 2;
    /** It has ended and none of its tasks ever ran, so that they have no marks. */
    static final int KILLED = 3;

    /** Facts about a stage, which lie in its state behind the status. */
    static final int SOME_FAILED = 4;

    static final int SOME_SUCCEEDED = 8;
    /** Its only task was made ready in this session. In memory alone: if it is not known here, the job's record tells. */
    static final int SEEN = 16;

    private static final int STATUS = 3;
    private static final int STORED = STATUS | SOME_FAILED | SOME_SUCCEEDED;
    /** Each task of the stage waits for one task of another stage. */
    private static final int WITH_EACH_BEFORE = 32;
    /** The bits of the definition lie behind those of the state. */
    private static final int TRAITS = 8;

    private static final int EACH = 1;
    /**
     * The numbers of one stage lie together, and most questions about it need no others. They are few, as a processor reads 16 at once, and
     * in a large graph those of each stage from far away.
     */
    private static final int WORDS_BITS = 3;

    private static final int FIRST_TASK = 0;
    private static final int TASKS = 1;
    private static final int STATE = 2;
    private static final int OPEN = 3;
    private static final int HAVE_ENDED = 4;
    private static final int SUCCEEDED = 5;
    private static final int MARK = 6;
    /** The place of its edges, or {@link #NO_EDGES}. */
    private static final int EDGES = 7;

    private static final int NO_EDGES = -1;

    /** The words that are seldom needed, of each stage. */
    private static final int RARE_WORDS = 3;

    private static final int BARRIERS = 0;
    private static final int CAUSE = 1;
    private static final int RETURNED = 2;

    /** The number of its first stage. */
    final int start;

    final int size;
    final GraphStage[] stages;
    /** The lengths of the payloads, which lie elsewhere; null if no stage has one. */
    final int @Nullable [] payloads;

    private final int[] words;
    private final int[] rare;
    /** For each stage with edges it has the number of stages that wait for it, those, the number that it waits for task by task, and those. */
    private int[] edges;

    boolean changed;

    StageBlock(int start, byte[] definitions) {
        this.start = start;
        StateReader reader = new StateReader(definitions);
        this.size = reader.count();
        this.stages = new GraphStage[size];
        this.words = new int[size << WORDS_BITS];
        this.rare = new int[size * RARE_WORDS];
        this.edges = new int[4 * size];
        int[] lengths = new int[size];
        boolean some = false;
        int task = reader.count();
        int edge = 0;
        for (int i = 0; i < size; i++) {
            StageTerms terms = StageTerms.read(reader);
            stages[i] = terms.stage();
            lengths[i] = terms.payload();
            some |= lengths[i] > 0;
            put(i, FIRST_TASK, task);
            put(i, TASKS, stages[i].tasks());
            put(i, STATE, terms.bits() << TRAITS);
            putRare(i, BARRIERS, reader.count());
            put(i, OPEN, barriers(i));
            putRare(i, CAUSE, -1);
            put(i, MARK, -1);
            edge = readEdges(reader, i, edge);
            task += tasks(i);
        }
        this.payloads = some ? lengths : null;
    }

    private int get(int i, int word) {
        return words[(i << WORDS_BITS) + word];
    }

    private void put(int i, int word, int value) {
        words[(i << WORDS_BITS) + word] = value;
    }

    private int getRare(int i, int word) {
        return rare[i * RARE_WORDS + word];
    }

    private void putRare(int i, int word, int value) {
        rare[i * RARE_WORDS + word] = value;
    }

    /** Reads the stages that a stage waits for and those that wait for it, and returns the place behind the last edge. */
    private int readEdges(StateReader reader, int i, int from) {
        int[] before = readEdges(reader, start + i);
        int[] successors = readEdges(reader, 2 * (start + i));
        if (before.length + successors.length == 0) {
            put(i, EDGES, NO_EDGES);
            return from;
        }
        put(i, EDGES, from);
        learn(i, before.length > 0 ? WITH_EACH_BEFORE : 0);
        return putEdges(before, putEdges(successors, from));
    }

    private int putEdges(int[] some, int from) {
        int behind = from + 1 + some.length;
        if (behind > edges.length) {
            edges = Arrays.copyOf(edges, Math.max(behind, 2 * edges.length));
        }
        edges[from] = some.length;
        System.arraycopy(some, 0, edges, from + 1, some.length);
        return behind;
    }

    private static int[] readEdges(StateReader reader, int base) {
        int[] read = new int[reader.count()];
        int previous = base;
        for (int i = 0; i < read.length; i++) {
            previous += (int) reader.signed();
            read[i] = previous;
        }
        return read;
    }

    static int stageOf(int successor) {
        return successor >>> 1;
    }

    static boolean isEach(int successor) {
        return (successor & EACH) != 0;
    }

    int tasks(int i) {
        return get(i, TASKS);
    }

    int firstTask(int i) {
        return get(i, FIRST_TASK);
    }

    GraphStage.When when(int i) {
        return StageBits.when(traits(i));
    }

    /** The number of stages of which each task of this one waits for one task. */
    int eachBefore(int i) {
        return knows(i, WITH_EACH_BEFORE) ? edges[placeOfEachBefore(i)] : 0;
    }

    /** One of the stages of which each task waits for one task. */
    int eachBefore(int i, int at) {
        return edges[placeOfEachBefore(i) + 1 + at];
    }

    private int placeOfEachBefore(int i) {
        return get(i, EDGES) + 1 + edges[get(i, EDGES)];
    }

    /** The number of stages that wait for this one. */
    int successors(int i) {
        int place = get(i, EDGES);
        return place == NO_EDGES ? 0 : edges[place];
    }

    /** One of the stages that wait for this one: twice its number, plus 1 if each task waits for one task. */
    int successor(int i, int at) {
        return edges[get(i, EDGES) + 1 + at];
    }

    private int traits(int i) {
        return get(i, STATE) >>> TRAITS;
    }

    private boolean hasTrait(int i, int bits) {
        return (traits(i) & bits) != 0;
    }

    /** Returns whether a stage that waits for it may run although it has not succeeded. */
    boolean isExcused(int i) {
        return hasTrait(i, StageBits.EXCUSED);
    }

    /** Returns whether a stage that waits for it runs in any case. */
    boolean isAwaited(int i) {
        return hasTrait(i, StageBits.AWAITED);
    }

    /** The units that a task holds of limits. */
    Map<String, Long> holds(int i) {
        return hasTrait(i, StageBits.WITH_NEEDS | StageBits.WITH_POOL) ? stages[i].holds() : Map.of();
    }

    int priority(int i) {
        return hasTrait(i, StageBits.WITH_PRIORITY) ? stages[i].priority() : 0;
    }

    /** The status of a stage, and the facts about it that are stored. */
    int state(int i) {
        return get(i, STATE) & STORED;
    }

    void setState(int i, int state) {
        put(i, STATE, (get(i, STATE) & ~STORED) | state);
    }

    int status(int i) {
        return get(i, STATE) & STATUS;
    }

    void setStatus(int i, int status) {
        put(i, STATE, (get(i, STATE) & ~STATUS) | status);
    }

    boolean knows(int i, int fact) {
        return (get(i, STATE) & fact) != 0;
    }

    void learn(int i, int fact) {
        put(i, STATE, get(i, STATE) | fact);
    }

    boolean hasEnded(int i) {
        return status(i) >= ENDED;
    }

    boolean hasSucceeded(int i) {
        return succeeded(i) == tasks(i);
    }

    /** The stages that a stage waits for as a whole. */
    int barriers(int i) {
        return getRare(i, BARRIERS);
    }

    /** The number of these stages that have not ended. */
    int open(int i) {
        return get(i, OPEN);
    }

    void setOpen(int i, int stages) {
        put(i, OPEN, stages);
    }

    /** One of the stages that this one waits for as a whole has ended. */
    void close(int i) {
        put(i, OPEN, open(i) - 1);
    }

    /** The number of its tasks that have ended. */
    int ended(int i) {
        return get(i, HAVE_ENDED);
    }

    int succeeded(int i) {
        return get(i, SUCCEEDED);
    }

    /** Some of its tasks have ended, of which {@code succeeded} as they should. */
    void count(int i, int tasks, int succeeded) {
        put(i, HAVE_ENDED, ended(i) + tasks);
        put(i, SUCCEEDED, succeeded(i) + succeeded);
    }

    /** The first stage that has not succeeded of those that the stage waits for; -1 if there is none. */
    int cause(int i) {
        return getRare(i, CAUSE);
    }

    void setCause(int i, int stage) {
        putRare(i, CAUSE, stage);
    }

    /** The mark of the stage's only task. */
    int onlyMark(int i) {
        return get(i, MARK);
    }

    void setOnlyMark(int i, int mark) {
        put(i, MARK, mark);
    }

    /** A number that {@link ReturnedGangs} gave; 0 at first. */
    int returned(int i) {
        return getRare(i, RETURNED);
    }

    void setReturned(int i, int tasks) {
        putRare(i, RETURNED, tasks);
    }

    StageProgress progress(int i) {
        StageProgress.State state =
                switch (status(i)) {
                    case BLOCKED -> StageProgress.State.BLOCKED;
                    case RUNNING -> StageProgress.State.RUNNING;
                    default -> StageProgress.State.ENDED;
                };
        return new StageProgress(
                stages[i].name(),
                firstTask(i),
                tasks(i),
                state,
                state == StageProgress.State.BLOCKED ? open(i) : 0,
                succeeded(i),
                ended(i) - succeeded(i));
    }
}
