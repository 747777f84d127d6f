package io.yardmaster.bench.report;

/** The bound that a figure should reach. */
public record Target(boolean atLeast, double bound) {

    public static Target atLeast(double bound) {
        return new Target(true, bound);
    }

    public static Target atMost(double bound) {
        return new Target(false, bound);
    }

    public boolean isMetBy(double value) {
        return timesBetter(value) >= 1;
    }

    /** 1 where the bound is just met, 2 where the value is twice as good, 0.5 where it is half as good. */
    public double timesBetter(double value) {
        return atLeast ? value / bound : bound / value;
    }
}
