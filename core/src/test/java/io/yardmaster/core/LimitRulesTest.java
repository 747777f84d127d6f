package io.yardmaster.core;

import static io.yardmaster.core.GraphFixture.graph;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.LimitDemand;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of limits (L4-L8). */
class LimitRulesTest {
    private final CoreFixture core = CoreFixture.withActiveJobs(16);
    private final GraphFixture graphs = new GraphFixture(core);

    /** A job's queue is limited from its next turn on, so that its first task goes a tick later. */
    private List<String> tick() {
        List<String> offered = core.tick(10);
        return offered.isEmpty() ? core.tick(10) : offered;
    }

    private LimitDemand demand(String name) {
        return core.scheduler().limits().get(LimitKeys.named(name));
    }

    private static Map<String, Long> named(String name, long units) {
        return Map.of(LimitKeys.named(name), units);
    }

    /** Ticks, and lets each task end two ticks later, until all have. Returns the most dispatched tasks that had not ended. */
    private int peak() {
        List<List<DispatchedTask>> out = new ArrayList<>();
        int peak = 0;
        int quiet = 0;
        for (int tick = 0; quiet < 4; tick++) {
            assertThat(tick).isLessThan(10_000);
            int before = core.log().assignments().size();
            core.tick(1_000);
            out.add(List.copyOf(core.log()
                    .assignments()
                    .subList(before, core.log().assignments().size())));
            peak = Math.max(peak, out.stream().mapToInt(List::size).sum());
            if (out.size() > 2) {
                out.remove(0).forEach(made -> core.outcome(TaskEnd.SUCCEEDED, made));
            }
            quiet = out.stream().allMatch(List::isEmpty) ? quiet + 1 : 0;
        }
        return peak;
    }

    @ParameterizedTest
    @CsvSource({"1,5", "5,5", "15,5", "25,5", "1,10", "5,10", "15,10", "25,10", "1,20", "5,20", "15,20", "25,20"})
    void L8_asManyTasksOfAJobAreOutAsItsLimitAllows(long limit, int tasks) {
        core.limit(Map.of(LimitKeys.JOB, limit))
                .ready("A", IntStream.range(0, tasks).toArray());
        assertThat(peak()).isEqualTo((int) Math.min(tasks, limit));
        assertThat(core.log().assignments()).hasSize(tasks);
    }

    @ParameterizedTest
    @CsvSource({"1,5", "5,5", "15,5", "25,5", "1,10", "5,10", "15,10", "25,10", "1,20", "5,20", "15,20", "25,20"})
    void L8_asManyTasksOfAGroupAreOutAsItsLimitAllows(long limit, int tasks) {
        core.group(7, "A", "B").limit(Map.of(LimitKeys.ofGroup(7), limit));
        core.readyInRounds(List.of("A", "B"), tasks, Integer.MAX_VALUE);
        assertThat(peak()).isEqualTo((int) Math.min(2L * tasks, limit));
        assertThat(core.log().assignments()).hasSize(2 * tasks);
    }

    @ParameterizedTest
    @CsvSource({"1,5", "5,5", "15,5", "25,5", "1,10", "5,10", "15,10", "25,10", "1,20", "5,20", "15,20", "25,20"})
    void L8_asManyTasksAreOutAsTheLimitOfAllAllows(long limit, int tasks) {
        core.group(7, "A").limit(Map.of(LimitKeys.ALL, limit));
        core.readyInRounds(List.of("A", "B"), tasks, Integer.MAX_VALUE);
        assertThat(peak()).isEqualTo((int) Math.min(2L * tasks, limit));
        assertThat(core.log().assignments()).hasSize(2 * tasks);
    }

    @ParameterizedTest
    @CsvSource({"2,1", "20,1", "35,1", "2,2", "20,2", "35,2", "20,5", "35,5"})
    void L8_asManyTasksAreOutAsTwoNamedLimitsAllow(long limit, long need) {
        core.limit(Map.of(LimitKeys.named("licence"), limit, LimitKeys.named("disk"), 2 * limit));
        graphs.submit("A", graph().needing("a", 60, "", Map.of("licence", need, "disk", 2 * need)));
        assertThat(peak()).isEqualTo((int) (limit / need));
        assertThat(core.log().assignments()).hasSize(60);
    }

    @Test
    void L5_aTaskHoldsAllOfItsUnitsOrNone() {
        core.limit(Map.of(LimitKeys.named("licence"), 3L, LimitKeys.named("disk"), 1L));
        graphs.submit("A", graph().needing("a", 3, "", Map.of("licence", 1L, "disk", 1L)));
        graphs.submit("B", graph().needing("b", 3, "", Map.of("licence", 1L)));
        assertThat(graphs.tick()).containsExactlyInAnyOrder("A.0", "B.0", "B.1");
        graphs.succeed("A.0");
        assertThat(graphs.tick()).containsExactly("A.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUCCEEDED", "FAILED", "KILLED", "REFUSED"})
    void L5_everyEndReleases(TaskEnd end) {
        core.limit(named("licence", 1));
        graphs.submit("A", graph().needing("a", 1, "", Map.of("licence", 1L)));
        graphs.submit("B", graph().needing("b", 1, "", Map.of("licence", 1L)));
        assertThat(graphs.tick()).containsExactly("A.0");
        assertThat(graphs.tick()).isEmpty();
        core.outcome(end, "A.0");
        assertThat(graphs.tick()).containsExactly("B.0");
    }

    @Test
    void L5_aRepeatedOutcomeReleasesNothing() {
        core.limit(named("licence", 2));
        graphs.submit("A", graph().needing("a", 4, "", Map.of("licence", 1L)));
        assertThat(graphs.tick()).containsExactly("A.0", "A.1");
        core.outcome(TaskEnd.SUCCEEDED, "A.0");
        core.outcome(TaskEnd.SUCCEEDED, "A.0");
        assertThat(graphs.tick()).containsExactly("A.2");
        assertThat(graphs.tick()).isEmpty();
    }

    @Test
    void O3_whatTheFleetTookWithoutAnOutcomeReleases() {
        core.limit(named("licence", 2));
        graphs.submit("A", graph().needing("a", 4, "", Map.of("licence", 1L)));
        graphs.tick();
        long[] holding = core.scheduler().holding(0, 10);
        assertThat(holding).hasSize(2);
        core.apply(new Event.AssignmentsTaken(new long[] {holding[1]}));
        assertThat(core.scheduler().holding(0, 10)).containsExactly(holding[0]);
        assertThat(graphs.tick()).containsExactly("A.2");
        assertThat(core.outcome(TaskEnd.SUCCEEDED, "A.1")).isEqualTo("SUCCEEDED");
        assertThat(graphs.tick()).isEmpty();
    }

    @Test
    void L4_anOutcomeWithTheNumberOfAnotherTaskReleasesNothing() {
        core.limit(named("licence", 2));
        graphs.submit("A", graph().needing("a", 4, "", Map.of("licence", 1L)));
        graphs.submit("B", graph().stage("b", 1));
        assertThat(graphs.tick()).containsExactlyInAnyOrder("A.0", "A.1", "B.0");
        long number = core.latest("A.0").id();
        DispatchedTask other = core.latest("A.1");
        DispatchedTask free = core.latest("B.0");
        assertThat(List.of(
                        core.outcome(TaskEnd.SUCCEEDED, forged(number, other, other.group(), TaskKind.TASK, 0)),
                        core.outcome(TaskEnd.SUCCEEDED, forged(number, other, other.group(), TaskKind.TASK, 1)),
                        core.outcome(TaskEnd.SUCCEEDED, forged(number, other, 77, TaskKind.TASK, 0)),
                        core.outcome(TaskEnd.SUCCEEDED, forged(number, other, other.group(), TaskKind.COMMIT, 0)),
                        core.outcome(TaskEnd.SUCCEEDED, forged(number, free, free.group(), TaskKind.TASK, 0))))
                .containsExactly("NOT_OUT", "NOT_OUT", "WRONG_GROUP", "NOT_OUT", "NOT_OUT");
        assertThat(graphs.tick()).isEmpty();
        graphs.succeed("A.0", "A.1", "B.0");
        assertThat(graphs.tick()).containsExactly("A.2", "A.3");
        assertThat(graphs.tick()).isEmpty();
    }

    private static DispatchedTask forged(long id, DispatchedTask of, long group, TaskKind kind, int attempt) {
        return new DispatchedTask(
                id, group, of.job(), kind, of.taskIndex(), attempt, of.session(), of.readyAt(), of.stage(), of.trace());
    }

    @Test
    void L5_anOutcomeOfAnOldSessionReleasesNothing() {
        core.limit(named("licence", 1));
        graphs.submit("A", graph().needing("a", 2, "", Map.of("licence", 1L)));
        assertThat(graphs.tick()).containsExactly("A.0");
        DispatchedTask old = core.latest("A.0");
        core.apply(new Event.SessionBegan(5));
        graphs.tick();
        graphs.tick();
        assertThat(core.latest("A.0").session()).isEqualTo(5);
        assertThat(core.outcome(TaskEnd.SUCCEEDED, old)).isEqualTo("OLD_SESSION");
        assertThat(graphs.tick()).isEmpty();
    }

    @Test
    void L5_anEndReleasesAlsoIfItsJobWasForgotten() {
        core.limit(named("licence", 1));
        graphs.submit("A", graph().needing("a", 1, "", Map.of("licence", 1L)));
        graphs.submit("B", graph().needing("b", 1, "", Map.of("licence", 1L)));
        assertThat(graphs.tick()).containsExactly("A.0");
        core.command(Command.CANCEL, "A");
        core.pass(Duration.ofHours(7));
        assertThat(core.outcome(TaskEnd.KILLED, "A.0")).isEqualTo("UNKNOWN_JOB");
        assertThat(graphs.tick()).containsExactly("B.0");
    }

    /** With fewer units than its tasks want, its shard would wait for ever among others. */
    @Test
    void L5_aGrantThatIsVoidedWaitsAgainBesideTheOtherTasksOfItsJob() {
        core.limit(named("licence", 1));
        graphs.submit("A", graph().needing("a", 1, "", Map.of("licence", 1L)));
        graphs.submit("B", graph().needing("b", 3, "", Map.of("licence", 1L)));
        assertThat(graphs.tick()).containsExactly("A.0");
        core.limit(named("licence", 2));
        assertThat(graphs.tick(0)).isEmpty();
        assertThat(demand("licence")).isEqualTo(new LimitDemand(1, 1, 2, 1));
        core.limit(named("licence", 1));
        assertThat(graphs.tick()).isEmpty();
        assertThat(demand("licence")).isEqualTo(new LimitDemand(1, 0, 3, 1));
    }

    @Test
    void L5_needsAreForgottenWithTheLastTaskThatHasThem() {
        core.limit(named("licence", 100));
        for (long units = 1; units <= 20; units++) {
            graphs.submit("A" + units, graph().needing("a", 1, "", Map.of("licence", units)));
            assertThat(graphs.tick()).containsExactly("A" + units + ".0");
            assertThat(shapes()).isEqualTo(1);
            graphs.succeed("A" + units + ".0");
            assertThat(shapes()).isZero();
        }
        assertThat(core.scheduler().limits()).doesNotContainKey(LimitKeys.named("licence"));
    }

    @Test
    void L5_needsOfPausedAndOfDispatchedTasksAreKept() {
        core.limit(named("licence", 10));
        graphs.submit("A", graph().needing("a", 2, "", Map.of("licence", 9L)));
        graphs.submit("B", graph().needing("b", 1, "", Map.of("licence", 2L)));
        assertThat(graphs.tick()).containsExactly("A.0");
        core.command(Command.PAUSE, "B");
        core.restart();
        assertThat(shapes()).isEqualTo(2);
        graphs.submit("C", graph().needing("c", 1, "", Map.of("licence", 1L)));
        assertThat(graphs.tick()).containsExactly("C.0");
        graphs.submit("E", graph().needing("e", 1, "", Map.of("licence", 2L)));
        core.command(Command.CANCEL, "E");
        assertThat(shapes()).isEqualTo(3);
        core.command(Command.CANCEL, "A");
        graphs.succeed("C.0");
        assertThat(shapes()).isEqualTo(2);
        core.restart();
        core.outcome(TaskEnd.KILLED, "A.0");
        assertThat(shapes()).isEqualTo(1);
        core.command(Command.RESUME, "B");
        assertThat(graphs.tick()).containsExactly("B.0");
        graphs.succeed("B.0");
        assertThat(shapes()).isZero();
        graphs.submit("D", graph().needing("d", 1, "", Map.of("licence", 11L)));
        core.command(Command.PAUSE, "D");
        core.command(Command.CANCEL, "D");
        assertThat(shapes()).isZero();
    }

    /** The stored needs of tasks. */
    private long shapes() {
        return core.storage().keys().stream()
                .filter(key -> key.length == 13 && key[8] == 'N')
                .count();
    }

    @Test
    void L5_aCancelledJobHoldsItsUnitsUntilItsTasksHaveEnded() {
        core.limit(named("licence", 2));
        graphs.submit("A", graph().needing("a", 4, "", Map.of("licence", 1L)));
        graphs.submit("B", graph().needing("b", 1, "", Map.of("licence", 1L)));
        assertThat(graphs.tick()).containsExactly("A.0", "B.0");
        core.command(Command.CANCEL, "A");
        graphs.submit("C", graph().needing("c", 2, "", Map.of("licence", 1L)));
        assertThat(graphs.tick()).isEmpty();
        core.outcome(TaskEnd.KILLED, "A.0");
        assertThat(graphs.tick()).containsExactly("C.0");
    }

    @Test
    void L5_aNewSessionReleasesAll() {
        core.limit(named("licence", 1));
        graphs.submit("A", graph().needing("a", 2, "", Map.of("licence", 1L)));
        assertThat(graphs.tick()).containsExactly("A.0");
        core.apply(new Event.SessionBegan(5));
        List<String> again = new ArrayList<>(graphs.tick());
        again.addAll(graphs.tick());
        assertThat(again).containsExactly("A.0");
        graphs.succeed("A.0");
        assertThat(graphs.tick()).containsExactly("A.1");
    }

    @Test
    void L6_theJobThatCanRunIsOfferedInTheNextTickAmongTenThousandThatWait() {
        core.limit(named("licence", 1));
        for (int job = 0; job < 9_999; job++) {
            graphs.submit("W" + job, graph().needing("w", 1, "", Map.of("licence", 1L)));
        }
        assertThat(graphs.tick()).containsExactly("W0.0");
        graphs.submit("R", graph().stage("r", 1));
        assertThat(graphs.tick()).containsExactly("R.0");
    }

    @Test
    void L6_tasksThatFitAreNotHiddenBehindTasksThatDoNot() {
        core.limit(named("licence", 3));
        graphs.submit("A", graph().needing("a", 2, "", Map.of("licence", 2L)));
        graphs.submit("B", graph().needing("b", 1, "", Map.of("licence", 1L)));
        graphs.submit("C", graph().needing("c", 1, "", Map.of("licence", 4L)).stage("d", 1));
        assertThat(graphs.tick()).containsExactlyInAnyOrder("A.0", "B.0", "C.1");
    }

    @Test
    void L1_aHigherPriorityTakesWhatIsReleased() {
        core.limit(named("licence", 1));
        graphs.submit("A", graph().needing("a", 3, "", Map.of("licence", 1L)));
        assertThat(graphs.tick()).containsExactly("A.0");
        graphs.submit("B", graph().needing("b", 1, "", Map.of("licence", 1L)).priority(1));
        core.outcome(TaskEnd.SUCCEEDED, "A.0");
        assertThat(graphs.tick()).containsExactly("B.0");
        assertThat(graphs.tick()).isEmpty();
    }

    @Test
    void L1_aHigherPriorityTakesWhatWasGrantedButHadNoTurn() {
        core.limit(named("licence", 1));
        graphs.submit("A", graph().needing("a", 1, "", Map.of("licence", 1L)));
        assertThat(graphs.tick(0)).isEmpty();
        graphs.submit("B", graph().needing("b", 1, "", Map.of("licence", 1L)).priority(1));
        assertThat(graphs.tick()).containsExactly("B.0");
        assertThat(graphs.tick()).isEmpty();
        graphs.succeed("B.0");
        assertThat(graphs.tick()).containsExactly("A.0");
    }

    @Test
    void L2_groupsTakeWhatIsReleasedInTurnByWeight() {
        CoreFixture grouped = new CoreFixture(CoreFixture.policy(4, Fairness.RESOURCE_GROUP));
        GraphFixture of = new GraphFixture(grouped);
        grouped.limit(named("licence", 1)).weigh(Map.of(1L, 1.0, 2L, 0.5));
        of.submit("A", graph().group(1).needing("a", 200, "", Map.of("licence", 1L)));
        for (String job : List.of("B", "C", "D")) {
            of.submit(job, graph().group(2).needing("b", 200, "", Map.of("licence", 1L)));
        }
        Map<Long, Integer> turns = new HashMap<>();
        for (int i = 0; i < 150; i++) {
            List<String> offered = of.tick();
            assertThat(offered).hasSize(1);
            DispatchedTask made = grouped.latest(offered.get(0));
            turns.merge(made.group(), 1, Integer::sum);
            of.succeed(offered.get(0));
        }
        assertThat(turns.get(1L)).isBetween(98, 102);
    }

    @Test
    void L4_aLoweredLimitHoldsWhenEnoughHasEnded() {
        core.limit(named("licence", 3));
        graphs.submit("A", graph().needing("a", 9, "", Map.of("licence", 1L)));
        assertThat(graphs.tick()).hasSize(3);
        core.limit(named("licence", 1));
        graphs.succeed("A.0", "A.1");
        assertThat(graphs.tick()).isEmpty();
        graphs.succeed("A.2");
        assertThat(graphs.tick()).containsExactly("A.3");
        core.limit(named("licence", 2));
        assertThat(graphs.tick()).containsExactly("A.4");
    }

    @Test
    void L10_tasksOfALimitThatDoesNotExistWait() {
        graphs.submit("A", graph().needing("a", 1, "", Map.of("licence", 1L)).stage("b", 1));
        assertThat(graphs.tick()).containsExactly("A.1");
        core.limit(named("licence", 1));
        assertThat(graphs.tick()).containsExactly("A.0");
    }

    @Test
    void L8_aLimitThatGoesLetsAllGo() {
        core.limit(Map.of(LimitKeys.JOB, 1L)).ready("A", 0, 1, 2, 3);
        assertThat(tick()).containsExactly("A.0");
        core.limit(Map.of());
        assertThat(tick()).containsExactly("A.1", "A.2", "A.3");
    }

    @Test
    void L4_theUseOfEachLimitIsTold() {
        core.limit(Map.of(LimitKeys.named("licence"), 5L, LimitKeys.ofGroup(0), 2L));
        graphs.submit("A", graph().needing("a", 9, "", Map.of("licence", 2L)));
        graphs.tick();
        assertThat(core.scheduler().limits())
                .containsEntry(LimitKeys.named("licence"), new LimitDemand(4, 0, 14, 2))
                .containsEntry(LimitKeys.ofGroup(0), new LimitDemand(2, 0, 7, 1));
    }
}
