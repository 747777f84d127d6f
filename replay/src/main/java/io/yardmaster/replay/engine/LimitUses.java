package io.yardmaster.replay.engine;

import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.replay.report.LimitFigures;
import io.yardmaster.replay.report.RunFigures;
import java.util.Map;
import java.util.TreeMap;

/** Counts what running tasks hold of the limits of a policy, but of that of single jobs, and of the slots of pools. */
final class LimitUses {
    private final Map<String, LimitFigures> byKey = new TreeMap<>();

    /** @param limits capacities by key */
    LimitUses(Map<String, Long> limits, RunFigures figures) {
        limits.forEach((key, capacity) -> {
            if (!key.equals(LimitKeys.JOB)) {
                byKey.put(key, figures.limit(key, capacity));
            }
        });
    }

    void begins(DispatchedTask task, long at) {
        change(task, at, 1);
    }

    void ends(DispatchedTask task, long at) {
        change(task, at, -1);
    }

    private void change(DispatchedTask task, long at, int sign) {
        if (byKey.isEmpty() || task.kind() != TaskKind.TASK) {
            return;
        }
        change(LimitKeys.ALL, at, sign);
        change(LimitKeys.ofGroup(task.group()), at, sign);
        GraphStage stage = task.stage();
        if (stage != null) {
            stage.needs().forEach((name, units) -> change(LimitKeys.named(name), at, sign * units));
            if (!stage.pool().isEmpty()) {
                change(LimitKeys.ofPool(stage.pool()), at, sign);
            }
        }
    }

    private void change(String key, long at, long units) {
        LimitFigures figures = byKey.get(key);
        if (figures != null) {
            figures.change(at, units);
        }
    }
}
