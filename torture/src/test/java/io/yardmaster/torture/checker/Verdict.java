package io.yardmaster.torture.checker;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The violations found, and their number. */
public final class Verdict {
    /** The kinds of violation. */
    public enum Wrong {
        /** A task was made ready or refused, its job was not finalized, and the task was not assigned after that. */
        LOST,
        /** A task was assigned more than once, and was not refused before. */
        DUPLICATED,
        /** A task was assigned and never made ready, or its job, group or header does not fit. */
        INVENTED,
        /** A job's tasks were not assigned in the order in which they were made ready, or came after its last task. */
        OUT_OF_ORDER,
        /** A job had two turns between two turns of another job that had work all the time. */
        OUT_OF_TURN,
        /** An assignment of a session came after one of a newer session. */
        OLD_SESSION,
        /** An assignment's id was used before. */
        ID_USED_TWICE,
        /** More assignments were outstanding than the window allows. */
        WINDOW_EXCEEDED,
        /** Dispatched tasks held more units of a limit than the policy allows. */
        LIMIT_EXCEEDED,
        /** More tasks of a group were assigned in some time than its rate and its burst allow (L7). */
        RATE_EXCEEDED,
        /** A task was assigned while one of a job of higher priority could be, in the same shard (L1). */
        OUT_OF_PRIORITY,
        /** A task is in the topic of another pool than that of its stage (L9). */
        WRONG_POOL,
        /** The execution managers never took an assignment, though they had all the time they need. */
        NOT_TAKEN,
        /** A shard made no progress for too long, though it had work. */
        STALLED,
        /** A command has no answer, two of them or a wrong one, or an event answers no command. */
        ANSWER,
        /** A record that makes no sense is not one dead letter, or one that makes sense is. */
        DEAD_LETTER,
        /** A task was dispatched while its job was paused, or after it had been cancelled or had failed. */
        DISOBEYED,
        /** A job's events contradict each other. */
        CONTRADICTION,
        /** The events tell of other assignments than those in the dispatch topic. */
        NOT_AS_TOLD,
        /** A cancelled or stopped job has no kill, or there is a kill without such a job. */
        KILL,
        /** An outcome of an assignment, the first one, was not counted. */
        NOT_COUNTED,
        /** An event tells of the end of a task without an outcome, or again, or otherwise than the first outcome. */
        MISCOUNTED,
        /** An execution manager passed an assignment whose outcome it had not written. */
        UNREPORTED,
        /** A task of a graph ran before what it waits for had ended, or although that forbids it. */
        TOO_EARLY,
        /** A task of a graph was killed that could run, or for a wrong reason. */
        KILLED_WRONGLY,
        /** The job of a graph did not end as its tasks did. */
        WRONG_END,
        /** A host had more booked than it has (P1). */
        OVERBOOKED,
        /** A task came to a host that does not suit it, or that was not there (P1). */
        WRONG_HOST,
        /** A task got a second place before its first one had ended (P1). */
        BOOKED_TWICE,
        /** A host got a task though it was silent for long, or its next incarnation had begun (P4). */
        GONE_HOST,
        /** The task of a host that was there was given to another one (P4). */
        RELEASED_EARLY,
        /** Tasks of a gang started without the others (P5). */
        GANG_IN_PARTS,
        /** A task lost its place to one that may not take it, or without the rest of its gang, or too many did. */
        PREEMPTED,
        /** The brokers have lost events that they acknowledged; the rest of the verdict means little then. */
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
