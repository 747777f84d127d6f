package io.yardmaster.app.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.yardmaster.core.placement.HostWait;
import io.yardmaster.core.values.GraphPhase;
import io.yardmaster.core.values.StageDetail;
import io.yardmaster.core.values.StagePage;
import java.util.List;
import java.util.OptionalInt;

/** Answer of {@code /api/jobs/{job}/stages}: stages of a job's graph, and what each of them waits for. */
public record StagesAnswer(
        String name,
        GraphPhase state,
        boolean paused,
        int stages,
        int openStages,
        String failure,
        int failedTasks,
        List<StageAnswer> page,
        OptionalInt next) {

    /** A stage, and what it waits for. */
    public record StageAnswer(@JsonUnwrapped StageDetail stage, StageWhy why) {}

    /**
     * The answer.
     *
     * @param limits those of the deployment
     * @param waits the tasks of the job that wait for hosts
     */
    static StagesAnswer of(StagePage page, List<LimitAnswer> limits, List<HostWait> waits) {
        return new StagesAnswer(
                page.name(),
                page.state(),
                page.paused(),
                page.stages(),
                page.openStages(),
                page.failure(),
                page.failedTasks(),
                page.page().stream()
                        .map(stage -> new StageAnswer(
                                stage,
                                StageWhy.of(
                                        stage,
                                        page,
                                        stage.limit().map(wait -> LimitNeed.of(wait, limits)),
                                        waits.stream()
                                                .filter(wait -> isOf(stage, wait))
                                                .toList())))
                        .toList(),
                page.next());
    }

    private static boolean isOf(StageDetail stage, HostWait wait) {
        return wait.firstTask() < (long) stage.firstTask() + stage.tasks() && stage.firstTask() <= wait.lastTask();
    }
}
