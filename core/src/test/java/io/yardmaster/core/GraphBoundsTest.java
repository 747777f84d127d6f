package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.HeapStorage;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.Fairness;
import io.yardmaster.core.values.GraphStage.When;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The state of a graph, and the cost of one call about it, are those of its stages, not of its tasks. */
class GraphBoundsTest {
    private static final int MILLION = 1_000_000;
    private static final int STAGES = 100_000;
    /** The most storage operations of a call about one task. */
    private static final int HANDFUL = 60;
    /** The most storage operations of a tick, or of a call that changes many stages. */
    private static final int MOST_OF_TICK = 25_000;

    private static final long NOW = 1_700_000_000_000L;

    private final HeapStorage storage = new HeapStorage();
    private final DecisionLog log = new DecisionLog();
    private LoggedScheduler scheduler = open();

    private LoggedScheduler open() {
        return new LoggedScheduler(CoreFixture.policy(16, Fairness.JOB), storage, 0, log);
    }

    private void submit(long job, GraphSketch graph, int parts) {
        graph.events(job, NOW, parts).forEach(scheduler::apply);
        scheduler.flush();
    }

    private long operationsOf(Runnable call) {
        storage.takeOperations();
        call.run();
        scheduler.flush();
        return storage.takeOperations();
    }

    private void end(DispatchedTask made, TaskEnd end) {
        scheduler.apply(new Event.AssignmentEnded(
                made.id(),
                made.group(),
                made.job(),
                made.kind(),
                made.taskIndex(),
                made.attempt(),
                made.session(),
                end,
                NOW,
                "",
                null));
    }

    private List<DispatchedTask> offers(int budget) {
        int before = log.assignments().size();
        scheduler.tick(NOW, budget);
        return List.copyOf(log.assignments().subList(before, log.assignments().size()));
    }

    @Test
    void G7_blockedTasksOfAnArrayAreLessThanATwentiethOfAByteEach() {
        submit(
                1,
                new GraphSketch()
                        .stage("first", 1)
                        .stage("wide", MILLION, "first")
                        .stage("pairs", MILLION, "each wide")
                        .stage("last", 1, "pairs"),
                1);
        assertThat(storage.bytes()).isLessThan(500);
        assertThat((double) storage.bytes() / MILLION).isLessThanOrEqualTo(0.05);
    }

    @Test
    void G7_stagesOfOneTaskWithTheirEdgesAreLessThanSixtyFourBytesEach() {
        submit(1, singles(STAGES, new Random(7)), 50);
        for (int tick = 0; tick < 300; tick++) {
            scheduler.tick(NOW, 0);
            scheduler.flush();
        }
        assertThat((double) storage.bytes() / STAGES).isLessThanOrEqualTo(64);
        assertThat(storage.longestPut()).isLessThanOrEqualTo(Storage.MOST_VALUE_BYTES);
    }

    /** Stages of one task that wait for up to two of the twenty before them. */
    private static GraphSketch singles(int stages, Random random) {
        GraphSketch graph = new GraphSketch().goesOn();
        for (int i = 0; i < stages; i++) {
            String after = "";
            for (int edge = i == 0 ? 2 : random.nextInt(2); edge < 2; edge++) {
                String other = "task" + (i - 1 - random.nextInt(Math.min(i, 20)));
                after += after.equals(other) ? "" : (after.isEmpty() ? "" : ",") + other;
            }
            graph.stage("task" + i, 1, after);
        }
        return graph;
    }

    @Test
    void G7_aMillionTasksCostAsMuchAsOneWhileTheyEndInRuns() {
        long one = operationsOf(() -> submit(1, new GraphSketch().stage("a", 1).stage("b", 1, "a"), 1));
        long million = operationsOf(
                () -> submit(2, new GraphSketch().stage("a", MILLION).stage("b", MILLION, "each a"), 1));
        assertThat(million).isLessThanOrEqualTo(one + 2);
        assertThat(scheduler.backlog()).isEqualTo(MILLION + 1);
        for (int round = 0; round < 20; round++) {
            for (DispatchedTask made : offers(1_000)) {
                end(made, TaskEnd.SUCCEEDED);
            }
            scheduler.flush();
        }
        assertThat(storage.bytes()).isLessThan(4_000);
        List<DispatchedTask> made = offers(10);
        assertThat(operationsOf(() -> end(made.get(0), TaskEnd.SUCCEEDED))).isLessThan(HANDFUL);
    }

    @Test
    void G7_tasksThatEndInAnyOrderCostSomeBytesEach() {
        int tasks = 50_000;
        submit(
                1,
                new GraphSketch()
                        .goesOn()
                        .stage("a", tasks)
                        .stage("b", tasks, "each a")
                        .stage("c", 1, "b"),
                1);
        List<DispatchedTask> made = new ArrayList<>(offers(tasks));
        Random random = new Random(5);
        Collections.shuffle(made, random);
        long most = 0;
        for (int i = 0; i < tasks / 2; i++) {
            DispatchedTask one = made.get(i);
            most = Math.max(
                    most, operationsOf(() -> end(one, random.nextInt(10) == 0 ? TaskEnd.FAILED : TaskEnd.SUCCEEDED)));
        }
        assertThat(most).isLessThan(HANDFUL);
        assertThat(storage.bytes()).isLessThan(24L * tasks / 2);
        assertThat(storage.longestPut()).isLessThanOrEqualTo(Storage.MOST_VALUE_BYTES);
    }

    @Test
    void G7_killingALongChainIsDoneInSteps() {
        GraphSketch chain = new GraphSketch().goesOn();
        for (int i = 0; i < STAGES; i++) {
            chain.stage("s" + i, 1, i == 0 ? "" : "s" + (i - 1));
        }
        submit(1, chain, 40);
        List<DispatchedTask> made = offers(10);
        long most = operationsOf(() -> end(made.get(0), TaskEnd.FAILED));
        int ticks = 0;
        while (failures() == 0 && ticks++ < 1_000) {
            most = Math.max(most, operationsOf(() -> scheduler.tick(NOW, 10)));
            if (ticks % 5 == 0) {
                scheduler = open();
            }
        }
        assertThat(most).isLessThan(MOST_OF_TICK);
        assertThat(ticks).isBetween(2, 500);
        assertThat(log.all().stream().filter(Decision.TasksKilled.class::isInstance))
                .hasSize(STAGES - 1);
    }

    private long failures() {
        return log.all().stream().filter(Decision.Failed.class::isInstance).count();
    }

    @Test
    void G7_aStageThatManyWaitForIsToldInSteps() {
        GraphSketch fan = new GraphSketch().stage("root", 1);
        for (int i = 1; i < STAGES; i++) {
            fan.stage("s" + i, 1, "root");
        }
        submit(1, fan, 40);
        List<DispatchedTask> made = offers(10);
        long most = operationsOf(() -> end(made.get(0), TaskEnd.SUCCEEDED));
        for (int tick = 0; tick < 300 && scheduler.backlog() < STAGES - 1; tick++) {
            most = Math.max(most, operationsOf(() -> scheduler.tick(NOW, 0)));
        }
        assertThat(most).isLessThan(MOST_OF_TICK);
        assertThat(scheduler.backlog()).isEqualTo(STAGES - 1);
    }

    @Test
    void G7_stoppingCancellingAndRevivingAreDoneInSteps() {
        submit(1, singles(STAGES, new Random(9)), 40);
        GraphSketch stopped = new GraphSketch().cleanup();
        for (int i = 0; i < STAGES; i++) {
            stopped.stage("s" + i, 1 + i % 3, "", i % 2 == 0 ? When.ALL : When.ENDED);
        }
        stopped.stages().remove(STAGES - 1);
        stopped.stage("watch", 1, "s1", When.ENDED);
        submit(2, stopped, 40);
        List<DispatchedTask> made = new ArrayList<>();
        for (int tick = 0; tick < 100; tick++) {
            made.addAll(offers(50));
        }
        DispatchedTask fails = made.stream()
                .filter(one -> one.job() == 2 && one.stage().when() == When.ALL)
                .findFirst()
                .orElseThrow();
        long most = operationsOf(() -> end(fails, TaskEnd.FAILED));
        assertThat(failures()).isEqualTo(1);
        most = Math.max(most, mostOfTicks(30));
        most = Math.max(most, operationsOf(() -> scheduler.apply(new Event.SessionBegan(1))));
        most = Math.max(most, mostOfTicks(60));
        for (long job = 1; job <= 2; job++) {
            Event cancel = new Event.Commanded(job, Event.Commanded.ANY_SESSION, Command.CANCEL);
            most = Math.max(most, operationsOf(() -> scheduler.apply(cancel)));
        }
        most = Math.max(most, mostOfTicks(5));
        DispatchedTask cleanup = log.assignments().get(log.assignments().size() - 1);
        assertThat(cleanup.kind()).isEqualTo(TaskKind.CLEANUP);
        most = Math.max(most, operationsOf(() -> end(cleanup, TaskEnd.SUCCEEDED)));
        most = Math.max(most, mostOfTicks(60));
        assertThat(most).isLessThan(MOST_OF_TICK);
        assertThat(storage.size()).isLessThan(40);
    }

    private long mostOfTicks(int ticks) {
        long most = 0;
        for (int tick = 0; tick < ticks; tick++) {
            most = Math.max(most, operationsOf(() -> scheduler.tick(NOW, 10)));
        }
        return most;
    }

    @Test
    void G7_noValueIsLargeWhateverAStageContains() {
        byte[] payload = new byte[100_000];
        new Random(3).nextBytes(payload);
        String name = "n".repeat(10_000);
        submit(
                1,
                new GraphSketch()
                        .trace("t".repeat(1_000))
                        .stage(name, 2)
                        .payload(payload, 5)
                        .stage("b".repeat(9_000), 2, "each " + name)
                        .payload(payload, 6),
                2);
        scheduler = open();
        List<DispatchedTask> made = offers(10);
        assertThat(made).hasSize(2);
        assertThat(made.get(1).stage().payload()).isEqualTo(payload);
        assertThat(made.get(1).stage().name()).isEqualTo(name);
        end(made.get(0), TaskEnd.FAILED);
        scheduler.flush();
        assertThat(storage.longestPut()).isLessThanOrEqualTo(Storage.MOST_VALUE_BYTES);
    }
}
