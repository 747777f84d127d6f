package io.yardmaster.topology;

import io.yardmaster.scheduling.Assignment;
import io.yardmaster.scheduling.Decisions;
import io.yardmaster.scheduling.DropReason;
import io.yardmaster.scheduling.Policy;
import io.yardmaster.scheduling.Scheduler;
import io.yardmaster.schemas.CleanupReady;
import io.yardmaster.schemas.CommitReady;
import io.yardmaster.schemas.Epoch;
import io.yardmaster.schemas.Session;
import io.yardmaster.schemas.Share;
import io.yardmaster.schemas.TaskAssignment;
import io.yardmaster.schemas.TaskKind;
import io.yardmaster.schemas.TaskReady;
import io.yardmaster.schemas.Topic;
import io.yardmaster.topology.meters.LaneMeters;
import io.yardmaster.topology.shares.Allowance;
import io.yardmaster.topology.views.Happening;
import io.yardmaster.topology.views.LaneDesk;
import io.yardmaster.topology.window.LaneWindow;
import io.yardmaster.topology.window.Window;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * One {@link Scheduler} on one partition of the lanes: events go in as they arrive, a wall-clock punctuation ticks. What
 * they changed is written when Streams is about to commit ({@link CommitHook}).
 */
final class SchedulerProcessor implements Processor<Long, SpecificRecord, Object, SpecificRecord>, Decisions {
    private static final long REPUBLISH_MS = 1_000;
    private static final long AGE_STORED_EVERY_MS = 60_000;
    private static final int PARTS_OF_EXPIRY = 100;

    private final Policy policy;
    private final Duration tickInterval;
    private final JobPlacement placement;
    private final AssignmentIds ids;
    private final Window window;
    private final Allowances allowances;
    private final Observers observers;

    private ProcessorContext<Object, SpecificRecord> context;
    private int partition;
    private ReadOnlyKeyValueStore<String, ?> newestSession;
    private LaneMeters meters = LaneMeters.NONE;
    private LaneReport report;
    private TakenFloor floor;
    private LaneDesk desk;
    private Scheduler scheduler;
    private LaneWindow lane;
    private Allowance allowance;
    private Headers epoch;
    private long now;
    private long publishAgainAt;
    private final long ageStoredEveryMs;
    private long ageStoredIn;
    private boolean wrongGroup;

    SchedulerProcessor(
            Policy policy,
            Duration tickInterval,
            JobPlacement placement,
            Window window,
            Allowances allowances,
            Observers observers) {
        this.policy = policy;
        long shortestExpiry = Math.min(
                policy.finalizingExpiry().toMillis(), policy.dedupExpiry().toMillis());
        this.ageStoredEveryMs = Math.max(1, Math.min(AGE_STORED_EVERY_MS, shortestExpiry / PARTS_OF_EXPIRY));
        this.tickInterval = tickInterval;
        this.placement = placement;
        this.ids = new AssignmentIds(placement.lanes());
        this.window = window;
        this.allowances = allowances;
        this.observers = observers;
    }

    @Override
    public void init(ProcessorContext<Object, SpecificRecord> processorContext) {
        context = processorContext;
        newestSession = context.getStateStore(Names.SESSIONS_STORE);
        partition = context.taskId().partition();
        meters = observers.meters().open(partition);
        desk = observers.inquiries().open(partition);
        // Assignments come numbered from 1 on, and get their ids here.
        scheduler = new Scheduler(policy, new KafkaStorage(context.getStateStore(Names.STATE_STORE)), 0, this);
        context.<CommitHook>getStateStore(Names.COMMIT_HOOK).beforeCommit(this::store);
        lane = window.open(partition);
        observers.sessions().goesOn(scheduler.session());
        floor = partition == 0 ? new TakenFloor(context.getStateStore(Names.STATE_STORE), window) : null;
        epoch = epoch(scheduler.session());
        allowance = allowances.open(context, lane, this::publish);
        report = new LaneReport(scheduler, allowance, meters);
        context.schedule(tickInterval, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<Long, SpecificRecord> record) {
        Events.check(record.key(), record.value());
        placement.check(record.key(), partition);
        wrongGroup = false;
        String trace = PackedTrace.of(record.headers());
        if (record.value() instanceof TaskReady ready) {
            Expectations.check(record.headers(), scheduler, ready.getJobId(), ready.getSessionId());
            scheduler.ready(
                    ready.getResourceGroupId(),
                    ready.getJobId(),
                    ready.getSessionId(),
                    Events.indices(ready),
                    ready.getAttempt(),
                    record.timestamp(),
                    trace);
        } else if (record.value() instanceof CommitReady commit) {
            Expectations.check(record.headers(), scheduler, commit.getJobId(), commit.getSessionId());
            desk.record().happened(Happening.COMMIT, commit.getJobId());
            scheduler.commit(
                    commit.getResourceGroupId(), commit.getJobId(), commit.getSessionId(), record.timestamp(), trace);
        } else if (record.value() instanceof CleanupReady cleanup) {
            Expectations.check(record.headers(), scheduler, cleanup.getJobId(), cleanup.getSessionId());
            desk.record().happened(cleanup.getHasTask() ? Happening.CLEANUP : Happening.ENDED, cleanup.getJobId());
            scheduler.cleanup(
                    cleanup.getResourceGroupId(),
                    cleanup.getJobId(),
                    cleanup.getSessionId(),
                    cleanup.getHasTask(),
                    record.timestamp(),
                    trace);
        }
        if (wrongGroup) {
            throw new SenselessEventException("the resource group is not the one of the job's earlier events");
        }
    }

    private void tick(long timestamp) {
        now = timestamp;
        meters.tickBegins();
        desk.record().tickBegins(now);
        followSessions();
        int made = scheduler.tick(now, allowance.room(now, scheduler));
        allowance.spent(now, scheduler, made);
        meters.tickEnds();
        report.tick(now);
        if (floor != null) {
            floor.tick(now);
        }
        desk.tickEnded(scheduler, allowance, now);
        if (allowance.isWanted(now, scheduler)) {
            observers.pacer().active();
        }
    }

    /** That time has passed is seldom a reason for a transaction: a crash loses a hundredth of an expiry of it at most. */
    private void store() {
        long part = now / ageStoredEveryMs;
        scheduler.flush(part != ageStoredIn);
        ageStoredIn = part;
    }

    private void publish(Share share) {
        context.forward(new Record<>(share.getPartition(), share, now), Names.SHARES_SINK);
    }

    /** Takes over a session that another partition saw first, or tells the others of one that they have not seen. */
    private void followSessions() {
        Long published = (Long) newestSession.get(NewestSession.KEY);
        long newest = published == null ? -1 : published;
        scheduler.session(newest);
        if (scheduler.session() > newest && now >= publishAgainAt) {
            publishAgainAt = now + REPUBLISH_MS;
            Session session = new Session(scheduler.session());
            context.forward(new Record<>(Topic.SESSIONS_KEY, session, now, epoch), Names.SESSIONS_SINK);
        }
    }

    @Override
    public void assign(Assignment assignment) {
        TaskAssignment value = new TaskAssignment(
                ids.of(partition, assignment.id()),
                assignment.group(),
                assignment.job(),
                switch (assignment.kind()) {
                    case TASK -> TaskKind.TASK;
                    case COMMIT -> TaskKind.COMMIT;
                    case CLEANUP -> TaskKind.CLEANUP;
                },
                assignment.taskIndex(),
                assignment.attempt(),
                assignment.session(),
                Instant.ofEpochMilli(assignment.readyAt()));
        Record<Object, SpecificRecord> made = new Record<>(assignment.job(), value, now, epoch);
        if (assignment.trace() != null) {
            PackedTrace.unpack(assignment.trace()).addTo(made.headers());
        }
        context.forward(made, Names.DISPATCH_SINK);
        meters.assigned(assignment.kind(), Math.max(0, now - assignment.readyAt()));
        desk.record().assigned(assignment);
    }

    /** The same for all records of a session: each copies it. */
    private Headers epoch(long session) {
        return new RecordHeaders().add(lane.stamp(Epoch.HEADER, Epoch.encode(session)));
    }

    @Override
    public void drop(DropReason reason, long job, long count) {
        meters.dropped(reason, count);
        desk.record().dropped(reason, job, count);
        wrongGroup |= reason == DropReason.WRONG_GROUP;
    }

    @Override
    public void retire(long job) {
        desk.record().happened(Happening.RETIRED, job);
    }

    @Override
    public void join(long job) {
        desk.record().happened(Happening.ACTIVE, job);
    }

    @Override
    public void await(long job, boolean displaced) {
        desk.record().happened(displaced ? Happening.DISPLACED : Happening.PENDING, job);
    }

    @Override
    public void beginSession(long session) {
        epoch = epoch(session);
        publishAgainAt = now;
        observers.sessions().began(session, partition);
    }

    /** Streams may open this very object again, and closes it also when opening it failed. */
    @Override
    public void close() {
        meters.close();
        if (desk != null) {
            desk.close();
            desk = null;
        }
        if (floor != null) {
            floor.close();
            floor = null;
        }
        if (lane != null) {
            lane.close();
            lane = null;
        }
    }
}
