package io.yardmaster.replay.report;

/** The use of one limit while a day passes: the units that tasks hold, from their assignments to their ends. */
public final class LimitFigures {
    private final String key;
    private final long capacity;
    private long used;
    private long since;
    private long most;
    private double unitMillis;

    /** @param capacity units that the policy has at the beginning of the day */
    LimitFigures(String key, long capacity) {
        this.key = key;
        this.capacity = capacity;
    }

    public String key() {
        return key;
    }

    /** Some units more are held from this time on, which is not before that of the latest call; with a negative number, less. */
    public void change(long at, long more) {
        unitMillis += (double) used * (at - since);
        since = at;
        used += more;
        most = Math.max(most, used);
    }

    /** The figures of a day of this length, in ms. */
    LimitRow row(long makespan) {
        return new LimitRow(key, capacity, unitMillis / Math.max(1, makespan), most);
    }
}
