package io.yardmaster.torture.checker;

import io.yardmaster.torture.checker.Evidence.Taken;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.util.HashMap;
import java.util.Map;

/** In the end the execution managers' group has passed every assignment, whatever was killed. */
final class TakenRule {
    private TakenRule() {}

    static void check(Evidence evidence, Verdict verdict) {
        Map<Integer, Long> committed = new HashMap<>();
        for (Taken taken : evidence.taken()) {
            committed.merge(taken.partition(), taken.offset(), Math::max);
        }
        evidence.assigned().stream()
                .filter(one -> one.offset() >= committed.getOrDefault(one.partition(), 0L))
                .forEach(one -> verdict.add(Wrong.NOT_TAKEN, one.toString()));
    }
}
