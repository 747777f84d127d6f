package io.yardmaster.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.DispatchRate;
import io.yardmaster.core.values.DispatchedTask;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.LimitDemand;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.StageDetail;
import io.yardmaster.core.values.StageOrder;
import io.yardmaster.core.values.StageOrders;
import io.yardmaster.core.values.StagePage;
import io.yardmaster.core.values.TaskEnd;
import io.yardmaster.core.values.TaskKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Jobs with random graphs, a few jobs of storage among them, and a fleet that answers in any order: a seed decides everything that
 * happens, and the outcome of each attempt of each task whenever it is tried.
 */
final class GraphWorld {
    private static final int STORAGE_JOBS = 1_000;
    private static final int MOST_TICKS = 4_000;

    /** The kinds of events that may occur besides graphs and outcomes. */
    record Incidents(boolean cancels, boolean sessions, boolean pauses, boolean refusals, boolean limits) {}

    final RestartingScheduler scheduler;
    final Map<Long, GraphModel> models = new LinkedHashMap<>();
    private final Incidents incidents;
    private final long seed;
    private final Random random;
    private final List<DispatchedTask> out = new ArrayList<>();
    private final List<DispatchedTask> stale = new ArrayList<>();
    private final Set<List<Object>> storageOffers = new HashSet<>();
    private int storageTasks;
    private final LimitModel limits = new LimitModel();
    private boolean changesPolicies;
    private boolean isFleetMixed;
    private int read;
    private long now = 1_700_000_000_000L;

    GraphWorld(long seed, Policy policy, Incidents incidents, int callsBetweenRestarts) {
        this(seed, incidents, new RestartingScheduler(policy, callsBetweenRestarts));
    }

    GraphWorld(long seed, Incidents incidents, RestartingScheduler scheduler) {
        this.seed = seed;
        this.random = new Random(seed);
        this.incidents = incidents;
        this.scheduler = scheduler;
    }

    /** Has rates and orders of stages change at random, too. */
    GraphWorld withPolicies() {
        changesPolicies = true;
        return this;
    }

    /** Has some execution managers commit tasks that succeed, and write no outcomes. */
    GraphWorld withMixedFleet() {
        isFleetMixed = true;
        return this;
    }

    /** Fixed for each attempt of each task; -1 is the commit task. */
    private TaskEnd outcome(long job, int task, int attempt) {
        int chance = new Random(Objects.hash(seed, job, task, attempt) * 31L + 7).nextInt(100);
        int fails = 5 * Math.floorMod(Objects.hash(seed, job), 8);
        return chance < fails ? TaskEnd.FAILED : chance < fails + 2 && task >= 0 ? TaskEnd.KILLED : TaskEnd.SUCCEEDED;
    }

    void play(int steps) {
        for (int step = 0; step < steps; step++) {
            step();
        }
        finish();
    }

    private void step() {
        switch (random.nextInt(40)) {
            case 0, 1, 2, 3 -> submit();
            case 4 -> storage();
            case 5 -> tick(100, 20);
            case 6 -> cancel();
            case 7, 8 -> pause();
            case 9 -> stale();
            case 10, 11, 12, 13, 14, 15, 16, 17 -> tick(random.nextInt(5), random.nextInt(8) == 0 ? 3_000 : 5);
            case 18 -> tick(1_000, 1_000);
            case 19 -> limit();
            case 20 -> followAnother();
            default -> answer();
        }
    }

    private void submit() {
        long job = models.size() + 1L;
        GraphSketch graph = incidents.limits() ? RandomGraphs.of(random, LimitModel.NEEDS) : RandomGraphs.of(random);
        GraphModel model = new GraphModel(job, graph);
        models.put(job, model);
        int parts = random.nextInt(4) == 0 ? 1 + random.nextInt(graph.stages().size()) : 1;
        for (Event.GraphSubmitted part : graph.events(job, now, parts)) {
            apply(part);
            if (random.nextInt(6) == 0) {
                tick(2, 5);
            }
        }
    }

    private void limit() {
        if (incidents.limits()) {
            limits.change(random);
        }
    }

    private void followAnother() {
        if (changesPolicies) {
            Map<Long, DispatchRate> rates = new HashMap<>();
            for (long group = 0; group < 2; group++) {
                if (random.nextInt(3) > 0) {
                    rates.put(group, new DispatchRate(3 + random.nextInt(300), 1 + random.nextInt(4)));
                }
            }
            Map<String, DispatchRate> poolRates = new HashMap<>();
            if (random.nextBoolean()) {
                poolRates.put("p", new DispatchRate(3 + random.nextInt(300), 1 + random.nextInt(4)));
            }
            StageOrder others = random.nextBoolean() ? StageOrder.ARRIVAL : StageOrder.CRITICAL_PATH;
            scheduler.follow(new LivePolicy(Map.of(0L, 1.0 + random.nextInt(3)))
                    .withRates(rates)
                    .withPoolRates(poolRates)
                    .withStageOrders(new StageOrders(others, Map.of(1L, StageOrder.CRITICAL_PATH))));
        }
    }

    private void storage() {
        long job = STORAGE_JOBS + (long) random.nextInt(3);
        int first = 10 * storageTasks++;
        apply(new Event.TasksReady(0, job, session(), new int[] {first, first + 1, first + 5}, 0, now, null));
    }

    private long session() {
        return Math.max(0, scheduler.session());
    }

    private void beginSession() {
        apply(new Event.SessionBegan(session() + 1 + random.nextInt(2)));
    }

    private GraphModel someModel() {
        return models.get(1L + random.nextInt(models.size()));
    }

    private void step(boolean may, Runnable action) {
        if (may && !models.isEmpty()) {
            action.run();
        }
    }

    private void cancel() {
        step(incidents.cancels() && random.nextInt(3) == 0, () -> command(someModel(), Command.CANCEL, 0));
    }

    private void pause() {
        step(incidents.pauses(), () -> {
            Command command =
                    List.of(Command.PAUSE, Command.RESUME, Command.SET_PRIORITY).get(random.nextInt(3));
            command(someModel(), command, command == Command.SET_PRIORITY ? random.nextInt(3) - 1 : 0);
        });
    }

    private void command(GraphModel model, Command command, int priority) {
        List<Decision> decided = apply(new Event.Commanded(model.job, Event.Commanded.ANY_SESSION, command, priority));
        if (decided.stream().anyMatch(Decision.Obeyed.class::isInstance)) {
            model.obeyed(command);
        }
    }

    /** An execution manager of an older session reports. */
    private void stale() {
        if (incidents.sessions() && random.nextInt(6) == 0) {
            beginSession();
        } else if (!stale.isEmpty()) {
            DispatchedTask old = stale.remove(random.nextInt(stale.size()));
            List<Decision> decided = apply(ended(old, TaskEnd.SUCCEEDED));
            assertThat(decided).hasSize(1).hasOnlyElementsOfType(Decision.OutcomeDropped.class);
        }
    }

    private void answer() {
        if (!out.isEmpty()) {
            DispatchedTask made = out.remove(random.nextInt(out.size()));
            if (incidents.limits() && random.nextInt(8) == 0) {
                forge(made);
            }
            limits.end(made);
            boolean refused = incidents.refusals() && random.nextInt(12) == 0;
            TaskEnd end = made.kind() == TaskKind.CLEANUP || made.job() >= STORAGE_JOBS
                    ? TaskEnd.SUCCEEDED
                    : outcome(made.job(), made.taskIndex(), made.attempt());
            if (isFleetMixed && !refused && end == TaskEnd.SUCCEEDED && random.nextBoolean()) {
                apply(new Event.AssignmentsTaken(new long[] {made.id()}));
                apply(new Event.AssignmentsUnreported(new long[] {made.id()}));
                return;
            }
            List<Decision> decided = apply(ended(made, refused ? TaskEnd.REFUSED : end));
            assertThat(decided).as("the outcome of %s", text(made)).anyMatch(Decision.Ended.class::isInstance);
        }
    }

    /** Reports another task, which may be running, under the number of one that holds units. */
    private void forge(DispatchedTask made) {
        GraphStage stage = made.stage();
        if (made.kind() == TaskKind.TASK && stage != null && !stage.needs().isEmpty()) {
            int index = random.nextBoolean() ? made.taskIndex() + 1 : Math.max(0, made.taskIndex() - 1);
            int attempt = index == made.taskIndex() ? made.attempt() + 1 : random.nextInt(2);
            List<Decision> decided = apply(ended(
                    new DispatchedTask(
                            made.id(),
                            made.group(),
                            made.job(),
                            made.kind(),
                            index,
                            attempt,
                            made.session(),
                            made.readyAt(),
                            stage,
                            null),
                    TaskEnd.SUCCEEDED));
            assertThat(decided).hasSize(1).hasOnlyElementsOfType(Decision.OutcomeDropped.class);
        }
    }

    private Event.AssignmentEnded ended(DispatchedTask made, TaskEnd end) {
        return new Event.AssignmentEnded(
                made.id(),
                made.group(),
                made.job(),
                made.kind(),
                made.taskIndex(),
                made.attempt(),
                made.session(),
                end,
                now,
                random.nextBoolean() ? "" : "it said so",
                null);
    }

    private void tick(int budget, long time) {
        now += time;
        scheduler.tick(now, new Budget(budget, Map.of(), Budget.NO_FLOOR, limits.capacities()));
        take();
        // Tasks that wait for their job alone want nothing yet.
        if (incidents.limits() && !limits.capacities().containsKey(LimitKeys.JOB)) {
            checkDemand();
        }
    }

    private List<Decision> apply(Event event) {
        scheduler.apply(event);
        return take();
    }

    private List<Decision> take() {
        List<Decision> all = scheduler.log().all();
        List<Decision> decided = List.copyOf(all.subList(read, all.size()));
        read = all.size();
        Map<Long, List<Decision>> byJob = new HashMap<>();
        for (Decision decision : decided) {
            if (decision instanceof Decision.SessionBegan) {
                models.values().forEach(GraphModel::beginSession);
                stale.addAll(out);
                out.clear();
                limits.beginSession();
                storageOffers.clear();
            }
            byJob.computeIfAbsent(GraphModel.jobOf(decision), job -> new ArrayList<>())
                    .add(decision);
            if (decision instanceof DispatchedTask made) {
                out.add(made);
                limits.begin(made);
                if (made.job() >= STORAGE_JOBS) {
                    assertThat(storageOffers.add(List.of(made.job(), made.taskIndex(), made.id())))
                            .isTrue();
                }
            }
        }
        models.forEach((job, model) -> model.take(byJob.getOrDefault(job, List.of()), session()));
        assertThat(scheduler.storage().longestPut()).isLessThanOrEqualTo(Storage.MOST_VALUE_BYTES);
        return decided;
    }

    /** Resumes what is paused, and answers until nothing has been offered for longer than any back-off. */
    private void finish() {
        models.values().forEach(model -> command(model, Command.RESUME, 0));
        limits.suffice();
        for (int tick = 0, quiet = 0; quiet < 80; tick++) {
            assertThat(tick).as("ticks until everything has ended").isLessThan(MOST_TICKS);
            tick(1_000, 1_000);
            quiet = out.isEmpty() ? quiet + 1 : 0;
            while (!out.isEmpty()) {
                answer();
            }
        }
    }

    /** The scheduler wants as many units of a limit as its waiting tasks need: with less, its shard would be granted too few. */
    private void checkDemand() {
        Map<String, Long> needed = new TreeMap<>();
        for (GraphModel model : models.values()) {
            Optional<StagePage> page = scheduler.view().stages(model.job, 0, Integer.MAX_VALUE);
            if (page.isEmpty() || page.get().paused()) {
                continue;
            }
            for (StageDetail stage : page.get().page()) {
                assertThat(stage.exact()).isTrue();
                // Nothing is reserved for a pool that the policy does not name.
                if (stage.pool().isEmpty()) {
                    model.graph
                            .stages()
                            .get(stage.number())
                            .needs()
                            .forEach((name, units) ->
                                    needed.merge(LimitKeys.named(name), units * stage.ready(), Long::sum));
                }
            }
        }
        Map<String, LimitDemand> demand = scheduler.limits();
        needed.forEach((key, units) -> {
            LimitDemand of = demand.get(key);
            assertThat(of == null ? 0 : of.granted() + of.wanted())
                    .as("units of %s that waiting tasks need", key)
                    .isEqualTo(units);
        });
    }

    void checkEnds() {
        models.forEach((job, model) -> model.checkEnd((task, attempt) -> outcome(job, task, attempt), isFleetMixed));
    }

    /** Lets so much time pass that all memories of ended jobs expire. */
    void forget(Policy policy) {
        long end = now
                + 3 * policy.finalizingExpiry().toMillis()
                + 3 * policy.dedupExpiry().toMillis();
        while (now < end) {
            tick(10, 10_000);
        }
    }

    /** All decisions as text. */
    List<String> history() {
        return scheduler.log().all().stream().map(GraphWorld::text).toList();
    }

    static String text(Decision decision) {
        return decision instanceof DispatchedTask made
                ? "%d %s %d.%d#%d in %d at %d %s"
                        .formatted(
                                made.id(),
                                made.kind(),
                                made.job(),
                                made.taskIndex(),
                                made.attempt(),
                                made.session(),
                                made.readyAt(),
                                made.stage() == null ? "" : made.stage().name())
                : decision.toString();
    }
}
