package io.yardmaster.schemas;

/**
 * The metadata beside the offsets that the connector of results commits for its group: the number of offsets of the partition that were deleted
 * before they became rows. The scheduler shows their sum as a metric.
 */
public final class ResultsPlace {
    private static final String LOST = "lost=";

    private ResultsPlace() {}

    /** The metadata for this many lost offsets. */
    public static String metadata(long lost) {
        return LOST + lost;
    }

    /** The number in such metadata; 0 if it is that of another group, which knows of none. */
    public static long lost(String metadata) {
        if (metadata == null || !metadata.matches(LOST + "\\d{1,18}")) {
            return 0;
        }
        return Long.parseLong(metadata.substring(LOST.length()));
    }
}
