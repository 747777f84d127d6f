package io.yardmaster.topology.upkeep;

/**
 * The lag and the losses in one topic of the connectors that write results to databases; with several connectors the worst ones.
 *
 * @param lagRecords offsets that the connector has not written yet
 * @param lagSeconds time since it was seen with all that had been there at the look before; 0 if it has all
 * @param lostRecords offsets that were deleted before the connector wrote them
 */
public record ResultsFigures(long lagRecords, long lagSeconds, long lostRecords) {
    /** The figures without a connector. */
    public static final ResultsFigures NONE = new ResultsFigures(0, 0, 0);

    ResultsFigures worst(ResultsFigures other) {
        return new ResultsFigures(
                Math.max(lagRecords, other.lagRecords),
                Math.max(lagSeconds, other.lagSeconds),
                Math.max(lostRecords, other.lostRecords));
    }
}
