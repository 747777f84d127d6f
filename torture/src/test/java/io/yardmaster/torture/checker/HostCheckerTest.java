package io.yardmaster.torture.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.Host;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Payload;
import io.yardmaster.schemas.PolicyEntry;
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
    private final Map<Long, List<Long>> gangs = new HashMap<>();
    private final List<HostEvidence.Read> read = new ArrayList<>();
    private final Map<Long, Long> sessions = new HashMap<>();
    private final List<JobEvent> told = new ArrayList<>();
    private final Map<String, PolicyEntry> policy = new HashMap<>();

    private void job(int tasks, boolean gang, Map<String, String> labels) {
        job(JOB, 0, tasks, gang, labels);
    }

    private void job(long job, int priority, int tasks, boolean gang, Map<String, String> labels) {
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
                job,
                JobGraph.newBuilder()
                        .setResourceGroupId(1)
                        .setJobId(job)
                        .setPriority(priority)
                        .setOnFailure(OnFailure.STOP)
                        .setStages(List.of(stage))
                        .build());
        told.add(new JobEvent(Instant.EPOCH, job, 1L, 1L, JobEventKind.JOB_SUCCEEDED, -1, 0L, 0, "", "", 0));
    }

    private void beat(long time, String host, long incarnation, long cpu) {
        Host value = new Host("p", host, incarnation, Map.of("cpu", cpu), Map.of("zone", "a"), 0, Instant.EPOCH);
        beats.add(new HostEvidence.Beat(time, beats.size(), value));
    }

    /** Placement commits, and has read all heartbeats up to now. */
    private void commit(long time) {
        read.add(new HostEvidence.Read(time, beats.size()));
    }

    private void place(long time, int task, long assignment, String host, long incarnation) {
        place(time, JOB, task, assignment, host, incarnation);
    }

    private void place(long time, long job, int task, long assignment, String host, long incarnation) {
        TaskAssignment value = new TaskAssignment(
                assignment, 1L, job, TaskKind.TASK, task, 0, 1L, Instant.EPOCH, 0L, Payload.NONE, "p", ONE_CPU, host);
        placed.add(new HostEvidence.Placed(time, incarnation, value));
    }

    private void end(long time, int task, long assignment, TaskResult result, String worker) {
        end(time, JOB, task, assignment, result, worker, "");
    }

    private void end(long time, long job, int task, long assignment, TaskResult result, String worker, String reason) {
        TaskOutcome value = new TaskOutcome(
                assignment, 1L, job, 1L, TaskKind.TASK, task, 0, result, reason, Instant.EPOCH, Instant.EPOCH, worker);
        ended.add(new HostEvidence.Ended(time, value));
    }

    private void succeed(long time, int task, long assignment) {
        end(time, task, assignment, TaskResult.SUCCEEDED, "h");
    }

    private Verdict verdict() {
        return HostChecker.judge(new HostEvidence(graphs, beats, placed, ended, gangs, read, sessions, told, policy))
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
    void P4_aHostThatHasStartedAnewGetsNothingAsItWasOnceThatWasRead() {
        job(1, false, Map.of());
        beat(0, "h", 1, 1);
        commit(500);
        beat(1_000, "h", 2, 1);
        place(90_000, 0, 1, "h", 1);
        succeed(90_100, 0, 1);
        assertThat(verdict().isClean()).as("it is not known yet: %s", verdict()).isTrue();
        commit(90_000);
        assertThat(verdict().isClean())
                .as("it is known in the end: %s", verdict())
                .isTrue();
        commit(89_999);
        assertOnly(Wrong.GONE_HOST);
    }

    @Test
    void P4_aSilentHostGetsNothingFromASchedulerThatWorks() {
        job(1, false, Map.of());
        beat(0, "h", 1, 1);
        place(60_000, 0, 1, "h", 1);
        succeed(60_100, 0, 1);
        commit(59_000);
        assertThat(verdict().isClean()).as("it stood still: %s", verdict()).isTrue();
        for (int second = 1; second < 59; second++) {
            read.add(second - 1, new HostEvidence.Read(second * 1_000L, beats.size()));
        }
        assertOnly(Wrong.GONE_HOST);
    }

    @Test
    void P4_aHostThatWasSlowKeepsItsTasks() {
        job(1, false, Map.of());
        beat(0, "h", 1, 1);
        beat(0, "i", 1, 1);
        place(10, 0, 1, "h", 1);
        beat(30_000, "h", 1, 1);
        end(45_000, 0, 1, TaskResult.REFUSED, "placement");
        place(45_010, 0, 2, "i", 1);
        succeed(45_100, 0, 2);
        read.add(new HostEvidence.Read(44_000, 2));
        assertThat(verdict().isClean()).as("not read yet: %s", verdict()).isTrue();
        commit(44_999);
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

    /** The task of job 1 loses its place to that of job 2, and runs again afterwards. */
    private void preempt(int priorityOfVictim, boolean isAllowed, long most) {
        policy.put("pool/p", PolicyEntry.newBuilder().setPreemptions(most).build());
        policy.put(
                "default/group",
                PolicyEntry.newBuilder().setPreemptible(isAllowed).build());
        job(JOB, priorityOfVictim, 1, false, Map.of());
        job(2, 5, 1, false, Map.of());
        beat(0, "h", 1, 1);
        place(10, 0, 1, "h", 1);
        place(20, 2, 0, 2, "h", 1);
        end(21, JOB, 0, 1, TaskResult.REFUSED, "placement", "preempted for task 0 of job 2, of priority 5");
        end(30, 2, 0, 2, TaskResult.SUCCEEDED, "h", "");
        place(40, 0, 3, "h", 1);
        succeed(50, 0, 3);
    }

    @Test
    void aTaskMayLoseItsPlaceToOneOfHigherPriority() {
        preempt(4, true, 1);
        assertThat(verdict().isClean()).as(verdict().toString()).isTrue();
    }

    @Test
    void aTaskMustNotLoseItsPlaceToOneOfTheSamePriority() {
        preempt(5, true, 1);
        assertOnly(Wrong.PREEMPTED);
    }

    @Test
    void aTaskMustNotLoseItsPlaceUnlessThePolicySaysSo() {
        preempt(4, false, 1);
        assertOnly(Wrong.PREEMPTED);
        policy.put("group/1", PolicyEntry.newBuilder().setPreemptible(true).build());
        assertThat(verdict().isClean()).as(verdict().toString()).isTrue();
        policy.remove("pool/p");
        assertOnly(Wrong.PREEMPTED);
    }

    @Test
    void aTaskMustNotLoseItsPlaceToOneThatGetsNone() {
        preempt(4, true, 1);
        placed.removeIf(each -> each.task().getJobId() == 2);
        told.removeIf(event -> event.getJobId() == 2);
        graphs.remove(2L);
        assertOnly(Wrong.PREEMPTED);
    }

    @Test
    void aGangLosesItsPlacesAsAWhole() {
        preempt(4, true, 1);
        job(JOB, 4, 2, true, Map.of());
        told.remove(2);
        gangs.put(1L, List.of(1L, 4L));
        gangs.put(4L, List.of(1L, 4L));
        beat(0, "i", 1, 1);
        place(11, 1, 4, "i", 1);
        succeed(35, 1, 4);
        assertOnly(Wrong.PREEMPTED);
        ended.removeIf(each -> each.outcome().getAssignmentId() == 4);
        succeed(19, 1, 4);
        assertThat(verdict().isClean()).as("it had ended: %s", verdict()).isTrue();
    }

    @Test
    void aTaskThatHasLostItsPlaceIsTriedAgainAsTheSameAttempt() {
        preempt(4, true, 1);
        HostEvidence.Placed again = placed.remove(2);
        TaskAssignment value =
                TaskAssignment.newBuilder(again.task()).setAttempt(1).build();
        placed.add(new HostEvidence.Placed(again.time(), again.incarnation(), value));
        assertOnly(Wrong.PREEMPTED);
    }
}
