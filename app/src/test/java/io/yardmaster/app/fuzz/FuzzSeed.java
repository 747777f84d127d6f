package io.yardmaster.app.fuzz;

import java.util.Random;

/** {@code -Dyardmaster.fuzz.seed=S} repeats a run. */
final class FuzzSeed {
    private FuzzSeed() {}

    static long of(String what) {
        long seed = Long.getLong("yardmaster.fuzz.seed", new Random().nextLong());
        System.out.println("fuzzing " + what + ": yardmaster.fuzz.seed=" + seed);
        return seed;
    }
}
