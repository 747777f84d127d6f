package io.yardmaster.client;

/** The reason why the result of an assignment does not count. */
public enum DropReason {
    /** A newer session is known: nobody may run the assignment any more, so it is never delivered again. */
    FENCED,
    /** A kill names it, as somebody cancelled its job, say: nobody may run it any more, so it is never delivered again. */
    KILLED,
    /** Its partition went to another execution manager before it was finished; that one runs it. */
    REVOKED,
    /**
     * The group has thrown this execution manager out (as it seemed dead), or, in a share group, the lock on the
     * assignment has run out or was lost with the broker; another one may be running it already.
     */
    LOST,
    /** The execution manager closed before it was finished; another one runs it. */
    CLOSED
}
