package io.yardmaster.core.values;

import java.util.List;
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
     * A part of the graph of a job whose dependencies the scheduler resolves (G1-G7); the graph is complete with its last part.
     *
     * @param session -1 for the current session, or 0 if none began yet; an event of a newer one begins it, and an older one
     *     voids the graph (S11)
     * @param priority the job's, as of {@link Command#SET_PRIORITY}
     * @param commit whether a commit task is to run when all tasks have succeeded (G5)
     * @param cleanup whether a cleanup task is to run when the job has failed or was cancelled (G4, O4)
     * @param stages of this part; all but these are the same in each part
     * @param part 0, 1, 2 … in this order
     * @param parts 1 or more
     * @param readyAt epoch milliseconds
     * @param trace as in {@link TasksReady}; goes into all assignments of the job
     * @param name by which people know the job; empty if it has none
     * @param offset of this part in the shard's partition of graphs
     */
    record GraphSubmitted(
            long group,
            long job,
            long session,
            int priority,
            boolean commit,
            boolean cleanup,
            OnFailure onFailure,
            List<GraphStage> stages,
            int part,
            int parts,
            long readyAt,
            @Nullable String trace,
            String name,
            long offset)
            implements Event {
        public static final long ANY_SESSION = -1;

        /** The offset of a part that lies in no topic. */
        public static final long NO_OFFSET = -1;

        public GraphSubmitted {
            stages = List.copyOf(stages);
        }

        /** A graph that lies in no topic. */
        public GraphSubmitted(
                long group,
                long job,
                long session,
                int priority,
                boolean commit,
                boolean cleanup,
                OnFailure onFailure,
                List<GraphStage> stages,
                int part,
                int parts,
                long readyAt,
                @Nullable String trace,
                String name) {
            this(
                    group, job, session, priority, commit, cleanup, onFailure, stages, part, parts, readyAt, trace,
                    name, NO_OFFSET);
        }

        /** The same, of a job without a name. */
        public GraphSubmitted(
                long group,
                long job,
                long session,
                int priority,
                boolean commit,
                boolean cleanup,
                OnFailure onFailure,
                List<GraphStage> stages,
                int part,
                int parts,
                long readyAt,
                @Nullable String trace) {
            this(group, job, session, priority, commit, cleanup, onFailure, stages, part, parts, readyAt, trace, "");
        }

        /** The same graph with these stages. */
        public GraphSubmitted withStages(List<GraphStage> others) {
            return new GraphSubmitted(
                    group, job, session, priority, commit, cleanup, onFailure, others, part, parts, readyAt, trace,
                    name, offset);
        }

        /** The same graph, which lies there in the shard's partition of graphs. */
        public GraphSubmitted at(long other) {
            return new GraphSubmitted(
                    group, job, session, priority, commit, cleanup, onFailure, stages, part, parts, readyAt, trace,
                    name, other);
        }

        /** The number of tasks in this part. */
        public long tasks() {
            return stages.stream().mapToLong(GraphStage::tasks).sum();
        }
    }

    /**
     * An assignment has ended (O1). The first seven components are those of the {@link DispatchedTask}.
     *
     * @param endedAt epoch milliseconds: a refused task is ready again since then
     * @param ran how long it ran, in ms; {@link #UNKNOWN} if nobody knows
     * @param reason the execution manager's, which becomes part of the reason for which a graph's job fails; empty if there is none
     * @param trace goes with a refused task into its next assignment, as in {@link TasksReady}
     * @param placed false if placement gave the task back before it had a host
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
            long ran,
            String reason,
            @Nullable String trace,
            boolean placed)
            implements Event {
        public static final long UNKNOWN = -1;

        /** The worker that outcomes of placement name. */
        public static final String PLACEMENT = "placement";

        /** Returns whether the task of an outcome had a host, if its pool has hosts. An outcome by which placement returns a task without a host has no time between begin and end. */
        public static boolean wasPlaced(String worker, long ran) {
            return ran != 0 || !worker.equals(PLACEMENT);
        }

        /** An end of an assignment that somebody had. */
        public AssignmentEnded(
                long id,
                long group,
                long job,
                TaskKind kind,
                int taskIndex,
                int attempt,
                long session,
                TaskEnd end,
                long endedAt,
                long ran,
                String reason,
                @Nullable String trace) {
            this(id, group, job, kind, taskIndex, attempt, session, end, endedAt, ran, reason, trace, true);
        }

        /** An end of an assignment of which nobody knows how long it ran. */
        public AssignmentEnded(
                long id,
                long group,
                long job,
                TaskKind kind,
                int taskIndex,
                int attempt,
                long session,
                TaskEnd end,
                long endedAt,
                String reason,
                @Nullable String trace) {
            this(id, group, job, kind, taskIndex, attempt, session, end, endedAt, UNKNOWN, reason, trace);
        }

        /** The same end of an assignment with another number. */
        public AssignmentEnded withId(long number) {
            return new AssignmentEnded(
                    number, group, job, kind, taskIndex, attempt, session, end, endedAt, ran, reason, trace, placed);
        }

        /** The same end of an assignment that had a host, or had none. */
        public AssignmentEnded withPlaced(boolean hadHost) {
            return new AssignmentEnded(
                    id, group, job, kind, taskIndex, attempt, session, end, endedAt, ran, reason, trace, hadHost);
        }

        /** The end of this assignment, without a reason and a trace. */
        public static AssignmentEnded of(DispatchedTask task, TaskEnd end, long endedAt, long ran) {
            return new AssignmentEnded(
                    task.id(),
                    task.group(),
                    task.job(),
                    task.kind(),
                    task.taskIndex(),
                    task.attempt(),
                    task.session(),
                    end,
                    endedAt,
                    ran,
                    "",
                    null);
        }
    }

    /**
     * Assignments have been taken by the fleet and count as ended, as if execution managers had said so: those that send no outcomes do
     * not (O3). They release what they hold of limits.
     *
     * @param ids as of the {@link DispatchedTask}; the caller must not change the array afterwards
     */
    @SuppressWarnings("ArrayRecordComponent") // events are not compared
    record AssignmentsTaken(long[] ids) implements Event {}

    /**
     * Assignments of tasks of graphs have ended and nobody says how: the fleet has committed them, and neither came an outcome of them
     * nor will one come (O3). The tasks count as succeeded. Assignments that have ended, or are no graph's, are passed over.
     *
     * @param ids as of the {@link DispatchedTask}, ascending; the caller must not change the array afterwards
     */
    @SuppressWarnings("ArrayRecordComponent") // events are not compared
    record AssignmentsUnreported(long[] ids) implements Event {}
}
