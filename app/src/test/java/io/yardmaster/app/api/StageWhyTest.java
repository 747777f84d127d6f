package io.yardmaster.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.placement.HostWait;
import io.yardmaster.core.values.GraphPhase;
import io.yardmaster.core.values.StageCause;
import io.yardmaster.core.values.StageDetail;
import io.yardmaster.core.values.StagePage;
import io.yardmaster.core.values.StageProgress.State;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The words about a stage name the thing that it waits for. */
class StageWhyTest {
    private GraphPhase phase = GraphPhase.RUNNING;
    private boolean paused;
    private String failure = "";

    private State state = State.RUNNING;
    private int tasks = 200;
    private int waitsFor;
    private int succeeded;
    private int failed;
    private boolean killed;
    private int ready;
    private int parked;
    private Optional<LimitNeed> limit = Optional.empty();
    private List<HostWait> hosts = List.of();
    private int running;
    private int backingOff;
    private OptionalLong backoffUntil = OptionalLong.empty();
    private boolean exact = true;
    private Optional<StageCause> cause = Optional.empty();

    private void assertWhy(String code, String text) {
        StagePage graph = new StagePage("", phase, paused, 5, 3, failure, 0, List.of(), OptionalInt.empty());
        StageDetail stage = new StageDetail(
                1,
                "check",
                200,
                tasks,
                state,
                waitsFor,
                succeeded,
                failed,
                killed,
                "",
                ready,
                parked,
                Optional.empty(),
                running,
                backingOff,
                backoffUntil,
                exact,
                1,
                List.of(),
                cause);
        StageWhy why = StageWhy.of(stage, graph, limit, hosts);
        assertThat(why.text()).isEqualTo(text);
        assertThat(Json.MAPPER.valueToTree(why).path("code").asText()).isEqualTo(code);
    }

    private void cause(boolean each, int ended, boolean itsKilled) {
        cause = Optional.of(new StageCause(0, "render", each, 200, ended, itsKilled));
    }

    @Test
    void aBlockedStageSaysForWhichStageItWaitsAndHowFarThatIs() {
        state = State.BLOCKED;
        waitsFor = 1;
        cause(false, 120, false);
        assertWhy("dependency", "waits for render: 120 of 200 ended");
        waitsFor = 2;
        assertWhy("dependency", "waits for render: 120 of 200 ended, and for another stage");
        waitsFor = 1_300;
        assertWhy("dependency", "waits for render: 120 of 200 ended, and for 1,299 others");
        waitsFor = 0;
        cause(true, 0, false);
        assertWhy("dependency", "each task waits for one of render: 0 of 200 ended");
        cause = Optional.empty();
        assertWhy("dependency", "is about to be made ready");
    }

    @Test
    void aStageThatHasBegunSaysWhatItsTasksDo() {
        running = 40;
        ready = 100;
        backingOff = 3;
        succeeded = 30;
        failed = 1;
        backoffUntil = OptionalLong.of(43_390_000);
        cause(true, 174, false);
        assertWhy(
                "running",
                "40 running, 100 wait for their turn, 3 in back-off until 12:03:10 UTC, 26 wait for one task each of render");
        running = 0;
        assertWhy(
                "turn",
                "100 wait for their turn, 3 in back-off until 12:03:10 UTC, 66 wait for one task each of render");
        paused = true;
        ready = 1;
        cause = Optional.empty();
        assertWhy("paused", "1 waits until somebody resumes the job, 3 in back-off until 12:03:10 UTC");
        ready = 0;
        backoffUntil = OptionalLong.empty();
        assertWhy("backoff", "3 in back-off");
        backingOff = 0;
        cause(true, 31, false);
        succeeded = 198;
        assertWhy("dependency", "1 waits for a task of render");
        cause = Optional.empty();
        assertWhy("running", "has begun");
    }

    @Test
    void L10_aStageSaysWhyItsTasksHaveNoHost() {
        running = 40;
        hosts = List.of(new HostWait("gpu", 200, 239, 12, 1, "needs gpu=4; the largest free is 2 on host h17"));
        assertWhy("running", "28 running, 12 wait for hosts: needs gpu=4; the largest free is 2 on host h17");
        running = 12;
        assertWhy("host", "12 wait for hosts: needs gpu=4; the largest free is 2 on host h17");
        hosts = List.of(new HostWait("gpu", 200, 203, 4, 4, "needs gpu=4 at once for each of 4 tasks"));
        running = 4;
        assertWhy("gang", "4 wait as a gang for hosts: needs gpu=4 at once for each of 4 tasks");
        tasks = 1;
        running = 1;
        hosts = List.of(new HostWait("gpu", 200, 200, 1, 1, "the pool has no host that may get tasks"));
        assertWhy("host", "waits for a host: the pool has no host that may get tasks");
    }

    @Test
    void aStageOfOneTaskDoesNotCountIt() {
        tasks = 1;
        running = 1;
        assertWhy("running", "running");
        running = 0;
        ready = 1;
        assertWhy("turn", "waits for its turn");
        paused = true;
        assertWhy("paused", "waits until somebody resumes the job");
        ready = 0;
        backingOff = 1;
        backoffUntil = OptionalLong.of(0);
        assertWhy("backoff", "back-off until 00:00:00 UTC");
    }

    @Test
    void L10_aStageSaysForWhichLimitItsTasksWait() {
        limit = Optional.of(new LimitNeed("limit/licence", 2, 50, 50, 50, 50, Optional.of("7"), Optional.empty()));
        ready = 7;
        parked = 4;
        assertWhy("turn", "3 wait for their turn, 4 wait for 2 of limit licence (50 of 50 in use, mostly by group 7)");
        parked = 7;
        assertWhy("limit", "7 wait for 2 of limit licence (50 of 50 in use, mostly by group 7)");
        running = 25;
        assertWhy("running", "25 running, 7 wait for 2 of limit licence (50 of 50 in use, mostly by group 7)");
        paused = true;
        assertWhy("running", "25 running, 7 wait until somebody resumes the job");
        paused = false;
        running = 0;
        tasks = 1;
        ready = 1;
        parked = 1;
        assertWhy("limit", "waits for 2 of limit licence (50 of 50 in use, mostly by group 7)");
    }

    @Test
    void countsOfSomeTasksSaySo() {
        running = 40;
        exact = false;
        cause(true, 31, false);
        assertWhy("running", "40 running, of the tasks that were looked at");
    }

    @Test
    void aStageThatHasEndedSaysHow() {
        state = State.ENDED;
        succeeded = 200;
        assertWhy("succeeded", "succeeded");
        succeeded = 197;
        failed = 3;
        assertWhy("failed", "3 of 200 did not succeed");
        tasks = 1;
        succeeded = 0;
        failed = 1;
        assertWhy("failed", "failed");
        killed = true;
        assertWhy("killed", "killed");
        failure = "task 1 of stage check failed";
        assertWhy("killed", "killed because the job has failed");
        cause(false, 200, false);
        assertWhy("killed", "killed because render failed");
        cause(false, 200, true);
        assertWhy("killed", "killed because render was killed");
    }

    @Test
    void aStageThatIsLeftOverSaysWhyNothingOfItIsOffered() {
        phase = GraphPhase.CANCELLED;
        running = 3;
        assertWhy("stopped", "stopped because the job was cancelled");
        phase = GraphPhase.CLEANING_UP;
        failure = "task 1 of stage check failed";
        state = State.BLOCKED;
        assertWhy("stopped", "stopped because the job has failed");
    }
}
