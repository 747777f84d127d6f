package io.yardmaster.topology;

import static io.yardmaster.topology.SubmittedGraph.diamond;
import static io.yardmaster.topology.SubmittedGraph.stage;
import static io.yardmaster.topology.SubmittedGraph.tried;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.yardmaster.core.values.EventDropReason;
import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.DeadLetterHeaders;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.JobEvent;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.Kill;
import io.yardmaster.schemas.OnFailure;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.StageDependency;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.When;
import io.yardmaster.topology.meters.GraphResult;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs whose dependencies the scheduler resolves, from their graph to the event that says how they ended. */
class GraphTopologyTest {
    private static final long JOB = 5;
    private static final long SENT = 1_800_000_000_000L;

    private SchedulerDriver scheduler = new SchedulerDriver("events", "tasks");

    @AfterEach
    void close() {
        scheduler.close();
    }

    private void submit(JobGraph graph) {
        scheduler.send(Topic.GRAPHS, graph.getJobId(), graph);
    }

    /** Ticks until assignments come; fails if none does. */
    private List<TaskAssignment> next() {
        for (int i = 0; i < 100; i++) {
            List<TaskAssignment> made = scheduler.tick();
            if (!made.isEmpty()) {
                return made;
            }
        }
        throw new AssertionError("nothing was assigned in 100 ticks");
    }

    private void assertNothingMore() {
        for (int i = 0; i < 20; i++) {
            assertThat(scheduler.tick()).isEmpty();
        }
    }

    private static List<Integer> indices(List<TaskAssignment> made) {
        return made.stream().map(TaskAssignment::getTaskIndex).toList();
    }

    private void succeed(List<TaskAssignment> made) {
        made.forEach(assignment -> scheduler.outcome(assignment, TaskResult.SUCCEEDED, ""));
    }

    private List<JobEvent> events() {
        scheduler.tick();
        return scheduler.written(Topic.EVENTS);
    }

    private static List<JobEventKind> ofJob(List<JobEvent> events) {
        return events.stream()
                .map(JobEvent::getWhat)
                .filter(what -> what.name().startsWith("JOB_"))
                .toList();
    }

    @Test
    void G5_aDiamondRunsByItsOutcomesThenItsCommitTaskAndTheJobSucceeds() {
        submit(diamond(JOB, builder -> builder.setCommit(true)));
        List<TaskAssignment> first = next();
        assertThat(indices(first)).containsExactly(0);
        assertNothingMore();
        succeed(first);
        List<TaskAssignment> middle = next();
        assertThat(indices(middle)).containsExactly(1, 2);
        succeed(middle.subList(0, 1));
        assertNothingMore();
        succeed(middle.subList(1, 2));
        List<TaskAssignment> last = next();
        assertThat(indices(last)).containsExactly(3);
        succeed(last);
        List<TaskAssignment> commit = next();
        assertThat(commit)
                .extracting(TaskAssignment::getKind, TaskAssignment::getTaskIndex)
                .containsExactly(tuple(TaskKind.COMMIT, -1));
        succeed(commit);
        List<JobEvent> told = events();
        assertThat(ofJob(told))
                .containsExactly(
                        JobEventKind.JOB_BEGAN,
                        JobEventKind.JOB_COMMITTING,
                        JobEventKind.JOB_SUCCEEDED,
                        JobEventKind.JOB_ENDED);
        assertThat(told.get(told.size() - 1).getWhat())
                .as("its tasks are told before")
                .isEqualTo(JobEventKind.JOB_ENDED);
        assertThat(scheduler.meters.graphs).containsExactly(GraphResult.ACCEPTED, GraphResult.SUCCEEDED);
        assertNothingMore();
        assertThat(scheduler.written(Topic.KILLS)).isEmpty();
    }

    @Test
    void anAssignmentHasTheTimeoutAndThePayloadOfItsStageButAFinalizingTaskHasNone() {
        ByteBuffer payload = ByteBuffer.wrap("frame".getBytes(StandardCharsets.UTF_8));
        Stage rich = new Stage("rich", 2, List.of(), When.ALL, 1, 0L, 300L, payload, Map.of(), "", 0, Map.of(), false);
        submit(SubmittedGraph.with(JOB, builder -> builder.setCommit(true), rich, stage("plain", 1, "rich")));
        List<TaskAssignment> made = new ArrayList<>(next());
        succeed(made);
        for (int i = 0; i < 2; i++) {
            List<TaskAssignment> more = next();
            made.addAll(more);
            succeed(more);
        }
        assertThat(made)
                .extracting(TaskAssignment::getKind, TaskAssignment::getTimeoutMs, assignment -> StandardCharsets.UTF_8
                        .decode(assignment.getPayload())
                        .toString())
                .containsExactly(
                        tuple(TaskKind.TASK, 300L, "frame"),
                        tuple(TaskKind.TASK, 300L, "frame"),
                        tuple(TaskKind.TASK, 0L, ""),
                        tuple(TaskKind.COMMIT, 0L, ""));
    }

    @Test
    void G4_aFailureKillsWhatRunsAndWhatWaitsAndTheCleanupTaskIsOffered() {
        submit(diamond(JOB, builder -> builder.setCleanup(true)));
        succeed(next());
        List<TaskAssignment> middle = next();
        scheduler.written(Topic.EVENTS);
        scheduler.outcome(middle.get(0), TaskResult.FAILED, "exit code 1");
        List<TaskAssignment> cleanup = next();
        assertThat(cleanup).extracting(TaskAssignment::getKind).containsExactly(TaskKind.CLEANUP);
        List<Kill> kills = scheduler.written(Topic.KILLS);
        assertThat(kills).isNotEmpty().allSatisfy(kill -> {
            assertThat(kill.getJobId()).isEqualTo(JOB);
            assertThat(kill.getReason()).contains("exit code 1");
            assertThat(kill.getBy()).isEmpty();
            assertThat(kill.getLastAssignmentId())
                    .isGreaterThanOrEqualTo(middle.get(1).getAssignmentId())
                    .isLessThan(cleanup.get(0).getAssignmentId());
        });
        scheduler.outcome(middle.get(1), TaskResult.KILLED, "told to");
        succeed(cleanup);
        List<JobEvent> told = events();
        assertThat(ofJob(told)).contains(JobEventKind.JOB_FAILED, JobEventKind.JOB_CLEANING_UP);
        assertThat(told.stream().filter(event -> event.getWhat() == JobEventKind.JOB_FAILED))
                .singleElement()
                .satisfies(event -> assertThat(event.getReason()).contains("exit code 1"));
        assertThat(told.stream().map(JobEvent::getWhat).toList().indexOf(JobEventKind.TASKS_FAILED))
                .as("the failed task is told before the failure of the job")
                .isBetween(0, told.stream().map(JobEvent::getWhat).toList().indexOf(JobEventKind.JOB_FAILED));
        assertThat(told)
                .filteredOn(event -> event.getWhat() == JobEventKind.TASKS_KILLED)
                .extracting(JobEvent::getFirstTask, JobEvent::getReason)
                .containsExactly(tuple(3, "the job has failed: stage b failed: exit code 1"), tuple(2, "told to"));
        assertThat(scheduler.meters.graphs).containsExactly(GraphResult.ACCEPTED, GraphResult.FAILED);
        assertNothingMore();
    }

    /** The stage {@code report} runs in any case, so the job does not end with its failure. */
    @Test
    void G4_whatTheRestOfAFailedJobDoesNotNeedIsStoppedByRanges() {
        submit(SubmittedGraph.of(
                JOB,
                stage("bad", 1),
                stage("other", 5),
                stage("later", 7, "other"),
                stage("report", 1, When.ENDED, "later")));
        List<TaskAssignment> first = next();
        assertThat(indices(first)).containsExactly(0, 1, 2, 3, 4, 5);
        scheduler.written(Topic.EVENTS);
        scheduler.outcome(first.get(0), TaskResult.FAILED, "exit code 1");
        List<TaskAssignment> report = next();
        assertThat(indices(report)).containsExactly(13);
        long last = first.get(5).getAssignmentId();
        assertThat(scheduler.written(Topic.KILLS))
                .extracting(
                        Kill::getJobId,
                        Kill::getAssignmentId,
                        Kill::getFirstTask,
                        Kill::getTasks,
                        Kill::getLastAssignmentId,
                        Kill::getSessionId)
                .contains(tuple(JOB, -2L, 1, 5, last, 0L))
                .doesNotContain(tuple(JOB, -1L, -1, 0, last, 0L));
        assertThat(events())
                .filteredOn(event -> event.getWhat() == JobEventKind.TASKS_KILLED)
                .extracting(JobEvent::getFirstTask, JobEvent::getTasks)
                .containsExactly(tuple(6, 7L));
        first.subList(1, 6).forEach(killed -> scheduler.outcome(killed, TaskResult.KILLED, "told to"));
        succeed(report);
        assertNothingMore();
        assertThat(scheduler.meters.graphs).containsExactly(GraphResult.ACCEPTED, GraphResult.FAILED);
    }

    @Test
    void G4_aTaskIsTriedAsOftenAsItsStageSaysAndTheLastFailureFailsTheJob() {
        submit(SubmittedGraph.of(JOB, tried("a", 1, 3)));
        for (int attempt = 0; attempt < 3; attempt++) {
            List<TaskAssignment> made = next();
            assertThat(made)
                    .extracting(TaskAssignment::getTaskIndex, TaskAssignment::getAttempt)
                    .containsExactly(tuple(0, attempt));
            scheduler.outcome(made.get(0), TaskResult.FAILED, "no. " + attempt);
        }
        assertNothingMore();
        assertThat(scheduler.meters.graphs).containsExactly(GraphResult.ACCEPTED, GraphResult.FAILED);
    }

    @Test
    void G2_aStageThatToleratesFailuresRunsAndOthersAreKilledWithTheNameOfTheDependency() {
        submit(SubmittedGraph.with(
                JOB,
                builder -> builder.setOnFailure(OnFailure.CONTINUE),
                stage("bad", 1),
                stage("after-all", 10, "bad"),
                stage("anyway", 1, When.ENDED, "bad")));
        List<TaskAssignment> bad = next();
        scheduler.written(Topic.EVENTS);
        scheduler.outcome(bad.get(0), TaskResult.FAILED, "exit code 1");
        List<TaskAssignment> anyway = next();
        assertThat(indices(anyway)).containsExactly(11);
        assertThat(events())
                .filteredOn(event -> event.getWhat() == JobEventKind.TASKS_KILLED)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getFirstTask()).isEqualTo(1);
                    assertThat(event.getTasks()).isEqualTo(10);
                    assertThat(event.getReason()).contains("bad");
                });
        assertThat(scheduler.meters.graphTasksKilled).isEqualTo(10);
        succeed(anyway);
        assertNothingMore();
    }

    @Test
    void G3_aGraphThatTheCoreRefusesIsADeadLetterAndAnEventOfItsJob() {
        assertRefused(SubmittedGraph.of(JOB, stage("a", 1, "b"), stage("b", 1, "a")), "a", "b");
        assertRefused(SubmittedGraph.of(JOB, stage("a", 1, "nowhere")), "nowhere");
        Stage pairs = new Stage(
                "b",
                2,
                List.of(new StageDependency("a", true)),
                When.ALL,
                1,
                0L,
                0L,
                ByteBuffer.allocate(0),
                Map.of(),
                "",
                0,
                Map.of(),
                false);
        assertRefused(SubmittedGraph.of(JOB, stage("a", 3), pairs), "a", "b");
        assertRefused(SubmittedGraph.of(JOB, stage("a", Integer.MAX_VALUE), stage("b", 1)), "2,147,483,648");
        assertNothingMore();
        submit(SubmittedGraph.of(JOB, stage("a", 1)));
        assertThat(indices(next())).containsExactly(0);
    }

    private void assertRefused(JobGraph graph, String... named) {
        submit(graph);
        String reason = new String(
                scheduler
                        .deadLetters()
                        .readRecord()
                        .headers()
                        .lastHeader(Topic.REASON_HEADER)
                        .value(),
                StandardCharsets.UTF_8);
        assertThat(reason).contains(named);
        assertThat(scheduler.written(Topic.EVENTS))
                .extracting(JobEvent::getWhat, JobEvent::getJobId, JobEvent::getReason)
                .containsExactly(tuple(JobEventKind.JOB_REFUSED, JOB, reason));
    }

    @Test
    void nothingOfAGraphRunsBeforeItsLastPartWasRead() {
        submit(SubmittedGraph.with(JOB, builder -> builder.setParts(2), stage("b", 1, "a")));
        assertNothingMore();
        submit(SubmittedGraph.with(JOB, builder -> builder.setParts(2).setPart(1), stage("a", 2)));
        List<TaskAssignment> first = next();
        assertThat(indices(first)).containsExactly(1, 2);
        succeed(first);
        succeed(next());
        assertThat(scheduler.meters.graphs).containsExactly(GraphResult.ACCEPTED, GraphResult.SUCCEEDED);
    }

    @Test
    void G3_aGraphOfWhichAPartNeverComesIsRefusedInTheEnd() {
        scheduler.close();
        scheduler = new SchedulerDriver("dedup.expiry", "10s", "finalizing.expiry", "10s");
        submit(SubmittedGraph.with(JOB, builder -> builder.setParts(2), stage("a", 1)));
        for (int second = 0; second < 60; second++) {
            scheduler.pass(Duration.ofSeconds(1));
        }
        assertThat(scheduler.written(Topic.EVENTS))
                .extracting(JobEvent::getWhat, JobEvent::getReason)
                .containsExactly(tuple(JobEventKind.JOB_REFUSED, "part 1 of 2 did not come in time"));
        assertThat(scheduler.meters.graphs).containsExactly(GraphResult.REFUSED);
        TestRecord<byte[], byte[]> letter = scheduler.deadLetters().readRecord();
        assertThat(scheduler.deadLetters().isEmpty()).isTrue();
        assertThat(letter.key()).isEqualTo(JobPartition.key(JOB));
        assertThat(letter.value()).isNull();
        assertThat(text(letter, Topic.REASON_HEADER)).isEqualTo("part 1 of 2 did not come in time");
        assertThat(text(letter, DeadLetterHeaders.SOURCE)).isEqualTo("yardmaster.graphs-0@0");
    }

    private static String text(TestRecord<byte[], byte[]> letter, String header) {
        return new String(letter.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    @Test
    void eventsOfStorageAndASecondGraphChangeNothingForAJobWithAGraph() {
        submit(diamond(JOB));
        scheduler.ready(JOB, 0, 0, 7, 8);
        scheduler.commit(JOB, 0);
        submit(diamond(JOB));
        assertThat(indices(next())).containsExactly(0);
        assertNothingMore();
        assertThat(scheduler.dropped(EventDropReason.HAS_GRAPH)).isEqualTo(3);
        assertThat(scheduler.dropped(EventDropReason.DUPLICATE)).isEqualTo(4);
        assertThat(scheduler.meters.graphs).containsExactly(GraphResult.ACCEPTED);
        assertThat(scheduler.deadLetters().isEmpty()).isTrue();
    }

    @Test
    void O4_aCancelledJobWithAGraphIsKilledAndItsEventCountsWhatWillNotRun() {
        submit(diamond(JOB));
        succeed(next());
        next();
        scheduler.written(Topic.EVENTS);
        scheduler.command(CommandType.CANCEL, JOB);
        assertThat(scheduler.written(Topic.KILLS))
                .extracting(Kill::getJobId, Kill::getAssignmentId, Kill::getReason, Kill::getBy)
                .contains(tuple(JOB, -1L, "too slow", "ann"));
        List<JobEvent> told = events();
        assertThat(told)
                .filteredOn(event -> event.getWhat() == JobEventKind.JOB_CANCELLED)
                .singleElement()
                .satisfies(event -> assertThat(event.getReason()).isEqualTo("too slow"));
        assertThat(ofJob(told)).startsWith(JobEventKind.JOB_CANCELLED).hasSizeGreaterThan(1);
        assertNothingMore();
    }

    @Test
    void commandsThatOvertookTheGraphOfTheirJobAreCarriedOutWhenItIsRead() {
        scheduler.sendAt(SENT, Topic.COMMANDS, JOB, new JobCommand(JOB, -1L, CommandType.PAUSE, "", "", 0));
        scheduler.sendAt(SENT - 1_000, Topic.GRAPHS, JOB, diamond(JOB));
        assertNothingMore();
        assertThat(ofJob(events())).containsExactly(JobEventKind.JOB_BEGAN, JobEventKind.JOB_PAUSED);
        scheduler.command(CommandType.RESUME, JOB);
        assertThat(indices(next())).containsExactly(0);
    }

    @Test
    void aGraphPassesTheTimeOfACommandAboutAJobThatNobodyKnows() {
        scheduler.sendAt(SENT, Topic.COMMANDS, 9, new JobCommand(9L, -1L, CommandType.PAUSE, "", "", 0));
        scheduler.sendAt(SENT + 1, Topic.GRAPHS, JOB, diamond(JOB));
        assertThat(events()).extracting(JobEvent::getWhat).contains(JobEventKind.COMMAND_DROPPED);
    }

    @Test
    void G6_aNewSessionMakesWhatIsNotFinishedReadyAgain() {
        submit(diamond(JOB));
        succeed(next());
        List<TaskAssignment> middle = next();
        succeed(middle.subList(0, 1));
        scheduler.ready(1, 3, 0, 0);
        List<TaskAssignment> again = new ArrayList<>(next());
        again.addAll(scheduler.tick());
        assertThat(again)
                .filteredOn(assignment -> assignment.getJobId() == JOB)
                .extracting(TaskAssignment::getTaskIndex, TaskAssignment::getSessionId)
                .containsExactly(tuple(2, 3L));
        succeed(again);
        List<TaskAssignment> last = next();
        assertThat(indices(last)).containsExactly(3);
        succeed(last);
        assertThat(scheduler.meters.graphs).endsWith(GraphResult.SUCCEEDED);
    }
}
