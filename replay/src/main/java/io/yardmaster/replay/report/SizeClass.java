package io.yardmaster.replay.report;

/** Jobs by their number of tasks. */
public enum SizeClass {
    ONE("1", 1),
    TENS("2-10", 10),
    HUNDREDS("11-100", 100),
    THOUSANDS("101-1000", 1_000),
    MORE("over 1000", Long.MAX_VALUE);

    private static final SizeClass[] ALL = values();

    private final String label;
    private final long most;

    SizeClass(String label, long most) {
        this.label = label;
        this.most = most;
    }

    /** The numbers of tasks, in words. */
    public String label() {
        return label;
    }

    /** The class of jobs with so many tasks. */
    static SizeClass of(long tasks) {
        for (SizeClass size : ALL) {
            if (tasks <= size.most) {
                return size;
            }
        }
        return MORE;
    }
}
