package io.yardmaster.torture.checker;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is wrong, and how often. */
public final class Verdict {
    /** The promises. */
    public enum Wrong {
        /** It was made ready, its job was not finalized, and it never appeared. */
        LOST,
        /** It appeared more than once. */
        DUPLICATED,
        /** It appeared and was never made ready, or its job, group or header does not fit. */
        INVENTED,
        /** A job's tasks did not come in the order in which they were made ready, or came after its last task. */
        OUT_OF_ORDER,
        /** A job had two turns between two turns of one that had work all the time. */
        OUT_OF_TURN,
        /** Something of a session came after a newer session's. */
        OLD_SESSION,
        /** An assignment's id was used before. */
        ID_USED_TWICE,
        /** More was out than the window has room for. */
        WINDOW_EXCEEDED,
        /** The execution managers never got to it, though they had all the time they need. */
        NOT_TAKEN,
        /** Nothing of a shard went on for too long, though there was something to do. */
        STALLED,
        /** The brokers do not have what they acknowledged; what is said about the rest is not worth much then. */
        EVENT_LOST
    }

    private static final int EXAMPLES = 5;

    private final Map<Wrong, Integer> counts = new EnumMap<>(Wrong.class);
    private final List<String> examples = new ArrayList<>();

    void add(Wrong wrong, String what) {
        if (counts.merge(wrong, 1, Integer::sum) <= EXAMPLES) {
            examples.add(wrong + ": " + what);
        }
    }

    public int count(Wrong wrong) {
        return counts.getOrDefault(wrong, 0);
    }

    public boolean isClean() {
        return counts.isEmpty();
    }

    @Override
    public String toString() {
        return isClean()
                ? "nothing is wrong"
                : counts + "\n" + examples.stream().collect(Collectors.joining("\n"));
    }
}
