package io.yardmaster.core.values;

import org.jspecify.annotations.Nullable;

/**
 * An input of the scheduler. Groups and jobs are any numbers; sessions, indices and attempts are 0 or more, which the caller
 * checks.
 */
public sealed interface Event {
    /** An event about one job, which storage sends in one of its sessions. */
    sealed interface OfJob extends Event {
        long group();

        long job();

        long session();
    }

    /**
     * Tasks of a job can run (S1).
     *
     * @param indices in the order in which they shall run; the caller must not change the array afterwards
     * @param readyAt epoch milliseconds
     * @param trace goes with these tasks into their assignments: null, or up to 1,024 characters of at most 0xFF; the
     *     scheduler drops a longer one
     */
    @SuppressWarnings("ArrayRecordComponent") // a list would box a million indices; events are not compared
    record TasksReady(
            long group, long job, long session, int[] indices, int attempt, long readyAt, @Nullable String trace)
            implements OfJob {}

    /**
     * A job's commit task can run (S8).
     *
     * @param readyAt epoch milliseconds
     * @param trace as in {@link TasksReady}
     */
    record CommitReady(long group, long job, long session, long readyAt, @Nullable String trace) implements OfJob {}

    /**
     * A job's cleanup task can run or, without a task, the job has ended (S8, S10).
     *
     * @param readyAt epoch milliseconds
     * @param trace as in {@link TasksReady}
     */
    record CleanupReady(long group, long job, long session, boolean hasTask, long readyAt, @Nullable String trace)
            implements OfJob {}

    /** Storage began this session, perhaps before any other event of it arrived here (S11); an older session has no effect. */
    record SessionBegan(long session) implements Event {}

    /**
     * Somebody asks for something about one job.
     *
     * @param session -1 for the current session; an event of a newer one begins it, and an older one voids the command (S11)
     * @param priority of {@link Command#SET_PRIORITY}: any number, of which the higher goes first; 0 of the others
     */
    record Commanded(long job, long session, Command command, int priority) implements Event {
        public static final long ANY_SESSION = -1;

        /** A command that sets no priority. */
        public Commanded(long job, long session, Command command) {
            this(job, session, command, 0);
        }
    }

    /**
     * An assignment has ended (O1). The first seven components are those of the {@link DispatchedTask}.
     *
     * @param endedAt epoch milliseconds: a refused task is ready again since then
     * @param trace goes with a refused task into its next assignment, as in {@link TasksReady}
     */
    record AssignmentEnded(
            long id,
            long group,
            long job,
            TaskKind kind,
            int taskIndex,
            int attempt,
            long session,
            TaskEnd end,
            long endedAt,
            @Nullable String trace)
            implements Event {}
}
