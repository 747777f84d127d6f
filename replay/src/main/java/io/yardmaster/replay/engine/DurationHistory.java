package io.yardmaster.replay.engine;

import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.replay.RecordedWork;
import io.yardmaster.replay.TimedEvent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Draws durations of tasks from those of the same kind of work, in the same group, of jobs that came earlier on the day. A draw
 * depends on the seed and the task alone, so a task takes equally long under every policy.
 *
 * <p>Of each kind of work the latest 64 stages count. At most 100,000 kinds are kept; work of others takes as long as recorded.
 */
public final class DurationHistory {
    private static final int DEPTH = 64;
    private static final int MOST_KINDS = 100_000;
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private record Kind(long group, String name) {}

    private final long seed;
    private final Map<Kind, long[]> known = new HashMap<>();

    /** Begins without any history. */
    public DurationHistory(long seed) {
        this.seed = seed;
    }

    /** The event with drawn durations in place of the recorded ones, which become a part of the history. */
    public TimedEvent draw(TimedEvent recorded) {
        if (recorded.work() == RecordedWork.NONE) {
            return recorded;
        }
        if (recorded.event() instanceof Event.GraphSubmitted graph) {
            int[] firsts = new int[graph.stages().size()];
            int first = 0;
            for (int i = 0; i < firsts.length; i++) {
                firsts[i] = first;
                first += graph.stages().get(i).tasks();
            }
            return new TimedEvent(recorded.at(), graph, drawn(graph, firsts, recorded.work()));
        }
        return recorded;
    }

    private RecordedWork drawn(Event.GraphSubmitted graph, int[] firsts, RecordedWork recorded) {
        long[][] histories = new long[firsts.length][];
        for (int i = 0; i < firsts.length; i++) {
            GraphStage stage = graph.stages().get(i);
            String name = recorded.kindOfWork(TaskKind.TASK, firsts[i]);
            Kind kind = new Kind(graph.group(), name.isEmpty() ? stage.name() : name);
            histories[i] = known.get(kind);
            long runtime = recorded.runtime(TaskKind.TASK, firsts[i], 0);
            if (runtime != RecordedWork.UNKNOWN && (histories[i] != null || known.size() < MOST_KINDS)) {
                known.put(kind, longer(histories[i], runtime));
            }
        }
        return new Drawn(mix(seed ^ mix(graph.job())), firsts, histories, recorded);
    }

    /** A copy, as jobs that wait keep the history as it was when they came. */
    private static long[] longer(long[] history, long runtime) {
        if (history == null) {
            return new long[] {runtime};
        }
        int from = history.length == DEPTH ? 1 : 0;
        long[] longer = Arrays.copyOfRange(history, from, history.length + 1);
        longer[longer.length - 1] = runtime;
        return longer;
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    @SuppressWarnings("ArrayRecordComponent") // it is not compared
    private record Drawn(long seed, int[] firsts, long[][] histories, RecordedWork recorded) implements RecordedWork {
        @Override
        public long runtime(TaskKind kind, int taskIndex, int attempt) {
            int found = Arrays.binarySearch(firsts, taskIndex);
            int stage = found >= 0 ? found : -found - 2;
            long[] history = kind == TaskKind.TASK && stage >= 0 ? histories[stage] : null;
            if (history == null) {
                return recorded.runtime(kind, taskIndex, attempt);
            }
            long draw = mix(seed + GOLDEN * (((long) taskIndex << 8) + attempt));
            return history[(int) Math.floorMod(draw, (long) history.length)];
        }

        @Override
        public TaskEnd end(TaskKind kind, int taskIndex, int attempt) {
            return recorded.end(kind, taskIndex, attempt);
        }

        @Override
        public void seen(Seen seen) {
            recorded.seen(seen);
        }
    }
}
