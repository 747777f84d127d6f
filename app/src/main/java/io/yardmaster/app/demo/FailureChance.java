package io.yardmaster.app.demo;

import java.util.SplittableRandom;

/**
 * Decides which attempts fail. The same attempt of the same task always gets the same answer, whichever thread asks and
 * however often.
 *
 * @param rate the part of the attempts that fails, from 0 to 1
 */
public record FailureChance(double rate, long seed) {

    public FailureChance {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("the fail rate is " + rate + ", but must be from 0 to 1");
        }
    }

    boolean fails(long jobId, int taskIndex, int attempt) {
        long place = ((seed * 31 + jobId) * 31 + taskIndex) * 31 + attempt;
        // one step first: neighbouring seeds give generators whose first numbers are independent only after mixing
        return new SplittableRandom(new SplittableRandom(place).nextLong()).nextDouble() < rate;
    }
}
