package io.yardmaster.topology;

import io.yardmaster.core.placement.HeartbeatAnswer;
import io.yardmaster.core.placement.OfferedUnit;
import io.yardmaster.core.placement.PlacedTask;
import io.yardmaster.core.placement.PlacementOutput;
import io.yardmaster.core.placement.PlanReport;
import io.yardmaster.core.placement.PoolPlacement;
import io.yardmaster.core.placement.TaskRef;
import io.yardmaster.core.values.LimitKeys;
import io.yardmaster.schemas.Host;
import io.yardmaster.schemas.HostHeaders;
import io.yardmaster.schemas.Offer;
import io.yardmaster.schemas.OfferEnd;
import io.yardmaster.schemas.OfferKind;
import io.yardmaster.schemas.TopicNames;
import io.yardmaster.topology.meters.PlacementMeters;
import io.yardmaster.topology.pacing.CommitPacer;
import io.yardmaster.topology.policy.LivePolicies;
import io.yardmaster.topology.policy.PolicySnapshot;
import io.yardmaster.topology.views.PlacementQueries;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link PoolPlacement} of the pools of one partition: it decodes heartbeats and offers, and writes assignments into the partitions of
 * hosts, in the transaction that has the bookings. A task that loses its place goes back to its shard as an outcome that says
 * REFUSED.
 */
final class PlacementProcessor implements Processor<byte[], SpecificRecord, Object, SpecificRecord>, PlacementOutput {
    private static final Logger LOG = LoggerFactory.getLogger(PlacementProcessor.class);
    /** A longer time between two looks does not count as silence of hosts: this instance was silent itself. */
    private static final long MOST_BETWEEN_MS = 2_000;

    private static final long REPORT_MS = 1_000;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1);

    private final TopicNames topics;
    private final PlacementOptions options;
    private final LivePolicies policies;
    private final Observers observers;
    private final PlacementRecords records;

    private HeartbeatCheck check;
    private ProcessorContext<Object, SpecificRecord> context;
    private ReadOnlyKeyValueStore<String, ?> newestSession;
    private KafkaStorage storage;
    private PoolPlacement placement;
    private long wallClock;
    private long paused;
    private long reportedAt;
    private CommitPacer commits;
    /** The number of records that were written since the latest commit was asked for. */
    private int written;
    /** The partitions of hosts that get tasks in this transaction. */
    private final Set<PlacedPartition> reached = new HashSet<>();

    private HostFloors floors;
    private PlacementQueries.Desk desk;
    private PlacementMeters meters = PlacementMeters.NONE;

    private record PlacedPartition(String pool, int partition) {}

    PlacementProcessor(TopicNames topics, PlacementOptions options, LivePolicies policies, Observers observers) {
        this.topics = topics;
        this.options = options;
        this.policies = policies;
        this.observers = observers;
        this.records = new PlacementRecords(topics);
    }

    @Override
    public void init(ProcessorContext<Object, SpecificRecord> processorContext) {
        context = processorContext;
        check = new HeartbeatCheck(
                context.taskId().partition(), options.shards(), options.wallClock(), options.partitions());
        newestSession = context.getStateStore(Names.SESSIONS_STORE);
        KeyValueStore<Bytes, byte[]> state = context.getStateStore(Names.PLACEMENT_STORE);
        wallClock = context.currentSystemTimeMs();
        paused = 0;
        reached.clear();
        storage = new KafkaStorage(state);
        placement = new PoolPlacement(
                storage,
                options.policy(),
                new LivePoolChoices(policies),
                options.executor(),
                () -> System.nanoTime() / 1_000_000,
                this,
                wallClock);
        floors = new HostFloors(topics, options.partitions(), options.ends(), options.betweenFloors());
        observers.floors().add(floors);
        desk = observers.placements().open(context.taskId().partition());
        meters = observers.meters().openPlacement(context.taskId().partition());
        context.<CommitHook>getStateStore(Names.PLACEMENT_COMMIT_HOOK)
                .beforeCommit(flushing(placement, storage, reached));
        context.schedule(options.interval(), PunctuationType.WALL_CLOCK_TIME, this::tick);
        commits = observers.commits().ofThisThread();
        if (commits.isUsed()) {
            context.schedule(BETWEEN_LOOKS, PunctuationType.WALL_CLOCK_TIME, timestamp -> look());
        }
    }

    /** Streams may commit once more when this is closed. */
    private static Runnable flushing(PoolPlacement opened, KafkaStorage storage, Set<PlacedPartition> reached) {
        return () -> {
            opened.flush();
            storage.flush();
            reached.clear();
        };
    }

    /** Has what was written committed in time; this thread may have no shard that does. */
    private void look() {
        if (commits.isDue()) {
            context.commit();
        }
    }

    /** A clock that stands still while this instance does: then it hears of no host, and must take none for silent. */
    private long now() {
        return wallClock - paused;
    }

    @Override
    public void process(Record<byte[], SpecificRecord> received) {
        commits.work(1);
        if (received.value() instanceof Host host) {
            heard(host, received);
        } else if (received.value() instanceof Offer offer) {
            offered(offer, received);
        } else {
            throw new InvalidEventException("the record has no value");
        }
        commitSoon();
    }

    /** Somebody waits for each record: a host for its task, or a shard for one that comes back. */
    private void commitSoon() {
        if (written > 0) {
            if (commits.isUsed()) {
                commits.written(written);
            } else {
                context.commit();
            }
            written = 0;
        }
    }

    private void write(Record<Object, SpecificRecord> made, String sink) {
        written++;
        context.forward(made, sink);
    }

    private void heard(Host host, Record<byte[], SpecificRecord> received) {
        boolean isPlaced = policies.current().placed().contains(host.getPool());
        if (!isPlaced && !placement.isKnown(host.getPool())) {
            // The next heartbeat counts, if the policy has the pool by then.
            check.passedOver(host);
            return;
        }
        check.host(host, received.key(), now(), placement.view()).ifPresent(this::heard);
    }

    private void heard(io.yardmaster.core.placement.Host described) {
        HeartbeatAnswer answer = placement.heartbeat(described, now());
        if (answer.isRefused()) {
            tell(answer, described);
            throw new InvalidEventException(answer.reason());
        }
        if (!answer.reason().isEmpty()) {
            LOG.warn("{}", answer.reason());
        }
    }

    /** Tells a host that nobody counts on it any more: a record without a value, in which it is named. */
    private void tell(HeartbeatAnswer answer, io.yardmaster.core.placement.Host host) {
        boolean replaced = answer.kind() == HeartbeatAnswer.Kind.REPLACED;
        if (replaced || answer.kind() == HeartbeatAnswer.Kind.RELEASED) {
            var key = new PlacedKey(0, topics.dispatch(host.pool()), host.dispatchPartition());
            Record<Object, SpecificRecord> told = new Record<>(key, null, context.currentSystemTimeMs());
            HostHeaders.addTo(told.headers(), host.name(), host.incarnation());
            HostHeaders.addEnd(told.headers(), replaced, answer.newest());
            write(told, Names.PLACED_SINK);
            floors.wrote(host.pool(), host.dispatchPartition());
            commitSoon();
        }
    }

    private void offered(Offer offer, Record<byte[], SpecificRecord> received) {
        PlacementEvents.checkKey(received.key(), offer.getPool());
        String pool = offer.getPool();
        placement.beginSession(offer.getSessionId());
        if (offer.getSessionId() < placement.session()) {
            return;
        }
        switch (offer.getKind()) {
            case OFFERED ->
                PlacementEvents.units(offer, received.headers()).forEach(unit -> placement.offer(pool, unit));
            case ENDED -> PlacementEvents.ends(offer).forEach(end -> ended(pool, offer.getSessionId(), end));
            case KILLED, RECALLED ->
                placement.withdraw(
                        pool,
                        offer.getJobId(),
                        offer.getFirstTask(),
                        offer.getTasks(),
                        offer.getKind() == OfferKind.KILLED,
                        offer.getReason());
            case PRIORITIZED -> placement.prioritize(pool, offer.getJobId(), offer.getPriority());
            default -> throw new InvalidEventException("an offer of a kind that this version does not know");
        }
    }

    private void ended(String pool, long session, OfferEnd end) {
        TaskRef task = new TaskRef(end.getJobId(), session, end.getTask(), end.getAttempt());
        placement.ended(pool, task, end.getAssignmentId(), end.getRefused(), now());
    }

    private void tick(long timestamp) {
        paused += Math.max(0, timestamp - wallClock - MOST_BETWEEN_MS);
        wallClock = timestamp;
        placement.beginSession(NewestSession.highest(newestSession));
        recall(policies.current());
        placement.tick(now());
        if (placement.isPlanning()) {
            observers.pacer().active();
        }
        floors.look(placement.view(), now());
        commitSoon();
        if (storage.isChanged()) {
            commits.open();
        }
        if (desk.isAsked()) {
            desk.answer(placement.view(), now());
        }
        if (wallClock - reportedAt >= REPORT_MS) {
            reportedAt = wallClock;
            meters.pools(placement.view().pools(now()));
        }
    }

    /** Gives the tasks of pools that are closed back: they wait at their shards, which know why. */
    private void recall(PolicySnapshot policy) {
        for (String pool : placement.waitingPools()) {
            if (!policy.placed().contains(pool)) {
                placement.recall(pool, "pool " + pool + " does not place tasks on hosts any more");
            } else if (policy.live().limits().getOrDefault(LimitKeys.ofPool(pool), 0L) == 0) {
                placement.recall(pool, "pool " + pool + " is paused");
            }
        }
    }

    @Override
    public void assigned(OfferedUnit unit, TaskRef task, io.yardmaster.core.placement.Host host) {
        write(records.assignment(unit, task, host, context.currentSystemTimeMs()), Names.PLACED_SINK);
        if (reached.add(new PlacedPartition(host.pool(), host.dispatchPartition()))) {
            commits.reaches(1);
            floors.wrote(host.pool(), host.dispatchPartition());
        }
    }

    @Override
    public void returned(String pool, TaskRef task, long group, long assignment, boolean killed, String reason) {
        write(
                records.returned(task, group, assignment, killed, reason, context.currentSystemTimeMs()),
                Names.RETURNED_SINK);
        commits.urgent(1);
    }

    @Override
    public void lost(String pool, PlacedTask lost, String reason) {
        TaskRef task = lost.booking().task();
        LOG.warn("task {} of job {} has lost its place: {}", task.task(), task.job(), reason);
        giveBack(lost, reason, context.currentSystemTimeMs());
    }

    @Override
    public void preempted(String pool, PlacedTask preempted, String reason) {
        TaskRef task = preempted.booking().task();
        LOG.info("task {} of job {} was {}", task.task(), task.job(), reason);
        // A gang comes back at one time, so that its shard offers it as a whole.
        giveBack(preempted, reason, wallClock);
    }

    /** Tells the host that runs a task to stop it, and its shard to offer it again. */
    private void giveBack(PlacedTask lost, String reason, long now) {
        write(records.kill(lost, reason, now), Names.PLACEMENT_KILLS_SINK);
        write(records.lost(lost, reason, now), Names.RETURNED_SINK);
        commits.urgent(1);
    }

    @Override
    public void released(String pool, String host) {
        LOG.warn("host {} of pool {} was silent for too long, and is not counted on any more", host, pool);
        meters.released(pool);
    }

    @Override
    public void planned(PlanReport report) {
        LOG.debug("{}", report);
        meters.planned(report);
    }

    @Override
    public void failed(String pool, Throwable error) {
        LOG.error("planning of pool '{}' has failed, and is tried again after its back-off", pool, error);
        meters.failed(pool);
    }

    @Override
    public void close() {
        if (floors != null) {
            observers.floors().remove(floors);
            floors = null;
        }
        if (placement != null) {
            try {
                placement.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            placement = null;
        }
        if (desk != null) {
            desk.close();
            desk = null;
        }
        meters.close();
    }
}
