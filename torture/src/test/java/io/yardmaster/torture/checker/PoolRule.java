package io.yardmaster.torture.checker;

import io.yardmaster.torture.checker.Evidence.Assigned;
import io.yardmaster.torture.checker.Evidence.Kind;
import io.yardmaster.torture.checker.Verdict.Wrong;

/** Each task is in the topic of its stage's pool (L9); all others, and the last tasks of jobs, are in that of the default one. */
final class PoolRule {
    private PoolRule() {}

    /** Returns the number of tasks that pools other than the default one have got. */
    static int check(Evidence evidence, Verdict verdict) {
        int pooled = 0;
        for (Assigned one : evidence.assigned()) {
            GraphPlan plan = one.kind() == Kind.TASK ? evidence.graphs().get(one.job()) : null;
            String pool = plan == null || one.index() >= plan.tasks()
                    ? ""
                    : plan.stepOf(one.index()).pool();
            pooled += pool.isEmpty() ? 0 : 1;
            if (!one.pool().equals(pool)) {
                verdict.add(Wrong.WRONG_POOL, "%s, whose pool is '%s'".formatted(one, pool));
            }
        }
        return pooled;
    }
}
