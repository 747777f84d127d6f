package io.yardmaster.torture.nemesis;

/** The faults of a deployment, by the names under which they are reported. */
public enum Fault {
    KILL_SCHEDULER("kill -9 of a scheduler"),
    KILL_WORKER("kill -9 of an execution manager"),
    KILL_BROKER("kill -9 of a broker"),
    KILL_BOTH("kill -9 of a broker and a scheduler at once"),
    PAUSE_SCHEDULER("scheduler stopped beyond its session, then continued"),
    PAUSE_WORKER("execution manager stopped likewise"),
    WIPE_STATE("state directory wiped"),
    FULL_DISK("disk of the state directory full"),
    CLOCK_JUMP("wall clock jumped"),
    ROLLING_RESTART("rolling restart of everything");

    private final String label;

    Fault(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
