package io.yardmaster.core.ticks;

/** The topics from which a scheduler reads, each of which has its own offsets. */
public enum TickInput {
    READY(0),
    COMMIT(1),
    CLEANUP(2),
    GRAPHS(3),
    COMMANDS(4),
    OUTCOMES(5);

    private final int code;

    TickInput(int code) {
        this.code = code;
    }

    /** Its number in the log, which never changes. */
    int code() {
        return code;
    }
}
