package io.yardmaster.core;

import io.yardmaster.core.values.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Hands each decision to the caller of the method under way. Those that are made before the first call wait for it. */
final class DecisionHandover {
    private final List<Decision> betweenCalls = new ArrayList<>();
    private Consumer<Decision> receiver = betweenCalls::add;

    /** Hands over what has waited, and all that follows until {@link #end}. */
    void begin(Consumer<Decision> decided) {
        betweenCalls.forEach(decided);
        betweenCalls.clear();
        receiver = decided;
    }

    void end() {
        receiver = betweenCalls::add;
    }

    void decide(Decision decision) {
        receiver.accept(decision);
    }
}
