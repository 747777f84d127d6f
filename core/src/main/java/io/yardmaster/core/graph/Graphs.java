package io.yardmaster.core.graph;

import io.yardmaster.core.admission.Pool;
import io.yardmaster.core.ending.AgeClock;
import io.yardmaster.core.ending.FinalizingGate;
import io.yardmaster.core.jobs.Job;
import io.yardmaster.core.jobs.JobTable;
import io.yardmaster.core.limits.Limits;
import io.yardmaster.core.state.Keys;
import io.yardmaster.core.state.Ledger;
import io.yardmaster.core.state.StateWriter;
import io.yardmaster.core.state.Storage;
import io.yardmaster.core.values.Command;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.GraphStage;
import io.yardmaster.core.values.JobMilestone;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.core.values.TaskKind;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The jobs whose dependencies the scheduler resolves (G1-G7). */
public final class Graphs {
    private static final int STEPS_PER_CALL = 1_000;
    private static final int STEPS_PER_TICK = 10_000;
    /** The steps that a change to another graph costs. */
    private static final int STEPS_OF_TURN = 50;

    private static final int REVIVED_PER_TICK = 100;
    private static final int RETRIED_PER_TICK = 1_000;

    private final JobTable jobs;
    private final Ledger ledger;
    private final AgeClock clock;
    private final Consumer<Decision> decisions;
    private final GraphStore store;
    private final EndedGraphs past;
    private final Limits limits;
    private final Conclusion conclusion;
    private final Retries retries;
    private final StageOrdering ordering;
    private final RetryTerms retryTerms = new RetryTerms();
    private final Resolver resolver;
    private final GraphParts parts;
    private final BusyGraphs busy;
    private final GraphLedger ledgerPart = new GraphLedger();
    private final LoadedGraphs loaded;
    /** Epoch ms of the latest tick. */
    private long now;

    public Graphs(
            Policy policy,
            Storage storage,
            JobTable jobs,
            FinalizingGate gate,
            Limits limits,
            AgeClock clock,
            Ledger ledger,
            Consumer<Decision> decisions) {
        this.jobs = jobs;
        this.ledger = ledger;
        this.clock = clock;
        this.decisions = decisions;
        this.store = new GraphStore(storage);
        this.busy = new BusyGraphs(store);
        this.past = new EndedGraphs(policy, store, clock);
        this.limits = limits;
        this.conclusion = new Conclusion(store, past, jobs, gate, ledgerPart, decisions);
        this.retries = new Retries(storage, ledger, clock);
        this.ordering = new StageOrdering(store, jobs, ledgerPart);
        this.loaded = new LoadedGraphs(store, busy, ordering);
        this.resolver = new Resolver(jobs, retries, retryTerms, ordering, limits, conclusion, decisions);
        this.parts = new GraphParts(store, clock, policy.dedupExpiry().toMillis());
        ledger.keep(GraphLedger.TAG, ledgerPart);
        jobs.onGraph(loaded::attach, loaded::wakeIfOutOfDate);
    }

    /** Must follow the loading of the ledger. */
    public void load() {
        busy.load();
        past.load();
    }

    /** Makes all further decisions by this policy. */
    public void follow(LivePolicy live) {
        retryTerms.follow(live.retries());
        if (ordering.follow(live.stageOrders())) {
            loaded.wakeOutOfDate(jobs);
        }
    }

    /** Takes a graph, or a part of one, whose job is not known yet. */
    public void submit(Event.GraphSubmitted event, Pool pool) {
        CheckedGraph checked;
        try {
            List<GraphStage> stages = parts.add(event, ++ledgerPart.owners);
            ledger.touch();
            event.stages().stream().map(GraphStage::holds).distinct().forEach(limits::expect);
            if (stages == null) {
                return;
            }
            checked = GraphCheck.of(stages);
        } catch (GraphRefusedException refused) {
            refuse(event.job(), event.group(), refused.reason());
            return;
        }
        begin(event, checked, pool);
    }

    /** Refuses the graph, or a part of one, if it makes no sense; takes nothing of it. */
    public boolean refuses(Event.GraphSubmitted event) {
        String reason = parts.refusal(event);
        if (reason != null) {
            refuse(event.job(), event.group(), reason);
        }
        return reason != null;
    }

    private void refuse(long job, long group, String reason) {
        refuse(job, group, reason, Event.GraphSubmitted.NO_OFFSET);
    }

    private void refuse(long job, long group, String reason, long lastPart) {
        parts.forget(job);
        decisions.accept(new Decision.GraphRefused(job, group, reason, lastPart));
    }

    private void begin(Event.GraphSubmitted event, CheckedGraph checked, Pool pool) {
        decisions.accept(new Decision.Reached(JobMilestone.BEGAN, event.job(), event.group()));
        long owner = ++ledgerPart.owners;
        Definitions.write(store, owner, checked, event.name());
        Graph graph = new Graph(store, event.job(), event.group(), owner, checked, GraphTerms.of(event));
        graph.changed = true;
        loaded.add(graph);
        Job job = jobs.create(event.job(), event.group());
        job.latestEvent = clock.age();
        join(job, graph);
        ordering.begin(graph, job);
        resolver.begin(graph, job, pool, STEPS_PER_CALL, event.readyAt());
        busy.follow(graph);
    }

    private void join(Job job, Graph graph) {
        job.hasGraph = true;
        job.graph = graph;
        job.priority = graph.priority;
        jobs.touch(job);
    }

    /** Returns whether some tasks have other ranks than the normal one. */
    public boolean areRanked() {
        return ledgerPart.ranked > 0;
    }

    /** The graphs, for a person to look at. */
    public GraphView view() {
        return new GraphView(store, jobs, past, limits.view(), clock);
    }

    private @Nullable Graph of(Job job) {
        return (Graph) job.graph;
    }

    /** Does something with the graph of a job, if it has one. */
    private void with(long id, BiConsumer<Graph, Job> action) {
        Job job = jobs.find(id);
        Graph graph = job == null ? null : of(job);
        if (job != null && graph != null) {
            action.accept(graph, job);
            busy.follow(graph);
        }
    }

    /** Takes the end of an assignment of this job into account, which counts; does nothing if there is no job. */
    public void ended(Event.AssignmentEnded event, @Nullable Job job, Pool pool) {
        Graph graph = job == null ? null : of(job);
        if (job == null || graph == null) {
            return;
        }
        job.latestEvent = clock.age();
        if (event.kind() == TaskKind.TASK) {
            ordering.ended(graph, job, event);
            resolver.ended(graph, job, pool, event, STEPS_PER_CALL, event.endedAt());
        } else {
            conclusion.ended(graph, job, pool, event, event.endedAt());
        }
        busy.follow(graph);
    }

    /** Follows a command that was carried out. */
    public void commanded(Command command, Job job, Pool pool) {
        Graph graph = of(job);
        if (graph == null) {
            return;
        }
        if (command == Command.CANCEL) {
            conclusion.cleanUp(graph, job, pool, timeOfCall(graph));
        }
        graph.follow(job);
        busy.follow(graph);
    }

    /** Epoch ms of the latest tick, to within a second, as a scheduler that was opened since then knows it as well. */
    private long timeOfCall(Graph graph) {
        return Math.max(clock.timeOf(clock.age()), graph.readyAt);
    }

    /** The job, if it is known by its graph from an older session; null if it is not. */
    public @Nullable Job find(long id, Pool pool) {
        if (ledgerPart.revived == null) {
            return null;
        }
        byte[] record = store.storage().get(GraphKeys.root(id));
        return record == null ? null : revive(loaded.load(id, record), pool);
    }

    private Job revive(Graph graph, Pool pool) {
        Job job = jobs.create(graph.job, graph.group);
        job.latestEvent = clock.age();
        join(job, graph);
        job.cancelled = graph.cancelled;
        if (graph.paused) {
            pool.pause(job, clock.age());
        }
        if (graph.phase == Graph.Phase.RUNNING) {
            graph.agenda.add(new Work(Work.Kind.REVIVE, 0, 0, 0));
            graph.changed = true;
            busy.follow(graph);
        } else {
            conclusion.resume(graph, job, pool, timeOfCall(graph));
        }
        return job;
    }

    /** Goes on with all that is left to do, a portion in each tick. */
    public void tick(Pool pool, long time) {
        now = time;
        orderWoken();
        reviveSome(pool);
        retrySome(pool);
        resolveSome(pool);
        GraphParts.Late late = parts.late();
        if (late != null) {
            refuse(late.job(), late.group(), late.reason(), late.offset());
        }
        past.tick();
        store.reclaim();
    }

    private void orderWoken() {
        List<Long> woken = store.takeWoken();
        if (!woken.isEmpty()) {
            ledger.note();
            woken.forEach(id -> with(id, ordering::apply));
        }
    }

    private void reviveSome(Pool pool) {
        for (int count = 0; ledgerPart.revived != null && count < REVIVED_PER_TICK; count++) {
            Map.Entry<byte[], byte[]> next = store.storage().next(ledgerPart.revived, Keys.end(GraphKeys.roots()));
            ledger.touch();
            if (next == null) {
                ledgerPart.revived = null;
                return;
            }
            long id = GraphKeys.number(next.getKey(), 0);
            if (jobs.find(id) == null) {
                revive(loaded.load(id, next.getValue()), pool);
            }
            ledgerPart.revived = GraphKeys.behind(next.getKey());
        }
    }

    private void retrySome(Pool pool) {
        for (int count = 0; count < RETRIED_PER_TICK; count++) {
            Retries.Retry retry = retries.poll();
            if (retry == null) {
                return;
            }
            if (retry.session() == ledger.session()) {
                with(
                        retry.job(),
                        (graph, job) -> resolver.retry(graph, job, pool, retry.index(), retry.attempt(), now));
            }
        }
    }

    private void resolveSome(Pool pool) {
        resolver.takeSteps();
        int left = STEPS_PER_TICK;
        while (left > 0 && !busy.isEmpty()) {
            // The next one has its turn before this one goes on. A job of an older session is busy again when it is
            // revived.
            with(busy.take(), (graph, job) -> {
                busy.recognize(graph);
                resolver.goOn(graph, job, pool, STEPS_PER_CALL, now);
            });
            left -= STEPS_OF_TURN + resolver.takeSteps();
        }
    }

    /** Writes all changes to the storage, but for those of the ledger. */
    public void flush(StateWriter writer) {
        if (ledgerPart.hasChanged()) {
            ledger.touch();
        }
        loaded.flush(writer);
    }

    /** Must follow each flush of the jobs. */
    public void unload() {
        loaded.unload(jobs);
    }

    /** Must precede the beginning of a session, in which the jobs' records are void. */
    public void leaveSession(StateWriter writer) {
        flush(writer);
        loaded.clear();
    }
}
