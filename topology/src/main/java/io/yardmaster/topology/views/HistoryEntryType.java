package io.yardmaster.topology.views;

/** The kinds of entries in a job's history, with a sentence for people. */
public enum HistoryEntryType {
    BEGAN("its first event came"),
    PENDING("has tasks; all places of the rotation are taken"),
    ACTIVE("joined the rotation at the tail"),
    DISPLACED("gave its place to a resource group that had none"),
    RETIRED("left the rotation, as it had nothing to offer at its turn"),
    COMMIT("its commit task can run"),
    CLEANUP("its cleanup task can run"),
    ENDED("storage says that it has ended"),
    CANCELLED("a command cancelled it: nothing of it is dispatched any more, except a cleanup task"),
    PAUSED("a command paused it: nothing of it is dispatched until it is resumed"),
    RESUMED("a command ended its pause"),
    /** The entry says which finalizing task. */
    DISPATCHED("a finalizing task was dispatched; the gate's time runs"),
    /** The entry says how many, and why. */
    DROPPED("tasks or an event of the job were dropped");

    private final String sentence;

    HistoryEntryType(String sentence) {
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
