package io.yardmaster.bench.report;

/**
 * One line of the table.
 *
 * @param key the benchmark's id, with something behind a dot where it has several figures; unique, and the same in
 *     every version, because recorded figures are found by it
 * @param sample a value per round
 * @param target null where none was set
 */
public record Figure(String key, String what, Sample sample, Unit unit, Target target, String note) {

    /** The unit of the values. */
    public enum Unit {
        TIMES("x"),
        BYTES("B"),
        PER_SECOND("/s"),
        SECONDS("s"),
        MILLIS("ms"),
        PERCENT("%");

        private final String symbol;

        Unit(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    /** The benchmark's id, such as B1. */
    public String benchmark() {
        return key.replaceFirst("\\..*", "");
    }

    public boolean meetsTarget() {
        return target == null || target.isMetBy(sample.median());
    }
}
