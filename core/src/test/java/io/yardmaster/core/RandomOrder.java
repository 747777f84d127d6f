package io.yardmaster.core;

import java.util.Random;

/** The numbers 0, 1, 2 … in an order that a seed decides. */
public final class RandomOrder {
    private RandomOrder() {}

    public static int[] of(Random random, int length) {
        int[] order = new int[length];
        for (int i = 0; i < length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
