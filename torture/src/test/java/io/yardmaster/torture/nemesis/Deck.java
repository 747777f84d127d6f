package io.yardmaster.torture.nemesis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Deals at random, each card once before any comes again. */
final class Deck<C> {
    private final List<C> all;
    private final Random random;
    private final Deque<C> cards = new ArrayDeque<>();

    Deck(List<C> all, Random random) {
        this.all = List.copyOf(all);
        this.random = random;
    }

    C next() {
        if (cards.isEmpty()) {
            List<C> shuffled = new ArrayList<>(all);
            Collections.shuffle(shuffled, random);
            cards.addAll(shuffled);
        }
        return cards.remove();
    }
}
