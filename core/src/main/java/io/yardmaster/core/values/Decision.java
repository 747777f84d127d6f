package io.yardmaster.core.values;

/** A decision of the scheduler: a task that it dispatches, or one of those below. */
public sealed interface Decision
        permits DispatchedTask,
                Decision.Dropped,
                Decision.Retired,
                Decision.Joined,
                Decision.Deferred,
                Decision.SessionBegan,
                Decision.Reached,
                Decision.Obeyed,
                Decision.CommandDropped,
                Decision.Ended,
                Decision.OutcomeDropped,
                Decision.GraphRefused,
                Decision.TasksKilled,
                Decision.KillRunning,
                Decision.Failed {
    /** {@code count} tasks of this job will not be assigned, or not again. */
    record Dropped(EventDropReason reason, long job, long count) implements Decision {}

    /** The job had nothing left when its turn came, and left the rotation (S5). */
    record Retired(long job) implements Decision {}

    /** The job joined the rotation, at the tail. */
    record Joined(long job) implements Decision {}

    /**
     * The job waits for a place in the rotation.
     *
     * @param displaced whether it had a place and lost it to a group without one or to a job of a higher priority
     */
    record Deferred(long job, boolean displaced) implements Decision {}

    /** A newer session began; all decisions under older ones are void (S11). */
    record SessionBegan(long session) implements Decision {}

    /** The job has reached a milestone. */
    record Reached(JobMilestone milestone, long job, long group) implements Decision {}

    /**
     * The command was carried out; tasks that it discarded were {@link Dropped}.
     *
     * @param priority the one that the job has now
     */
    record Obeyed(Command command, long job, long group, int priority) implements Decision {}

    /** The command changed nothing. */
    record CommandDropped(CommandDropReason reason, Command command, long job) implements Decision {}

    /** The outcome counts: the assignment has ended (O1). A refused task is offered again after its back-off (O7). */
    record Ended(Event.AssignmentEnded assignment) implements Decision {}

    /** The outcome does not count. */
    record OutcomeDropped(OutcomeDropReason reason, long job) implements Decision {}

    /**
     * The graph makes no sense, for a reason that is one sentence without a full stop; nothing of it is dispatched (G3).
     *
     * @param lastPart the offset of the last part that came, if that was taken and further ones never came
     */
    record GraphRefused(long job, long group, String reason, long lastPart) implements Decision {
        /** The graph is refused with a part that just came. */
        public GraphRefused(long job, long group, String reason) {
            this(job, group, reason, Event.GraphSubmitted.NO_OFFSET);
        }
    }

    /**
     * Tasks of a graph will not run, or not again (G2, G4).
     *
     * @param first the lowest index
     * @param reason a sentence without a full stop that names the cause
     */
    record TasksKilled(long job, long group, int first, int count, String reason) implements Decision {}

    /**
     * Execution managers shall stop those of these tasks that run (G4).
     *
     * @param first the lowest index; -1 for all tasks of the job
     * @param count 0 for all tasks of the job
     */
    record KillRunning(long job, long group, int first, int count, String reason) implements Decision {}

    /** The job of a graph has failed, for a reason that is one sentence without a full stop. Its cleanup task may follow (G4). */
    record Failed(long job, long group, String reason) implements Decision {}
}
