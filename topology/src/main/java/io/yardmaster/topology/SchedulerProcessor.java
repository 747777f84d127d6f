package io.yardmaster.topology;

import io.yardmaster.core.Scheduler;
import io.yardmaster.core.values.Budget;
import io.yardmaster.core.values.Decision;
import io.yardmaster.core.values.Demand;
import io.yardmaster.core.values.Event;
import io.yardmaster.core.values.LivePolicy;
import io.yardmaster.core.values.Policy;
import io.yardmaster.schemas.JobCommand;
import io.yardmaster.schemas.JobGraph;
import io.yardmaster.schemas.Session;
import io.yardmaster.schemas.TaskOutcome;
import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.topology.config.EventDetail;
import io.yardmaster.topology.meters.ShardMeters;
import io.yardmaster.topology.pacing.CommitPacer;
import io.yardmaster.topology.pacing.TickPacer;
import io.yardmaster.topology.policy.LivePolicies;
import io.yardmaster.topology.shares.DispatchBudget;
import io.yardmaster.topology.shares.ShareNews;
import io.yardmaster.topology.views.ShardQueryQueue;
import io.yardmaster.topology.window.ShardWindow;
import io.yardmaster.topology.window.Window;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * One {@link Scheduler} on one shard: it decodes events, graphs, commands and outcomes, asks the core, and carries out the core's decisions. A
 * wall-clock punctuation ticks. Changes are stored when Streams is about to commit ({@link CommitHook}).
 */
final class SchedulerProcessor implements Processor<Long, SpecificRecord, Object, SpecificRecord> {
    private static final long REPUBLISH_MS = 1_000;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1);
    private static final long AGE_STORED_EVERY_MS = 60_000;
    private static final int PARTS_OF_EXPIRY = 100;

    private final Policy policy;
    private final Duration tickInterval;
    private final JobPlacement placement;
    private final EventDetail detail;
    private final TopicNames topics;
    private final AssignmentIds ids;
    private final Window window;
    private final Budgets budgets;
    private final LivePolicies policies;
    private final boolean recordTicks;
    private final boolean placesOnHosts;
    private final Observers observers;

    private ProcessorContext<Object, SpecificRecord> context;
    private int shard;
    private KeyValueStore<Bytes, byte[]> state;
    private KafkaStorage storage;
    private ReadOnlyKeyValueStore<String, ?> newestSession;
    private ShardMeters meters = ShardMeters.NONE;
    private ShardReport report;
    private TakenFloor floor;
    private ShardQueryQueue queryQueue;
    private Scheduler scheduler;
    private ShardWindow shardWindow;
    private ShardPools pools;
    private DispatchBudget budget;
    private TickRecorder recorder;
    private Outbox outbox;
    private CommandDesk commands;
    private GraphDesk graphs;
    private OutcomeDesk outcomes;
    private TakenDesk taken;
    private LivePolicy followed = LivePolicy.NONE;
    private long now;
    private long announcedSession = -1;
    private long announceAgainAt;
    private final long ageStoredEveryMs;
    private long ageStoredIn;
    private CommitPacer commits;
    private TickPacer ticks;
    /** True if a record came after the last tick. */
    private boolean came;

    SchedulerProcessor(
            Policy policy,
            Duration tickInterval,
            JobPlacement placement,
            EventDetail detail,
            TopicNames topics,
            Window window,
            Budgets budgets,
            LivePolicies policies,
            boolean recordTicks,
            boolean placesOnHosts,
            Observers observers) {
        this.policy = policy;
        this.ageStoredEveryMs = ageStoredEveryMs(policy);
        this.tickInterval = tickInterval;
        this.placement = placement;
        this.detail = detail;
        this.topics = topics;
        this.ids = new AssignmentIds(placement.shards());
        this.window = window;
        this.budgets = budgets;
        this.policies = policies;
        this.recordTicks = recordTicks;
        this.placesOnHosts = placesOnHosts;
        this.observers = observers;
    }

    @Override
    public void init(ProcessorContext<Object, SpecificRecord> processorContext) {
        context = processorContext;
        newestSession = context.getStateStore(Names.SESSIONS_STORE);
        state = context.getStateStore(Names.STATE_STORE);
        shard = context.taskId().partition();
        meters = observers.meters().open(shard);
        queryQueue = observers.queries().open(shard);
        // The core numbers assignments from 1 on; the outbox makes ids of the numbers.
        storage = new KafkaStorage(state);
        scheduler = new Scheduler(policy, storage, 0);
        recorder = new TickRecorder(recordTicks, context, state, storage, scheduler, policy);
        followed = LivePolicy.NONE;
        context.<CommitHook>getStateStore(Names.COMMIT_HOOK).beforeCommit(() -> commits.storing(this::store));
        shardWindow = window.open(shard);
        pools = new ShardPools(shard, window, shardWindow, state, scheduler, placesOnHosts);
        observers.sessions().goesOn(scheduler.session());
        floor = shard == 0 ? new TakenFloor(state, window, "") : null;
        budget = budgets.open(context, shardWindow);
        outbox = new Outbox(
                context,
                ids,
                pools,
                meters,
                queryQueue.record(),
                observers.sessions(),
                detail,
                topics,
                state,
                scheduler,
                recorder);
        commands = new CommandDesk(context, scheduler, outbox, state, meters, recorder, this::carryOut);
        graphs = new GraphDesk(context, scheduler, meters, policies::current, recorder, this::carryOut);
        outcomes = new OutcomeDesk(
                shard, ids, scheduler, outbox, pools, meters, queryQueue.record(), recorder, this::carryOut);
        var misreported = new MisreportedJobs(shard, observers.refusedOutcomes(), state, scheduler);
        taken = new TakenDesk(shard, ids, scheduler, pools, misreported, recorder, outcomes::carryOut);
        report = new ShardReport(scheduler, budget, meters);
        context.schedule(tickInterval, PunctuationType.WALL_CLOCK_TIME, this::tick);
        commits = observers.commits().ofThisThread();
        ticks = new TickPacer(commits, System::nanoTime);
        if (commits.isUsed()) {
            context.schedule(BETWEEN_LOOKS, PunctuationType.WALL_CLOCK_TIME, this::look);
        }
    }

    /** Ticks at once after a record if there is little to do, and has what was written committed in time. */
    private void look(long timestamp) {
        if ((came && commits.isCalm()) || ticks.goesOn()) {
            tick(timestamp);
        }
        if (commits.isDue()) {
            outbox.offers().flush();
            context.commit();
        }
    }

    @Override
    public void process(Record<Long, SpecificRecord> record) {
        came = true;
        commits.work(1);
        recorder.comes();
        Events.checkPresent(record);
        queryQueue.record().causedBy(record.headers());
        if (!(followed.hasWeightsAlone() && policies.current().live().hasWeightsAlone())) {
            // Weights have a say in ticks alone.
            followPolicy();
        }
        if (record.value() instanceof JobCommand command) {
            Events.check(command, record);
            placement.check(command.getJobId(), shard);
            commands.receive(command, OvertakingTime.restored(record.timestamp()));
            commits.urgent(1);
        } else if (record.value() instanceof TaskOutcome outcome) {
            placement.check(outcome.getJobId(), shard);
            taken.outcomeCame(outcomes.receive(outcome, record));
        } else if (record.value() instanceof JobGraph graph) {
            submit(graph, record);
        } else {
            apply(record);
        }
    }

    private void submit(JobGraph graph, Record<Long, SpecificRecord> record) {
        Events.checkKey(record, graph.getJobId());
        placement.check(graph.getJobId(), shard);
        Optional<String> refusal = graphs.receive(graph, record);
        commands.laneRead(record.timestamp(), graph.getJobId());
        if (refusal.isPresent()) {
            throw new InvalidEventException(refusal.get());
        }
    }

    private void apply(Record<Long, SpecificRecord> record) {
        Event.OfJob event = Events.of(record);
        placement.check(event.job(), shard);
        Expectations.check(record.headers(), scheduler, event.job(), event.session());
        recorder.reads(record.value());
        List<Decision> decisions = scheduler.apply(event);
        decisions.forEach(this::carryOut);
        commands.laneRead(record.timestamp(), event.job());
        if (Outbox.isOfWrongGroup(decisions)) {
            throw new InvalidEventException(Outbox.WRONG_GROUP);
        }
    }

    private void carryOut(Decision decision) {
        recorder.decided(decision);
        outbox.carryOut(decision, now);
    }

    private void tick(long timestamp) {
        if (!ticks.begin()) {
            return;
        }
        now = timestamp;
        came = false;
        meters.tickBegins();
        queryQueue.record().tickBegins(now);
        followSessions();
        commands.tick(now);
        outcomes.tick();
        taken.tick(now);
        LivePolicy live = followPolicy();
        Demand demand = scheduler.demand(budget.needsGroups(now, live));
        Budget available = within(budget.available(now, demand));
        recorder.ticks(now, available, demand);
        int made = scheduler.tick(now, available, this::carryOut);
        int inPools = scheduler.takeOfferedInPools();
        outbox.offers().flush();
        ticks.ended(Math.max(made, inPools));
        outbox.events().tickEnds();
        commits.urgent(made);
        commits.written(inPools);
        Demand left = scheduler.demand(false);
        recorder.ticked();
        commits.work(left.backlog());
        budget.used(now, left, made, scheduler::limits).ifPresent(this::announce);
        meters.tickEnds();
        report.tick(now);
        if (floor != null) {
            floor.tick(now);
            pools.storeFloors(now);
        }
        queryQueue.tickEnded(scheduler, budget, now);
        if (budget.isWanted(now, left)) {
            observers.pacer().active();
        }
        if (now / ageStoredEveryMs != ageStoredIn || storage.isChanged()) {
            commits.open();
        }
    }

    /** Has the scheduler follow the policy, its part of what all shards have together, and returns the whole policy. */
    private LivePolicy followPolicy() {
        LivePolicy live = pools.within(policies.current());
        if (!live.equals(followed)) {
            followed = live;
            LivePolicy part = live.part(placement.shards());
            recorder.obeys(part);
            scheduler.follow(part);
        }
        return live;
    }

    private Budget within(Budget whole) {
        int assignments = ticks.within(whole.assignments());
        return new Budget(assignments, whole.weights(), whole.floor(), whole.limits(), ticks.within(Integer.MAX_VALUE));
    }

    static long ageStoredEveryMs(Policy policy) {
        return Math.max(1, Math.min(AGE_STORED_EVERY_MS, policy.shortestExpiryMillis() / PARTS_OF_EXPIRY));
    }

    /** Stores the passing of time seldom, so that it seldom causes a transaction: a crash loses 1/100 of an expiry at most. */
    private void store() {
        long part = now / ageStoredEveryMs;
        boolean withAge = part != ageStoredIn;
        taken.store();
        scheduler.flush(withAge);
        outbox.events().store();
        outbox.offers().store();
        recorder.store(withAge);
        storage.flush();
        ageStoredIn = part;
    }

    private void announce(ShareNews news) {
        Budgets.store(news, state);
        context.forward(new Record<>(news.share().getPartition(), news.share(), now), Names.SHARES_SINK);
    }

    /** Takes over a session that another shard saw first, or publishes one that the others have not seen. */
    private void followSessions() {
        long newest = NewestSession.highest(newestSession);
        recorder.follows(newest);
        scheduler.apply(new Event.SessionBegan(newest)).forEach(this::carryOut);
        long own = scheduler.session();
        if (own > NewestSession.latest(newestSession) && (own > announcedSession || now >= announceAgainAt)) {
            announcedSession = own;
            announceAgainAt = now + REPUBLISH_MS;
            Session session = new Session(own);
            context.forward(new Record<>(Topic.SESSIONS_KEY, session, now, outbox.epoch()), Names.SESSIONS_SINK);
        }
    }

    /** Streams may call {@link #init} on this object again, and closes it also if that failed. */
    @Override
    public void close() {
        meters.close();
        if (ticks != null) {
            ticks.close();
            ticks = null;
        }
        if (queryQueue != null) {
            queryQueue.close();
            queryQueue = null;
        }
        if (floor != null) {
            floor.close();
            floor = null;
        }
        if (pools != null) {
            pools.close();
            pools = null;
        }
        if (shardWindow != null) {
            shardWindow.close();
            shardWindow = null;
        }
    }
}
