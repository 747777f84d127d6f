package io.yardmaster.core.graph;

import io.yardmaster.core.values.GraphStage;
import java.util.List;

/** The bits of a stage's definition in records: the number of its condition, and above it what the definition has besides. */
final class StageBits {
    /** Followed by its attempts, times, and the length of its payload. */
    static final int WITH_TERMS = 4;

    static final int EXCUSED = 8;
    static final int AWAITED = 16;
    static final int WITH_NEEDS = 32;
    static final int WITH_POOL = 64;
    static final int WITH_PRIORITY = 128;
    static final int WITH_HOSTS = 256;

    private static final int CONDITION = 3;
    /** By their number. */
    private static final List<GraphStage.When> WHEN =
            List.of(GraphStage.When.ALL, GraphStage.When.ANY, GraphStage.When.ENDED);

    private StageBits() {}

    static GraphStage.When when(int bits) {
        return WHEN.get(bits & CONDITION);
    }

    /** The bits of the condition, needs, pool, priority and demand of hosts of a stage. */
    static int of(GraphStage stage) {
        return WHEN.indexOf(stage.when())
                | (stage.needs().isEmpty() ? 0 : WITH_NEEDS)
                | (stage.pool().isEmpty() ? 0 : WITH_POOL)
                | (stage.priority() == 0 ? 0 : WITH_PRIORITY)
                | (stage.hosts().isNone() ? 0 : WITH_HOSTS);
    }
}
