package io.yardmaster.core;

import java.util.ArrayList;
import java.util.List;

/** A dispatch window over a {@link Yard}: never more assignments out than its capacity. */
final class Window {
    private final Yard yard;
    private final int capacity;
    private int out;

    Window(Yard yard, int capacity) {
        this.yard = yard;
        this.capacity = capacity;
    }

    /** Ticks once, and returns what is newly out. */
    List<String> fill() {
        List<String> offered = yard.tick(capacity - out);
        out += offered.size();
        return offered;
    }

    void take(int assignments) {
        out -= assignments;
    }

    /** Everything is taken at once, again and again, until nothing more comes. */
    List<String> drain() {
        List<String> all = new ArrayList<>();
        do {
            out = 0;
            all.addAll(fill());
        } while (out > 0);
        return all;
    }
}
