package io.yardmaster.topology.upkeep;

/**
 * How far the connectors that write results to databases are in one topic; of several connectors the worst figure.
 *
 * @param lagRecords offsets that the connector has not written yet
 * @param lagSeconds time since it was seen with all that had been there at the look before; 0 if it has all
 * @param lostRecords offsets that were deleted before the connector wrote them
 */
public record ResultsFigures(long lagRecords, long lagSeconds, long lostRecords) {
    /** Of no connector. */
    public static final ResultsFigures NONE = new ResultsFigures(0, 0, 0);

    ResultsFigures worst(ResultsFigures other) {
        return new ResultsFigures(
                Math.max(lagRecords, other.lagRecords),
                Math.max(lagSeconds, other.lagSeconds),
                Math.max(lostRecords, other.lostRecords));
    }
}
