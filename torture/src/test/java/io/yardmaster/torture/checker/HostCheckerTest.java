package io.yardmaster.torture.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.Host;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.torture.checker.Verdict.Wrong;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostCheckerTest {
    private static final long JOB = 1;
    private static final Map<String, Long> ONE_CPU = Map.of("cpu", 1L);

    private final Map<Long, JobGraph> graphs = new HashMap<>();
    private final List<HostEvidence.Beat> beats = new ArrayList<>();
    private final List<HostEvidence.Placed> placed = new ArrayList<>();
    private final List<HostEvidence.Ended> ended = new ArrayList<>();
    private final Map<Long, Long> sessions = new HashMap<>();
    private final List<JobEvent> told = new ArrayList<>();

    private void job(int tasks, boolean gang, Map<String, String> labels) {
        Stage stage = Stage.newBuilder()
                .setName("s")
                .setTasks(tasks)
                .setPayload(Payload.NONE)
                .setPool("p")
                .setNeeds(ONE_CPU)
                .setLabels(labels)
                .setGang(gang)
                .build();
        graphs.put(
                JOB,
                JobGraph.newBuilder()
                        .setResourceGroupId(1)
                        .setJobId(JOB)
                        .setOnFailure(OnFailure.STOP)
                        .setStages(List.of(stage))
                        .build());
        told.add(new JobEvent(Instant.EPOCH, JOB, 1L, 1L, JobEventKind.JOB_SUCCEEDED, -1, 0L, 0, "", "", 0));
    }

    private void beat(long time, String host, long incarnation, long cpu) {
        Host value = new Host("p", host, incarnation, Map.of("cpu", cpu), Map.of("zone", "a"), 0, Instant.EPOCH);
        beats.add(new HostEvidence.Beat(time, value));
    }

    private void place(long time, int task, long assignment, String host, long incarnation) {
        TaskAssignment value = new TaskAssignment(
                assignment, 1L, JOB, TaskKind.TASK, task, 0, 1L, Instant.EPOCH, 0L, Payload.NONE, "p", ONE_CPU, host);
        placed.add(new HostEvidence.Placed(time, incarnation, value));
    }

    private void end(long time, int task, long assignment, TaskResult result, String worker) {
        TaskOutcome value = new TaskOutcome(
                assignment, 1L, JOB, 1L, TaskKind.TASK, task, 0, result, "", Instant.EPOCH, Instant.EPOCH, worker);
        ended.add(new HostEvidence.Ended(time, value));
    }

    private void succeed(long time, int task, long assignment) {
        end(time, task, assignment, TaskResult.SUCCEEDED, "h");
    }

    private Verdict verdict() {
        return HostChecker.judge(new HostEvidence(graphs, beats, placed, ended, sessions, told))
                .verdict();
    }

    private void assertOnly(Wrong wrong) {
        Verdict verdict = verdict();
        assertThat(verdict.count(wrong)).as(verdict.toString()).isPositive();
        for (Wrong other : Wrong.values()) {
            assertThat(other == wrong ? 0 : verdict.count(other))
                    .as(verdict.toString())
                    .isZero();
        }
    }

    @Test
    void P1_aPlaceIsFreeWhenItsOutcomeIsThereAndNotBefore() {
        job(2, false, Map.of());
        beat(0, "h", 1, 1);
        place(10, 0, 1, "h", 1);
        succeed(20, 0, 1);
        place(20, 1, 2, "h", 1);
        succeed(30, 1, 2);
        assertThat(verdict().isClean()).as(verdict().toString()).isTrue();
        placed.remove(1);
        place(19, 1, 2, "h", 1);
        assertOnly(Wrong.OVERBOOKED);
    }

    @Test
    void P1_aHostHasTheLabelsThatATaskAsksFor() {
        job(1, false, Map.of("zone", "b"));
        beat(0, "h", 1, 1);
        place(10, 0, 1, "h", 1);
        succeed(20, 0, 1);
        assertOnly(Wrong.WRONG_HOST);
    }

    @Test
    void P1_aTaskHasOnePlaceAtATime() {
        job(1, false, Map.of());
        beat(0, "h", 1, 1);
        beat(0, "i", 1, 1);
        place(10, 0, 1, "h", 1);
        place(11, 0, 2, "i", 1);
        succeed(20, 0, 1);
        succeed(20, 0, 2);
        assertOnly(Wrong.BOOKED_TWICE);
    }

    @Test
    void P4_aHostThatHasStartedAnewGetsNothingAsItWas() {
        job(1, false, Map.of());
        beat(0, "h", 1, 1);
        beat(1_000, "h", 2, 1);
        place(22_000, 0, 1, "h", 1);
        succeed(22_100, 0, 1);
        assertOnly(Wrong.GONE_HOST);
    }

    @Test
    void P4_aHostThatWasSlowKeepsItsTasks() {
        job(1, false, Map.of());
        beat(0, "h", 1, 1);
        beat(0, "i", 1, 1);
        place(10, 0, 1, "h", 1);
        end(12_000, 0, 1, TaskResult.REFUSED, "placement");
        place(12_010, 0, 2, "i", 1);
        succeed(12_100, 0, 2);
        assertOnly(Wrong.RELEASED_EARLY);
    }

    @Test
    void P4_theTaskOfAHostThatStartsAnewGoesElsewhere() {
        job(1, false, Map.of());
        beat(0, "h", 1, 1);
        beat(0, "i", 1, 1);
        place(10, 0, 1, "h", 1);
        beat(11_000, "h", 2, 1);
        end(12_000, 0, 1, TaskResult.REFUSED, "placement");
        place(12_010, 0, 2, "i", 1);
        succeed(12_100, 0, 2);
        assertThat(verdict().isClean()).as(verdict().toString()).isTrue();
    }

    @Test
    void P5_noTaskOfAGangBeginsBehindTheEndOfAnother() {
        job(2, true, Map.of());
        beat(0, "h", 1, 2);
        place(10, 0, 1, "h", 1);
        succeed(20, 0, 1);
        place(21, 1, 2, "h", 1);
        succeed(30, 1, 2);
        assertOnly(Wrong.GANG_IN_PARTS);
    }

    @Test
    void eachTaskOfAJobRuns() {
        job(2, false, Map.of());
        beat(0, "h", 1, 2);
        place(10, 0, 1, "h", 1);
        succeed(20, 0, 1);
        assertOnly(Wrong.WRONG_END);
        told.clear();
        assertOnly(Wrong.LOST);
    }
}
