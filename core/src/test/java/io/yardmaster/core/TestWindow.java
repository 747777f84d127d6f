package io.yardmaster.core;

import java.util.ArrayList;
import java.util.List;

/** A dispatch window over a {@link CoreFixture}: never more assignments out than its capacity. */
final class TestWindow {
    private final CoreFixture yard;
    private final int capacity;
    private int out;

    TestWindow(CoreFixture yard, int capacity) {
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
