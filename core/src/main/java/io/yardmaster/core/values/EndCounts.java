package io.yardmaster.core.values;

/** The number of assignments that have ended, by the outcomes that were counted; in the API under these names. */
public record EndCounts(long succeeded, long failed, long killed, long refused) {
    public static final EndCounts NONE = new EndCounts(0, 0, 0, 0);

    /** The sum of two counts. */
    public EndCounts plus(EndCounts other) {
        return new EndCounts(
                succeeded + other.succeeded, failed + other.failed, killed + other.killed, refused + other.refused);
    }

    /** These counts and one more. */
    public EndCounts with(TaskEnd end) {
        return switch (end) {
            case SUCCEEDED -> new EndCounts(succeeded + 1, failed, killed, refused);
            case FAILED -> new EndCounts(succeeded, failed + 1, killed, refused);
            case KILLED -> new EndCounts(succeeded, failed, killed + 1, refused);
            case REFUSED -> new EndCounts(succeeded, failed, killed, refused + 1);
        };
    }
}
