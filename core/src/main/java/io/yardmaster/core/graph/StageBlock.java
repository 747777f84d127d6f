package io.yardmaster.core.graph;

import io.yardmaster.core.state.StateReader;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.HostDemand;
import io.yardmaster.core.values.StageProgress;
import java.util.Arrays;
import java.util.List;
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

    private static final int STATUS = 3;
    /** The bits of a state in a record, of which the lowest says that there is more. */
    private static final int STATE_IN_RECORD = 1;

    private static final int MARKED = 32;
    private static final int CAUSED = 64;
    private static final int WITH_RETURNED = 128;

    private static final int EACH = 1;
    /** The numbers of one stage lie together, in as many words as a processor reads at once. */
    private static final int WORDS_BITS = 4;

    private static final int FIRST_TASK = 0;
    private static final int TASKS = 1;
    private static final int TRAITS = 2;
    private static final int BARRIERS = 4;
    private static final int STATE = 5;
    private static final int OPEN = 6;
    private static final int HAVE_ENDED = 7;
    private static final int SUCCEEDED = 8;
    private static final int CAUSE = 9;
    private static final int MARK = 10;
    /** The places of its edges: to the stages before it, then to those that wait for it. */
    private static final int EACH_BEFORE = 11;

    private static final int SUCCESSORS = 12;
    private static final int END_OF_EDGES = 13;
    private static final int RETURNED = 14;

    /** The number of its first stage. */
    final int start;

    final int size;
    final GraphStage[] stages;
    /** The lengths of the payloads, which lie elsewhere; null if no stage has one. */
    final int @Nullable [] payloads;

    private final int[] words;
    private int[] edges;

    boolean changed;

    StageBlock(int start, byte[] definitions) {
        this.start = start;
        StateReader reader = new StateReader(definitions);
        this.size = reader.count();
        this.stages = new GraphStage[size];
        this.words = new int[size << WORDS_BITS];
        this.edges = new int[2 * size];
        int[] lengths = new int[size];
        boolean some = false;
        int task = reader.count();
        int edge = 0;
        for (int i = 0; i < size; i++) {
            put(i, FIRST_TASK, task);
            lengths[i] = readTerms(reader, i);
            edge = readEdges(reader, i, edge);
            some |= lengths[i] > 0;
            task += tasks(i);
            put(i, OPEN, get(i, BARRIERS));
            put(i, CAUSE, -1);
            put(i, MARK, -1);
        }
        this.payloads = some ? lengths : null;
    }

    private int get(int i, int word) {
        return words[(i << WORDS_BITS) + word];
    }

    private void put(int i, int word, int value) {
        words[(i << WORDS_BITS) + word] = value;
    }

    /** Reads what a stage is, and returns the length of its payload. */
    private int readTerms(StateReader reader, int i) {
        String name = reader.utf8();
        int tasks = reader.count();
        int bits = reader.count();
        boolean terms = (bits & StageBits.WITH_TERMS) != 0;
        int attempts = terms ? reader.count() : 1;
        long backoff = terms ? reader.unsigned() : 0;
        long timeout = terms ? reader.unsigned() : 0;
        int payload = terms ? reader.count() : 0;
        Map<String, Long> needs = (bits & StageBits.WITH_NEEDS) != 0 ? StageNeeds.read(reader) : Map.of();
        String pool = (bits & StageBits.WITH_POOL) != 0 ? reader.utf8() : "";
        int priority = (bits & StageBits.WITH_PRIORITY) != 0 ? (int) reader.signed() : 0;
        HostDemand hosts = (bits & StageBits.WITH_HOSTS) != 0 ? StageNeeds.readHosts(reader) : HostDemand.NONE;
        stages[i] = new GraphStage(
                name,
                tasks,
                List.of(),
                StageBits.when(bits),
                attempts,
                backoff,
                timeout,
                priority,
                needs,
                pool,
                hosts,
                GraphStage.NO_PAYLOAD);
        put(i, TASKS, tasks);
        put(i, TRAITS, bits);
        put(i, BARRIERS, reader.count());
        return payload;
    }

    /** Reads the stages that a stage waits for and those that wait for it, and returns the place behind the last edge. */
    private int readEdges(StateReader reader, int i, int from) {
        put(i, EACH_BEFORE, from);
        int behind = readEdges(reader, from, reader.count(), start + i);
        put(i, SUCCESSORS, behind);
        behind = readEdges(reader, behind, reader.count(), 2 * (start + i));
        put(i, END_OF_EDGES, behind);
        return behind;
    }

    private int readEdges(StateReader reader, int from, int count, int base) {
        if (from + count > edges.length) {
            edges = Arrays.copyOf(edges, Math.max(from + count, 2 * edges.length));
        }
        int previous = base;
        for (int i = 0; i < count; i++) {
            previous += (int) reader.signed();
            edges[from + i] = previous;
        }
        return from + count;
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
        return StageBits.when(get(i, TRAITS));
    }

    /** The number of stages of which each task of this one waits for one task. */
    int eachBefore(int i) {
        return get(i, SUCCESSORS) - get(i, EACH_BEFORE);
    }

    /** One of the stages of which each task waits for one task. */
    int eachBefore(int i, int at) {
        return edges[get(i, EACH_BEFORE) + at];
    }

    /** The number of stages that wait for this one. */
    int successors(int i) {
        return get(i, END_OF_EDGES) - get(i, SUCCESSORS);
    }

    /** One of the stages that wait for this one: twice its number, plus 1 if each task waits for one task. */
    int successor(int i, int at) {
        return edges[get(i, SUCCESSORS) + at];
    }

    /** Returns whether a stage that waits for it may run although it has not succeeded. */
    boolean isExcused(int i) {
        return (get(i, TRAITS) & StageBits.EXCUSED) != 0;
    }

    /** Returns whether a stage that waits for it runs in any case. */
    boolean isAwaited(int i) {
        return (get(i, TRAITS) & StageBits.AWAITED) != 0;
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
        return get(i, SUCCEEDED) == tasks(i);
    }

    /** The stages that each stage waits for as a whole, and that have not ended. */
    int open(int i) {
        return get(i, OPEN);
    }

    /** One of the stages that this one waits for as a whole has ended. */
    void close(int i) {
        put(i, OPEN, open(i) - 1);
    }

    /** The number of its tasks that have ended. */
    int ended(int i) {
        return get(i, HAVE_ENDED);
    }

    /** Some of its tasks have ended, of which {@code succeeded} as they should. */
    void count(int i, int tasks, int succeeded) {
        put(i, HAVE_ENDED, ended(i) + tasks);
        put(i, SUCCEEDED, get(i, SUCCEEDED) + succeeded);
    }

    /** The first stage that has not succeeded of those that the stage waits for; -1 if there is none. */
    int cause(int i) {
        return get(i, CAUSE);
    }

    void setCause(int i, int stage) {
        put(i, CAUSE, stage);
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
        return get(i, RETURNED);
    }

    void setReturned(int i, int tasks) {
        put(i, RETURNED, tasks);
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
                get(i, SUCCEEDED),
                ended(i) - get(i, SUCCEEDED));
    }

    void writeStates(StateWriter writer) {
        for (int i = 0; i < size; i++) {
            boolean touched = open(i) != get(i, BARRIERS) || ended(i) > 0 || get(i, STATE) != 0;
            boolean marked = tasks(i) == 1 && onlyMark(i) >= 0;
            boolean caused = cause(i) >= 0;
            if (!touched) {
                writer.unsigned(0);
                continue;
            }
            int more = (marked ? MARKED : 0) | (caused ? CAUSED : 0) | (returned(i) != 0 ? WITH_RETURNED : 0);
            writer.unsigned(1 | (get(i, STATE) << STATE_IN_RECORD) | more);
            if (status(i) == BLOCKED) {
                writer.unsigned(open(i));
            }
            if (caused) {
                writer.signed(cause(i) - (start + i));
            }
            if (marked) {
                writer.unsigned(onlyMark(i));
            }
            if (tasks(i) > 1 && status(i) != KILLED) {
                writer.unsigned(ended(i)).unsigned(ended(i) - get(i, SUCCEEDED));
            }
            if (returned(i) != 0) {
                writer.signed(returned(i));
            }
        }
    }

    void readStates(StateReader reader) {
        for (int i = 0; i < size; i++) {
            int bits = reader.count();
            if (bits == 0) {
                continue;
            }
            put(i, STATE, (bits >>> STATE_IN_RECORD) & (STATUS | SOME_FAILED | SOME_SUCCEEDED));
            put(i, OPEN, status(i) == BLOCKED ? reader.count() : 0);
            setCause(i, (bits & CAUSED) != 0 ? start + i + (int) reader.signed() : -1);
            setOnlyMark(i, (bits & MARKED) != 0 ? reader.count() : -1);
            if (status(i) == KILLED) {
                put(i, HAVE_ENDED, tasks(i));
            } else if (tasks(i) == 1) {
                count(i, status(i) == ENDED ? 1 : 0, onlyMark(i) == Graph.SUCCEEDED ? 1 : 0);
            } else {
                int ended = reader.count();
                count(i, ended, ended - reader.count());
            }
            setReturned(i, (bits & WITH_RETURNED) != 0 ? (int) reader.signed() : 0);
        }
    }
}
