package io.yardmaster.torture.checker;

import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.JobEventKind;
import java.util.List;

/**
 * The contents of the topics of commands, of their results and of refused records after a run. Times are the brokers', in
 * ms since 1970; a position is topic-partition@offset.
 */
record CommandEvidence(List<Asked> asked, List<Told> told, List<Killed> killed, List<Refused> refused) {
    static final long CURRENT_SESSION = -1;

    private static final int LONGEST_REASON = 1_000;
    private static final int LONGEST_NAME = 200;
    private static final int HIGHEST_PRIORITY = 1_000;

    /** A command. */
    record Asked(
            String position,
            long key,
            long session,
            long job,
            CommandType type,
            int priority,
            String reason,
            String by) {
        boolean makesSense() {
            return key == job
                    && session >= CURRENT_SESSION
                    && Math.abs(priority) <= HIGHEST_PRIORITY
                    && reason.length() <= LONGEST_REASON
                    && by.length() <= LONGEST_NAME;
        }
    }

    /**
     * A job event of a committed transaction.
     *
     * @param source the position of the command that it answers; empty if it answers none
     */
    record Told(
            int partition,
            long offset,
            long time,
            long epoch,
            long session,
            long job,
            long group,
            JobEventKind what,
            int firstTask,
            long tasks,
            int attempt,
            int priority,
            String reason,
            String by,
            String source) {
        boolean isAnswer() {
            return switch (what) {
                case JOB_CANCELLED, JOB_PAUSED, JOB_RESUMED, JOB_PRIORITIZED, COMMAND_DROPPED -> true;
                default -> false;
            };
        }

        /** Returns whether it tells how tasks ended. */
        boolean isEnd() {
            return switch (what) {
                case TASKS_SUCCEEDED, TASKS_FAILED, TASKS_KILLED, TASKS_REFUSED -> true;
                default -> false;
            };
        }

        /** The reason for which the command was dropped, in a word. */
        String dropReason() {
            return what == JobEventKind.COMMAND_DROPPED ? reason.substring(0, Math.max(0, reason.indexOf(':'))) : "";
        }
    }

    /** A kill of a committed transaction. */
    record Killed(
            long job, long assignment, long session, long epoch, String reason, String by, int firstTask, int tasks) {}

    /**
     * A dead letter.
     *
     * @param position of the refused record
     * @param reason that the scheduler gives
     */
    record Refused(String position, String reason) {}
}
