package io.yardmaster.scheduling;

import java.util.Random;

/** The numbers 0, 1, 2 … in an order that a seed decides. */
final class RandomOrder {
    private RandomOrder() {}

    static int[] of(Random random, int length) {
        int[] order = new int[length];
        for (int i = 0; i < length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
