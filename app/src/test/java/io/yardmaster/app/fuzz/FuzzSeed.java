package io.yardmaster.app.fuzz;

import java.util.Random;

/** {@code -Dyardmaster.fuzz.seed=S} repeats a run, and {@code -Dyardmaster.tries.factor=N} tries N times as many inputs. */
final class FuzzSeed {
    /** A test tries this many times as many inputs as usual. */
    static final int FACTOR = Integer.getInteger("yardmaster.tries.factor", 1);

    private FuzzSeed() {}

    static long of(String what) {
        long seed = Long.getLong("yardmaster.fuzz.seed", new Random().nextLong());
        System.out.println("fuzzing " + what + ": yardmaster.fuzz.seed=" + seed);
        return seed;
    }
}
