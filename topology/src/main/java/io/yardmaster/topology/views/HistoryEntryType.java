package io.yardmaster.topology.views;

/** The kinds of entries in a job's history. */
public enum HistoryEntryType {
    BEGAN("its first event came"),
    PENDING("has tasks; all places of the rotation are taken"),
    ACTIVE("joined the rotation at the tail"),
    DISPLACED("gave its place to a job of a higher priority, or to a resource group that had none"),
    RETIRED("left the rotation, as it had nothing to offer at its turn"),
    COMMIT("its commit task can run"),
    CLEANUP("its cleanup task can run"),
    SUCCEEDED("all tasks of its graph have succeeded, and its commit task if it has one"),
    JOB_FAILED("it has failed"),
    TASKS_KILLED("they will not run"),
    JOB_REFUSED("its graph was refused: nothing of it is dispatched"),
    ENDED("it has ended: nothing of it is dispatched any more"),
    CANCELLED("a command cancelled it: nothing of it is dispatched any more, except a cleanup task"),
    PAUSED("a command paused it: nothing of it is dispatched until it is resumed"),
    RESUMED("a command ended its pause"),
    /** The priority follows. */
    PRIORITIZED("a command gave it priority "),
    /** {@link JobHistory} says which finalizing task. */
    DISPATCHED(""),
    /** {@link JobHistory} says how many tasks, and why. */
    DROPPED(""),
    /** {@link JobHistory} says which task, and why; likewise of the next two. */
    FAILED(""),
    KILLED(""),
    REFUSED("");

    private final String sentence;

    HistoryEntryType(String sentence) {
        this.sentence = sentence;
    }

    /** The same for every entry of this kind, or its beginning; empty if entries differ. */
    String sentence() {
        return sentence;
    }
}
