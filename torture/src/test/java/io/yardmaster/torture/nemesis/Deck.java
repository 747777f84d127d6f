package io.yardmaster.torture.nemesis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Deals faults by chance, each kind once before any comes again. */
final class Deck {
    private final Random random;
    private final Deque<Fault> cards = new ArrayDeque<>();

    Deck(Random random) {
        this.random = random;
    }

    Fault next() {
        if (cards.isEmpty()) {
            List<Fault> shuffled = new ArrayList<>(List.of(Fault.values()));
            Collections.shuffle(shuffled, random);
            cards.addAll(shuffled);
        }
        return cards.remove();
    }
}
