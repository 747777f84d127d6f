package io.yardmaster.core;

import java.util.ArrayList;
import java.util.List;

/** A dispatch window for a {@link CoreFixture}: it never has more assignments outstanding than its capacity. */
final class TestWindow {
    private final CoreFixture core;
    private final int capacity;
    private int outstanding;

    TestWindow(CoreFixture core, int capacity) {
        this.core = core;
        this.capacity = capacity;
    }

    /** Ticks once and returns the new assignments. */
    List<String> fill() {
        List<String> offered = core.tick(capacity - outstanding);
        outstanding += offered.size();
        return offered;
    }

    void take(int assignments) {
        outstanding -= assignments;
    }

    /** Takes all outstanding assignments and ticks, until a tick makes none. Returns all that were made. */
    List<String> drain() {
        List<String> all = new ArrayList<>();
        do {
            outstanding = 0;
            all.addAll(fill());
        } while (outstanding > 0);
        return all;
    }
}
