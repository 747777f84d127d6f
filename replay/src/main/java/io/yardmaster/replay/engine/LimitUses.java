package io.yardmaster.replay.engine;

import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.TaskKind;
import io.yardmaster.replay.report.GroupFigures;
import io.yardmaster.replay.report.LimitFigures;
import io.yardmaster.replay.report.RunFigures;
import java.util.Map;
import java.util.TreeMap;

/** Counts what running tasks hold of the limits of a policy, but of that of single jobs, and of the slots of pools. */
final class LimitUses {
    private final Map<String, LimitFigures> byKey = new TreeMap<>();
    private final RunFigures figures;

    /** @param limits capacities by key */
    LimitUses(Map<String, Long> limits, RunFigures figures) {
        this.figures = figures;
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

    /**
     * A task that began at this time holds its units, and has its amounts of its host, for so long.
     *
     * @param time in ms; negative for the time that a task was expected to hold them, and did not
     */
    void held(GroupFigures group, DispatchedTask task, long at, long time) {
        if (!figures.hasLimits() || task.kind() != TaskKind.TASK) {
            return;
        }
        held(group, LimitKeys.ALL, 1, at, time);
        GraphStage stage = task.stage();
        if (stage != null) {
            stage.needs().forEach((name, units) -> held(group, LimitKeys.named(name), units, at, time));
            stage.hosts().amounts().forEach((name, units) -> held(group, ModelHosts.KEY + name, units, at, time));
            if (!stage.pool().isEmpty()) {
                held(group, LimitKeys.ofPool(stage.pool()), 1, at, time);
            }
        }
    }

    private void held(GroupFigures group, String key, long units, long at, long time) {
        LimitFigures limit = figures.findLimit(key);
        if (limit != null) {
            group.held(limit, units, at, time);
        }
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
