package io.yardmaster.topology;

import io.yardmaster.schemas.Topic;
import io.yardmaster.schemas.serde.RegistryUnavailableException;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.meters.Meters;
import io.yardmaster.topology.pacing.CommitPacers;
import io.yardmaster.topology.pacing.IdlePacer;
import io.yardmaster.topology.policy.LivePolicies;
import io.yardmaster.topology.pools.PoolKeeper;
import io.yardmaster.topology.upkeep.Upkeep;
import io.yardmaster.topology.views.DeadLetterTail;
import io.yardmaster.topology.views.JobPast;
import io.yardmaster.topology.window.AssignmentPlacer;
import io.yardmaster.topology.window.DispatchWindow;
import io.yardmaster.topology.window.GroupOffsetPoller;
import io.yardmaster.topology.window.LostOffsets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of the scheduler: the topology running on Kafka Streams, and the threads that poll the group and keep
 * the topics.
 */
public final class SchedulerService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchedulerService.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);
    /** Limit after a failure, because other instances can take over only when the process is gone. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final SchedulerConfig config;
    private final Time wallClock;
    private final Meters meters;
    private final Duration upkeepInterval;
    private final ShardsLog shardsLog = new ShardsLog();
    private final RestoreProgress restoring = new RestoreProgress(System::nanoTime);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final StreamThreadFailures failures =
            new StreamThreadFailures(() -> closing.getCount() == 0, Duration.ofSeconds(2), this::failed);

    private final IdlePacer pacer;

    private String version = "unknown";
    private Admin admin;
    private final Planners planners;
    private GroupOffsetPoller poller;
    private PoolKeeper pools;
    private KafkaStreams streams;
    private DispatchWindow window;
    private volatile InstanceStatus status;
    private DeadLetterTail deadLetters;
    private JobPast past;
    private Upkeep upkeep;
    private StateOrigin origin;
    private volatile InstanceQueries queries;
    private volatile boolean abandoned;

    public SchedulerService(SchedulerConfig config) {
        this(config, Time.SYSTEM, Meters.NONE, Upkeep.INTERVAL);
    }

    /** Makes an instance with meters, and the version that other instances see. */
    public SchedulerService(SchedulerConfig config, Meters meters, String version) {
        this(config, Time.SYSTEM, meters, Upkeep.INTERVAL);
        this.version = version;
    }

    /** Makes an instance with a wall clock that tests set back and forward. */
    SchedulerService(SchedulerConfig config, Time wallClock, Meters meters, Duration upkeepInterval) {
        this.config = config;
        this.wallClock = wallClock;
        this.meters = meters;
        this.upkeepInterval = upkeepInterval;
        this.pacer = Pacing.of(config, System::nanoTime);
        this.planners = new Planners(config.plans().threads());
    }

    /** The topology as Streams describes it; needs neither broker nor registry. */
    public static String describe(SchedulerConfig config) {
        return SchedulerTopology.describe(config);
    }

    /**
     * Starts; the topics exist. Returns before the first partition is assigned, see {@link #awaitRunning}.
     *
     * @throws SchedulerException if the broker, a topic or the registry cannot be reached
     */
    public void start() {
        try {
            admin = Admin.create(new HashMap<>(config.kafka()));
            TopicLookup topics = new TopicLookup(admin);
            int shards = topics.partitions(config.topics().of(Topic.READY));
            String dispatch = config.topics().of(Topic.DISPATCH);
            int dispatchPartitions = topics.partitions(dispatch);
            int placing = topics.check(config.topics());
            WrittenSchemas.register(config, placing > 0);
            origin = new StateOrigin(config);
            Optional<Uuid> changelog = topics.id(Names.changelog(config));
            origin.check(changelog);
            OwnPlace place = new OwnPlace(admin, config, shards, placing);
            origin.haveOffsets(place.ensure(changelog.isPresent(), origin.topicsWithOffsets()));
            LOG.info("starting {}; lanes have {} partition(s), dispatch {}", config, shards, dispatchPartitions);
            window = OutstandingSources.window(config, shards, dispatchPartitions, pacer)
                    .of(topics.id(dispatch).orElse(Uuid.ZERO_UUID));
            Observers observers = new Observers(
                    meters, pacer, new CommitPacers(StreamsSettings.commitInterval(config), System::nanoTime));
            LivePolicies policies = LivePolicies.of(config, shards);
            pools = OutstandingSources.pools(config, shards, admin, pacer, policies);
            Optional<PlacementOptions> plans = Optional.of(PlacementOptions.of(
                            config.plans(), placing, planners, wallClock::milliseconds, pools::partitions))
                    .filter(some -> placing > 0)
                    .map(some -> config.keepTaken().isEmpty() ? some : some.purgedBy(admin, upkeepInterval));
            var windows = OutstandingSources.window(config, admin, window, pools, observers.globalPositions());
            Topology topology = SchedulerTopology.build(config, shards, windows, observers, policies, plans);
            StreamTasks tasks = StreamTasks.of(topology, config.topics().of(Topic.READY));
            streams = new KafkaStreams(
                    topology,
                    StreamsSettings.of(config, observers.refusedOutcomes()),
                    new FencedClients(
                            tasks,
                            Set.of(config.topics().of(Topic.COMMANDS)),
                            new AssignmentPlacer(dispatch),
                            observers,
                            new DeadLetterReport(config.topics().deadLetter(), meters, System::nanoTime)),
                    new SteadyTime(wallClock));
            // Streams keeps other processes out of the directory by now.
            AgedState.delete(StateOrigin.directory(config), Instant.now());
            streams.setUncaughtExceptionHandler(failures);
            streams.setStateListener((now, before) -> stateChanged(now));
            Restorations restorations = new Restorations(restoring, pacer);
            streams.setGlobalStateRestoreListener(new CheckpointGuard(StateOrigin.directory(config), restorations));
            streams.setStandbyUpdateListener(restorations);
            LostOffsets lostOffsets = OutstandingSources.lostOffsets(config, admin, window);
            poller = new GroupOffsetPoller(
                    OutstandingSources.source(config, shards, admin, window, lostOffsets),
                    config.dispatchGroup(),
                    pacer);
            deadLetters = DeadLetterTail.of(config);
            past = JobPast.of(config);
            upkeep = new Upkeep(
                    admin,
                    config,
                    policies::current,
                    deadLetters,
                    () -> running.getCount() == 0 && window.openShards().contains(0),
                    wallClock::milliseconds,
                    upkeepInterval);
            upkeep.start();
            status = new InstanceStatus(streams, window, poller, restoring, lostOffsets, pools, upkeep);
            queries = new InstanceQueries(
                    new InstanceQueries.Identity(
                            config.address().orElse(""), version, config.applicationId(), wallClock.milliseconds()),
                    streams,
                    tasks,
                    window,
                    poller,
                    observers.queries(),
                    observers.placements(),
                    restorations,
                    FleetMembers.of(admin, config),
                    deadLetters,
                    past,
                    policies,
                    () -> PoolProblems.of(pools.problems(), policies.current(), placing > 0, config.topics()),
                    shards);
            pools.start();
            streams.start();
        } catch (UncheckedIOException e) {
            close();
            throw new SchedulerException("state.dir=" + config.stateDir() + ": " + e.getMessage(), e);
        } catch (KafkaException e) {
            close();
            throw new SchedulerException("the scheduler cannot start: " + reason(e), e);
        } catch (SchedulerException e) {
            close();
            throw e;
        } catch (IOException e) {
            close();
            throw new SchedulerException(
                    "the scheduler cannot start: state.dir=" + config.stateDir() + ": " + e.getMessage(), e);
        }
    }

    /** Adds the directory to Streams' exceptions about the disk, which do not name it. */
    private String reason(KafkaException e) {
        return !(e instanceof RegistryUnavailableException) && StreamThreadFailures.root(e) instanceof IOException disk
                ? "state.dir=" + config.stateDir() + ": " + disk.getMessage()
                : e.getMessage();
    }

    private void stateChanged(KafkaStreams.State state) {
        if (state == KafkaStreams.State.RUNNING) {
            restoring.running();
            shardsLog.rebalanced(window.openShards());
            running.countDown();
        } else if (state.hasCompletedShutdown()) {
            ended();
        }
    }

    private void ended() {
        stopped.countDown();
        running.countDown();
    }

    /**
     * Ends the waiting for Streams after a while: it stops only when all of its threads have, also one that is held up
     * for ever, as in a write to a disk that does not answer.
     */
    private void failed() {
        CompletableFuture.delayedExecutor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .execute(() -> {
                    if (stopped.getCount() > 0) {
                        LOG.error("Kafka Streams does not stop, so it is left as it is");
                        abandoned = true;
                        ended();
                    }
                });
    }

    /**
     * Waits until shards are assigned and their state is restored.
     *
     * @throws SchedulerException if that takes longer, or the scheduler stops instead
     */
    public void awaitRunning(Duration timeout) {
        if (!isRunningWithin(timeout)) {
            throw new SchedulerException("the scheduler is not running after " + timeout.toSeconds() + " s", null);
        }
    }

    /**
     * Waits like {@link #awaitRunning}; returns false if the time is over first.
     *
     * @throws SchedulerException if the scheduler stops instead
     */
    public boolean isRunningWithin(Duration time) {
        try {
            if (!running.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SchedulerException("interrupted while starting", e);
        }
        if (stopped.getCount() == 0) {
            throw stoppedBecause(failures.fatal());
        }
        rememberOrigin();
        return true;
    }

    /** A sentence for people on what the start is waiting for. */
    public String progress() {
        int shards = restoring.shards();
        return shards > 0
                ? "restoring the state of %s shard(s), %s records left".formatted(shards, restoring.remaining())
                : "waiting for Kafka to assign shards";
    }

    /** Notes the changelog, which exists by now, as the origin of the local state. */
    private void rememberOrigin() {
        try {
            origin.remember(new TopicLookup(admin).id(Names.changelog(config)));
        } catch (IOException | SchedulerException e) {
            LOG.warn("the origin of the local state, its changelog's id, could not be noted: {}", e.getMessage());
        }
    }

    private SchedulerException stoppedBecause(Throwable fatal) {
        String line = "the scheduler stopped: " + (fatal == null ? "it was closed" : fatal.getMessage());
        return fatal instanceof SetupException ? new SetupException(line, fatal) : new SchedulerException(line, fatal);
    }

    /** Waits until the scheduler has stopped, by {@link #close} or by a failure, which is then thrown. */
    public void awaitStopped() throws InterruptedException {
        stopped.await();
        if (failures.fatal() != null) {
            throw stoppedBecause(failures.fatal());
        }
    }

    /** Status of this instance; empty before the start, or if that failed. */
    public Optional<InstanceStatus> status() {
        return Optional.ofNullable(status);
    }

    /** True if all stream tasks run and the group's offsets are recent enough to dispatch. */
    public boolean isRunning() {
        return status().map(InstanceStatus::isReady).orElse(false);
    }

    /** Queries to this instance; empty before the start, or if that failed. */
    public Optional<InstanceQueries> queries() {
        return Optional.ofNullable(queries);
    }

    /** Leaves the group, so that other instances take over at once. May be called more than once. */
    @Override
    public void close() {
        closing.countDown();
        // A resting stream thread would notice only after its rest that it must stop.
        pacer.stop();
        if (streams != null) {
            streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                    .withTimeout(abandoned ? Duration.ZERO : CLOSE_TIMEOUT));
        }
        planners.close();
        if (poller != null) {
            poller.close();
        }
        if (pools != null) {
            pools.close();
        }
        if (upkeep != null) {
            upkeep.close();
        }
        if (past != null) {
            past.close();
        }
        if (deadLetters != null) {
            deadLetters.close();
        }
        if (admin != null) {
            admin.close(Duration.ofSeconds(5));
        }
        ended();
    }
}
