package io.yardmaster.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.placement.PoolLoad;
import io.yardmaster.core.values.EndCounts;
import io.yardmaster.core.values.HostDemand;
import io.yardmaster.core.values.OpenGraph;
import io.yardmaster.core.values.StageLoad;
import io.yardmaster.core.view.JobLoad;
import io.yardmaster.core.view.JobView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WhenFactsTest {
    private static JobLoad job(JobView.State state, OpenGraph graph) {
        return new JobLoad(
                new JobView(
                        7,
                        OptionalLong.of(1),
                        OptionalInt.of(0),
                        state,
                        OptionalLong.empty(),
                        true,
                        1,
                        OptionalLong.of(0),
                        EndCounts.NONE,
                        OptionalLong.of(1),
                        OptionalLong.of(1),
                        OptionalLong.of(1),
                        0),
                Optional.of(graph),
                Optional.empty());
    }

    private static StageLoad stage(String pool, Map<String, Long> needs) {
        return new StageLoad(0, "a", 0, 1, 1, 0, 0, 0, needs, pool, List.of(), HostDemand.NONE, 0);
    }

    private static OpenGraph graph(StageLoad... stages) {
        return new OpenGraph("", true, false, stages.length, List.of(stages));
    }

    private static Optional<String> noEstimate(JobLoad job, int members) {
        return noEstimate(job, members, Set.of(), List.of());
    }

    private static Optional<String> noEstimate(JobLoad job, int members, Set<String> placed, List<PoolLoad> pools) {
        return new WhenFacts(
                        job,
                        placed,
                        pools,
                        Map.of("limit/gpu", 4L),
                        pool -> pool.equals("big") ? Optional.of("paused by ann") : Optional.empty(),
                        OptionalInt.of(members),
                        "fleet")
                .noEstimate();
    }

    @Test
    void aJobThatWaitsForItsTurnHasAnEstimate() {
        assertThat(noEstimate(job(JobView.State.PENDING, graph(stage("", Map.of("gpu", 4L)))), 1))
                .isEmpty();
        assertThat(noEstimate(job(JobView.State.PENDING, graph(stage("small", Map.of()))), 0))
                .isEmpty();
    }

    @Test
    void aJobThatCannotStartSaysWhy() {
        assertThat(noEstimate(job(JobView.State.PARKED, graph(stage("big", Map.of()))), 1))
                .hasValue("cannot start as things are: pool big is paused by ann");
        assertThat(noEstimate(job(JobView.State.PARKED, graph(stage("", Map.of("gpu", 5L)))), 1))
                .hasValue("cannot start as things are: stage a needs 5 of limit gpu, of which the policy has 4");
        assertThat(noEstimate(job(JobView.State.PARKED, graph(stage("", Map.of("tpu", 1L)))), 1))
                .hasValue("cannot start as things are: stage a needs 1 of limit tpu, of which the policy has none");
        assertThat(noEstimate(job(JobView.State.PENDING, graph(stage("", Map.of()))), 0))
                .hasValue("cannot start as things are: no execution manager is in group fleet");
        assertThat(noEstimate(job(JobView.State.PAUSED, graph(stage("", Map.of()))), 1))
                .hasValue("is paused, and starts when somebody resumes it");
    }

    @Test
    void oneStageThatCanStartIsEnough() {
        assertThat(noEstimate(job(JobView.State.PARKED, graph(stage("big", Map.of()), stage("", Map.of()))), 1))
                .isEmpty();
    }

    @Test
    void aJobThatHasStartedOrIsEndingHasNone() {
        assertThat(noEstimate(
                        job(JobView.State.ACTIVE, new OpenGraph("", true, true, 1, List.of(stage("", Map.of())))), 1))
                .hasValue("has started");
        assertThat(noEstimate(job(JobView.State.FINALIZING, new OpenGraph("", false, true, 1, List.of())), 1))
                .hasValue("starts no task any more: it is ending");
    }

    /** A job of one stage of three tasks, of which two were dispatched. */
    private static JobLoad dispatched(String pool, int ready) {
        StageLoad stage = new StageLoad(0, "a", 0, 3, ready, 2, 0, 0, Map.of(), pool, List.of(), HostDemand.NONE, 0);
        return job(JobView.State.ACTIVE, new OpenGraph("", true, true, 1, List.of(stage)));
    }

    private static PoolLoad pool(boolean complete, int placed, int waiting) {
        return new PoolLoad("gpu", complete, placed, waiting, List.of(), List.of(), List.of(), List.of());
    }

    @Test
    void aJobHasNotStartedWhileAllItsDispatchedTasksWaitForHosts() {
        Set<String> placed = Set.of("gpu");
        assertThat(noEstimate(dispatched("gpu", 1), 1, placed, List.of(pool(true, 0, 2))))
                .isEmpty();
        assertThat(noEstimate(dispatched("gpu", 1), 1, placed, List.of(pool(true, 1, 1))))
                .hasValue("has started");
        assertThat(noEstimate(dispatched("gpu", 0), 1, placed, List.of(pool(true, 0, 2))))
                .as("one has ended")
                .hasValue("has started");
        assertThat(noEstimate(dispatched("big", 1), 1, placed, List.of(pool(true, 0, 2))))
                .as("tasks of a pool without hosts run")
                .hasValue("has started");
    }

    @Test
    void aJobInAPoolThatIsNotLookedAtHasNoEstimate() {
        Set<String> placed = Set.of("gpu");
        assertThat(noEstimate(dispatched("gpu", 1), 1, placed, List.of(pool(false, 0, 2))))
                .hasValue("waits for a host of pool gpu, which has more hosts or tasks than an estimate looks at:"
                        + " 2,000 and 20,000");
        assertThat(noEstimate(dispatched("gpu", 1), 1, placed, List.of(pool(false, 1, 2))))
                .hasValue("has started");
        assertThat(noEstimate(dispatched("gpu", 1), 1, placed, List.of()))
                .hasValue("has started, or waits for a host of pool gpu, whose instance does not answer");
    }
}
