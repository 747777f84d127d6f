package io.yardmaster.core.graph;

import io.yardmaster.core.values.GraphStage;
import java.util.List;

/** A graph that makes sense, with its stages by number. */
final class CheckedGraph {
    private final List<GraphStage> stages;
    private final int[][] successors;
    private final int[][] before;
    private final int[][] eachBefore;
    private final int[] barriers;
    private final int tasks;

    CheckedGraph(
            List<GraphStage> stages,
            int[][] successors,
            int[][] before,
            int[][] eachBefore,
            int[] barriers,
            int tasks) {
        this.stages = stages;
        this.successors = successors;
        this.before = before;
        this.eachBefore = eachBefore;
        this.barriers = barriers;
        this.tasks = tasks;
    }

    List<GraphStage> stages() {
        return stages;
    }

    int tasks() {
        return tasks;
    }

    /** The stages that wait for this one, as in {@link StageBlock#successors}. */
    int[] successors(int stage) {
        return successors[stage];
    }

    /** The stages that this one waits for, each twice its number, plus 1 if each task waits for one task. */
    int[] before(int stage) {
        return before[stage];
    }

    /** The stages of which each task of this one waits for one task. */
    int[] eachBefore(int stage) {
        return eachBefore[stage];
    }

    /** The number of stages that this one waits for as a whole. */
    int barriers(int stage) {
        return barriers[stage];
    }

    private boolean someSuccessorSays(int stage, GraphStage.When when) {
        for (int successor : successors[stage]) {
            if (stages.get(StageBlock.stageOf(successor)).when() == when) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a stage that waits for this one may run although it has not succeeded. */
    boolean isExcused(int stage) {
        return someSuccessorSays(stage, GraphStage.When.ANY) || isAwaited(stage);
    }

    /** Returns whether a stage that waits for this one runs in any case. */
    boolean isAwaited(int stage) {
        return someSuccessorSays(stage, GraphStage.When.ENDED);
    }

    /** Returns whether some stage that waits for another one runs in any case. */
    boolean hasEnded() {
        for (GraphStage stage : stages) {
            if (stage.when() == GraphStage.When.ENDED && !stage.after().isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
