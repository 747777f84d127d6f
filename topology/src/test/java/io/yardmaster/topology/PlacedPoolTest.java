package io.yardmaster.topology;

import static io.yardmaster.topology.SubmittedGraph.pooled;
import static io.yardmaster.topology.SubmittedGraph.stage;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.schemas.CommandType;
import io.yardmaster.schemas.HostHeaders;
import io.yardmaster.schemas.JobEventKind;
import io.yardmaster.schemas.Kill;
import io.yardmaster.schemas.PolicyEntry;
import io.yardmaster.schemas.Stage;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskResult;
import io.yardmaster.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pool that places tasks on hosts, from the graph's stages to the hosts and back. */
class PlacedPoolTest {
    private static final String GPU = "gpu";
    private static final long JOB = 5;
    private static final Map<String, Long> TWO_CPU = Map.of("cpu", 2L);

    private final SchedulerDriver scheduler = new SchedulerDriver("refused.backoff", "100ms", "events", "tasks");
    /** The heartbeat of each host. */
    private final Map<String, Runnable> hosts = new TreeMap<>();

    @BeforeEach
    void begin() {
        scheduler.placedPool(GPU, null, false);
    }

    @AfterEach
    void close() {
        scheduler.close();
    }

    private void submit(long job, Stage... stages) {
        scheduler.send(Topic.GRAPHS, job, SubmittedGraph.of(job, stages));
    }

    private static Stage needing(String name, int tasks, Map<String, Long> needs) {
        return Stage.newBuilder(pooled(name, tasks, GPU)).setNeeds(needs).build();
    }

    private static Stage gang(String name, int tasks, Map<String, Long> needs) {
        return Stage.newBuilder(needing(name, tasks, needs)).setGang(true).build();
    }

    private void beat(String host, long cpu) {
        beat(host, 1, cpu);
    }

    private void beat(String host, long incarnation, long cpu) {
        hosts.put(host, () -> scheduler.beat(GPU, host, incarnation, Map.of("cpu", cpu), Map.of("zone", host)));
        hosts.get(host).run();
    }

    /** The new assignments after some ticks, as job.task on host. */
    private List<String> placed() {
        return assignments().stream().map(PlacedPoolTest::text).toList();
    }

    private static String text(TaskAssignment task) {
        return "%s.%s on %s".formatted(task.getJobId(), task.getTaskIndex(), task.getHost());
    }

    private List<TaskAssignment> assignments() {
        for (int second = 0; second < 3; second++) {
            hosts.values().forEach(Runnable::run);
            scheduler.pass(Duration.ofSeconds(1));
        }
        for (int tick = 0; tick < 20; tick++) {
            scheduler.passTick();
        }
        return scheduler.dispatched(GPU).readValuesToList();
    }

    @Test
    void P1_aTaskGetsAHostWithItsLabelsAndRoomAndTheEndOfOneIsTheTurnOfTheNext() {
        beat("h1", 8);
        beat("h2", 2);
        submit(
                JOB,
                Stage.newBuilder(needing("a", 3, TWO_CPU))
                        .setLabels(Map.of("zone", "h2"))
                        .build(),
                stage("b", 1));
        for (int tick = 0; tick < 20; tick++) {
            scheduler.passTick();
        }
        TestRecord<Long, TaskAssignment> made = scheduler.dispatched(GPU).readRecord();
        assertThat(made.key()).isEqualTo(JOB);
        assertThat(HostHeaders.name(made.headers(), "h2", 1)).isTrue();
        assertThat(made.value().getNeeds()).isEqualTo(TWO_CPU);
        assertThat(text(made.value())).isEqualTo("5.0 on h2");
        assertThat(placed()).as("the host is full").isEmpty();
        assertThat(scheduler.dispatched().readValuesToList())
                .as("of the default pool")
                .hasSize(1);
        scheduler.outcome(made.value(), TaskResult.SUCCEEDED, "");
        assertThat(placed()).containsExactly("5.1 on h2");
    }

    @Test
    void O4_ofACancelledJobWhatWaitsIsKilledAndWhatRunsIsNamedInKills() {
        beat("h1", 2);
        submit(JOB, needing("a", 2, TWO_CPU));
        submit(JOB + 1, needing("a", 1, TWO_CPU));
        List<TaskAssignment> made = assignments();
        assertThat(made).extracting(PlacedPoolTest::text).containsExactly("5.0 on h1");
        scheduler.command(CommandType.CANCEL, JOB);
        assertThat(scheduler.written(Topic.KILLS)).extracting(Kill::getJobId).containsExactly(JOB);
        assertThat(placed()).isEmpty();
        scheduler.outcome(made.get(0), TaskResult.KILLED, "");
        assertThat(placed()).as("nothing of the cancelled job").containsExactly("6.0 on h1");
    }

    @Test
    void O5_aPausedJobGetsNoPlaceAndGoesOnWhenItIsResumed() {
        submit(JOB, needing("a", 1, TWO_CPU));
        assertThat(placed()).isEmpty();
        scheduler.command(CommandType.PAUSE, JOB);
        beat("h1", 2);
        assertThat(placed()).isEmpty();
        scheduler.command(CommandType.RESUME, JOB);
        assertThat(placed()).containsExactly("5.0 on h1");
    }

    @Test
    void O5_aNewPriorityHoldsForTasksThatWaitForAHost() {
        submit(JOB, needing("a", 1, TWO_CPU));
        submit(JOB + 1, needing("a", 1, TWO_CPU));
        assertThat(placed()).isEmpty();
        scheduler.prioritize(JOB + 1, 3);
        beat("h1", 2);
        assertThat(placed()).containsExactly("6.0 on h1");
    }

    @Test
    void L9_aPoolThatIsPausedPlacesNothingUntilItGoesOn() {
        submit(JOB, needing("a", 1, TWO_CPU));
        assertThat(placed()).isEmpty();
        scheduler.placedPool(GPU, null, true);
        assertThat(placed()).isEmpty();
        beat("h1", 2);
        assertThat(placed()).isEmpty();
        scheduler.placedPool(GPU, null, false);
        assertThat(placed()).containsExactly("5.0 on h1");
    }

    @Test
    void L9_theWindowBoundsTasksThatWaitAndRunTogether() {
        scheduler.placedPool(GPU, 2L, false);
        beat("h1", 9);
        submit(JOB, needing("a", 4, Map.of("cpu", 1L)));
        List<TaskAssignment> made = assignments();
        assertThat(made).hasSize(2);
        scheduler.outcome(made.get(0), TaskResult.SUCCEEDED, "");
        assertThat(placed()).hasSize(1);
    }

    @Test
    void P4_theTaskOfAHostThatStartsAnewRunsAgain() {
        beat("h1", 2);
        submit(JOB, needing("a", 1, TWO_CPU));
        List<TaskAssignment> made = assignments();
        assertThat(made).hasSize(1);
        beat("h1", 2, 2);
        List<TaskAssignment> again = assignments();
        assertThat(again).extracting(PlacedPoolTest::text).containsExactly("5.0 on h1");
        scheduler.outcome(made.get(0), TaskResult.SUCCEEDED, "too late");
        submit(JOB + 1, needing("a", 1, TWO_CPU));
        assertThat(placed()).as("the late outcome has ended no booking").isEmpty();
        scheduler.outcome(again.get(0), TaskResult.SUCCEEDED, "");
        assertThat(placed()).containsExactly("6.0 on h1");
    }

    @Test
    void P5_aGangStartsAsAWholeAndTasksBehindItDoNotPassIt() {
        beat("h1", 2);
        beat("h2", 2);
        submit(JOB, needing("a", 1, TWO_CPU));
        List<TaskAssignment> first = assignments();
        assertThat(first).hasSize(1);
        submit(JOB + 1, gang("g", 4, Map.of("cpu", 1L)));
        submit(JOB + 2, needing("a", 1, TWO_CPU));
        assertThat(placed()).isEmpty();
        scheduler.outcome(first.get(0), TaskResult.SUCCEEDED, "");
        assertThat(placed()).hasSize(4).allMatch(task -> task.startsWith("6."));
    }

    @Test
    void P5_aGangGetsItsPlaceInTheWindowAsAWholeWhateverSmallTasksWait() {
        scheduler.placedPool(GPU, 4L, false);
        beat("h1", 99);
        submit(JOB, needing("a", 30, Map.of("cpu", 1L)));
        List<TaskAssignment> running = new ArrayList<>(assignments());
        assertThat(running).hasSize(4);
        submit(JOB + 1, gang("g", 4, Map.of("cpu", 1L)));
        List<String> order = new ArrayList<>();
        for (int ended = 0; ended < 12 && order.stream().noneMatch(task -> task.startsWith("6.")); ended++) {
            scheduler.outcome(running.remove(0), TaskResult.SUCCEEDED, "");
            List<TaskAssignment> more = assignments();
            more.forEach(task -> order.add(text(task)));
            running.addAll(more);
        }
        assertThat(order.subList(order.size() - 4, order.size())).allMatch(task -> task.startsWith("6."));
        assertThat(running).as("the gang alone").hasSize(4);
        running.forEach(task -> scheduler.outcome(task, TaskResult.SUCCEEDED, ""));
        assertThat(placed()).hasSize(4).allMatch(task -> task.startsWith("5."));
    }

    @Test
    void P5_aMemberOfAGangThatIsTriedAgainStartsAlone() {
        beat("h1", 2);
        Stage tried =
                Stage.newBuilder(gang("g", 2, Map.of("cpu", 1L))).setAttempts(2).build();
        submit(JOB, tried);
        List<TaskAssignment> made = assignments();
        assertThat(made).hasSize(2);
        scheduler.outcome(made.get(1), TaskResult.FAILED, "");
        assertThat(placed()).containsExactly("5.1 on h1");
    }

    @Test
    void P5_aMemberOfAGangWhoseHostIsLostStartsAloneWhileTheOthersRun() {
        beat("h1", 1);
        beat("h2", 1);
        submit(JOB, gang("g", 2, Map.of("cpu", 1L)));
        List<TaskAssignment> made = assignments();
        assertThat(made).hasSize(2);
        TaskAssignment first = made.stream()
                .filter(task -> task.getTaskIndex() == 0)
                .findFirst()
                .orElseThrow();
        beat(first.getHost(), 2, 1);
        assertThat(placed()).containsExactly(text(first));
    }

    @Test
    void P5_aGangThatComesBackBeforeItHasStartedStartsAsAWholeLater() {
        submit(JOB, gang("g", 3, Map.of("cpu", 1L)));
        assertThat(placed()).isEmpty();
        scheduler.placedPool(GPU, null, true);
        assertThat(placed()).isEmpty();
        scheduler.placedPool(GPU, null, false);
        beat("h1", 2);
        assertThat(placed()).as("there is room for two of three").isEmpty();
        beat("h2", 1);
        assertThat(placed()).hasSize(3);
    }

    @Test
    void P1_theEndOfATaskOnAHostIsKnownThereAlsoIfItsPoolPlacesNothingOnHostsMeanwhile() {
        beat("h1", 2);
        submit(JOB, needing("a", 1, TWO_CPU));
        List<TaskAssignment> made = assignments();
        assertThat(made).hasSize(1);
        scheduler.pool(GPU, null, false);
        assertThat(placed()).isEmpty();
        scheduler.outcome(made.get(0), TaskResult.SUCCEEDED, "");
        assertThat(placed()).isEmpty();
        scheduler.placedPool(GPU, null, false);
        submit(JOB + 1, needing("a", 1, TWO_CPU));
        assertThat(placed()).containsExactly("6.0 on h1");
    }

    @Test
    void O3_assignmentsOfAGroupThatSendsNoOutcomesAreCountedBehindOnesOnHosts() {
        scheduler.placedPool(GPU, 2L, false);
        beat("h1", 2);
        submit(JOB, needing("a", 1, TWO_CPU));
        assertThat(placed()).containsExactly("5.0 on h1");
        scheduler.pool(GPU, 2L, false);
        submit(JOB + 1, pooled("b", 2, GPU));
        List<TaskAssignment> first = assignments();
        assertThat(first).extracting(PlacedPoolTest::text).containsExactly("6.0 on ");
        scheduler.takenOfPools.add(first.get(0).getAssignmentId());
        assertThat(placed()).as("the one on the host still runs").containsExactly("6.1 on ");
    }

    @Test
    void O7_aTaskThatAHostRefusedIsPlacedOnAnotherOne() {
        beat("h1", 2);
        beat("h2", 2);
        submit(JOB, needing("a", 1, TWO_CPU));
        List<TaskAssignment> made = assignments();
        assertThat(made).hasSize(1);
        String first = made.get(0).getHost();
        scheduler.outcome(made.get(0), TaskResult.REFUSED, "the disk is full");
        assertThat(assignments()).singleElement().satisfies(again -> {
            assertThat(again.getHost()).isNotEqualTo(first);
            assertThat(again.getAttempt()).isZero();
        });
    }

    @Test
    void aNeedThatNoHostHasWaitsAndLetsOthersPass() {
        beat("h1", 2);
        submit(JOB, needing("a", 1, Map.of("tape", 1L)));
        submit(JOB + 1, needing("a", 1, TWO_CPU));
        assertThat(placed()).containsExactly("6.0 on h1");
        assertThat(scheduler.meters.pools).singleElement().satisfies(pool -> {
            assertThat(pool.waitingTasks()).isEqualTo(1);
            assertThat(pool.placedTasks()).isEqualTo(1);
        });
        assertThat(scheduler.meters.plans).isNotEmpty();
    }

    @Test
    void S11_aNewSessionPlacesTheTasksOfGraphsAnew() {
        beat("h1", 2);
        submit(JOB, needing("a", 2, TWO_CPU));
        assertThat(placed()).containsExactly("5.0 on h1");
        scheduler.ready(99, 7, 0, 0);
        assertThat(placed()).containsExactly("5.0 on h1");
    }

    private void preemptible(Long perMinute, boolean may) {
        scheduler.policy(
                "pool/" + GPU,
                PolicyEntry.newBuilder()
                        .setFields(List.of())
                        .setPlacement("hosts")
                        .setPreemptions(perMinute)
                        .build());
        scheduler.policy(
                "default/group",
                PolicyEntry.newBuilder()
                        .setFields(List.of())
                        .setPreemptible(may)
                        .build());
    }

    private void submitUrgent(long job) {
        scheduler.send(
                Topic.GRAPHS, job, SubmittedGraph.with(job, graph -> graph.setPriority(5), needing("a", 1, TWO_CPU)));
    }

    @Test
    void aPreemptibleTaskMakesRoomForOneOfHigherPriorityAndRunsAgainAfterIt() {
        preemptible(5L, true);
        beat("h1", 2);
        submit(JOB, needing("a", 1, TWO_CPU));
        List<TaskAssignment> first = assignments();
        assertThat(first).extracting(PlacedPoolTest::text).containsExactly("5.0 on h1");
        scheduler.written(Topic.KILLS);

        submitUrgent(JOB + 1);
        List<TaskAssignment> urgent = assignments();
        assertThat(urgent).extracting(PlacedPoolTest::text).containsExactly("6.0 on h1");
        String reason = "preempted for task 0 of job 6, of priority 5";
        assertThat(scheduler.written(Topic.KILLS)).singleElement().satisfies(kill -> {
            assertThat(kill.getAssignmentId()).isEqualTo(first.get(0).getAssignmentId());
            assertThat(kill.getReason()).isEqualTo(reason);
        });
        assertThat(scheduler.written(Topic.EVENTS))
                .anyMatch(event -> event.getWhat() == JobEventKind.TASKS_REFUSED
                        && event.getJobId() == JOB
                        && event.getReason().equals(reason));
        scheduler.outcome(first.get(0), TaskResult.KILLED, "the handler has ended now");
        assertThat(placed()).as("the urgent task runs").isEmpty();

        scheduler.outcome(urgent.get(0), TaskResult.SUCCEEDED, "");
        List<TaskAssignment> again = assignments();
        assertThat(again).extracting(PlacedPoolTest::text).containsExactly("5.0 on h1");
        assertThat(again.get(0).getAttempt()).as("no attempt is lost").isZero();
        scheduler.outcome(again.get(0), TaskResult.SUCCEEDED, "");
        assertThat(placed()).isEmpty();
        assertThat(scheduler.written(Topic.EVENTS))
                .anyMatch(event -> event.getWhat() == JobEventKind.JOB_SUCCEEDED && event.getJobId() == JOB);
    }

    @Test
    void P5_aGangThatIsPreemptedLosesAllPlacesAndStartsAsAWholeAgain() {
        preemptible(5L, true);
        beat("h1", 1);
        beat("h2", 1);
        beat("h3", 1);
        submit(JOB, gang("g", 3, Map.of("cpu", 1L)));
        List<TaskAssignment> gang = assignments();
        assertThat(gang).hasSize(3);
        scheduler.written(Topic.KILLS);

        scheduler.send(
                Topic.GRAPHS,
                JOB + 1,
                SubmittedGraph.with(JOB + 1, graph -> graph.setPriority(5), needing("a", 1, Map.of("cpu", 1L))));
        List<TaskAssignment> urgent = assignments();
        assertThat(urgent)
                .as("two hosts are free, and the gang does not start in parts")
                .hasSize(1);
        assertThat(urgent.get(0).getJobId()).isEqualTo(JOB + 1);
        assertThat(scheduler.written(Topic.KILLS))
                .extracting(Kill::getAssignmentId)
                .containsExactlyInAnyOrderElementsOf(
                        gang.stream().map(TaskAssignment::getAssignmentId).toList());

        scheduler.outcome(urgent.get(0), TaskResult.SUCCEEDED, "");
        assertThat(assignments())
                .extracting(task -> task.getTaskIndex() + "#" + task.getAttempt())
                .containsExactlyInAnyOrder("0#0", "1#0", "2#0");
    }

    @Test
    void nobodyIsPreemptedUnlessPoolAndGroupAllowIt() {
        beat("h1", 2);
        preemptible(5L, false);
        submit(JOB, needing("a", 1, TWO_CPU));
        assertThat(placed()).containsExactly("5.0 on h1");
        submitUrgent(JOB + 1);
        assertThat(placed()).as("its group does not allow it").isEmpty();

        preemptible(null, true);
        beat("h2", 2);
        assertThat(placed()).containsExactly("6.0 on h2");
        submit(JOB + 2, needing("a", 1, TWO_CPU));
        beat("h3", 2);
        assertThat(placed()).containsExactly("7.0 on h3");
        submitUrgent(JOB + 3);
        assertThat(placed()).as("the pool does not allow it").isEmpty();
        preemptible(1L, true);
        assertThat(placed()).as("both allow it").containsExactly("8.0 on h3");
    }

    private void assertRefused(String reason, Stage... stages) {
        submit(JOB, stages);
        TestRecord<byte[], byte[]> letter = scheduler.deadLetters().readRecord();
        assertThat(new String(letter.headers().lastHeader(Topic.REASON_HEADER).value(), StandardCharsets.UTF_8))
                .isEqualTo(reason);
    }

    @Test
    void G3_aStageWhoseDemandMakesNoSenseIsRefused() {
        scheduler.pool("cpu", null, false);
        scheduler.limit("limit/licence", 3L);
        assertRefused(
                "stage a needs limit gpu, which the policy does not have",
                Stage.newBuilder(pooled("a", 1, "cpu"))
                        .setNeeds(Map.of("gpu", 1L))
                        .build());
        assertRefused(
                "stage a is a gang, but its pool does not place tasks on hosts (placement=hosts in the policy)",
                Stage.newBuilder(pooled("a", 1, "cpu")).setGang(true).build());
        assertRefused(
                "stage a asks for labels of hosts, but its pool does not place tasks on hosts (placement=hosts in the policy)",
                Stage.newBuilder(stage("a", 1)).setLabels(Map.of("zone", "a")).build());
        assertRefused(
                "the 4 tasks of gang g need more of limit licence than there is, 3",
                gang("g", 4, Map.of("licence", 1L)));
        assertRefused("number of tasks of gang g 1001 is not one from 1 to 1000", gang("g", 1001, Map.of("cpu", 1L)));
        assertRefused(
                "stage a asks for a label that no host can have",
                Stage.newBuilder(needing("a", 1, Map.of()))
                        .setLabels(Map.of("!", "a"))
                        .build());
    }
}
