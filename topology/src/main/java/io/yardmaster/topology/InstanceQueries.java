package io.yardmaster.topology;

import io.yardmaster.core.placement.HostPage;
import io.yardmaster.core.placement.HostWait;
import io.yardmaster.core.placement.PlacementView;
import io.yardmaster.core.placement.PoolHosts;
import io.yardmaster.core.placement.PoolLoad;
import io.yardmaster.core.values.FailurePage;
import io.yardmaster.core.values.StagePage;
import io.yardmaster.core.view.HistoryEntry;
import io.yardmaster.core.view.JobLocation;
import io.yardmaster.core.view.JobPage;
import io.yardmaster.core.view.JobQuery;
import io.yardmaster.topology.config.HostPort;
import io.yardmaster.topology.config.Labels;
import io.yardmaster.topology.policy.LivePolicies;
import io.yardmaster.topology.policy.PolicySnapshot;
import io.yardmaster.topology.views.DeadLetterTail;
import io.yardmaster.topology.views.FleetGroup;
import io.yardmaster.topology.views.InstanceSnapshot;
import io.yardmaster.topology.views.JobPast;
import io.yardmaster.topology.views.PlacementQueries;
import io.yardmaster.topology.views.ShardLeftException;
import io.yardmaster.topology.views.ShardLoad;
import io.yardmaster.topology.views.ShardQueries;
import io.yardmaster.topology.views.ShardRecord;
import io.yardmaster.topology.views.ShardSnapshotSource;
import io.yardmaster.topology.views.ShardSummary;
import io.yardmaster.topology.window.DispatchWindow;
import io.yardmaster.topology.window.GroupOffsetPoller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;

/** Answers queries about this instance, exactly, and about the addresses of the others. Safe for use by any thread. */
public final class InstanceQueries {
    private static final int RUNS = 50;
    private static final int EVENTS = 100;

    private final Identity identity;
    private final KafkaStreams streams;
    private final StreamTasks tasks;
    private final DispatchWindow window;
    private final GroupOffsetPoller poller;
    private final ShardQueries queries;
    private final PlacementQueries placements;
    private final Restorations restorations;
    private final FleetMembers members;
    private final DeadLetterTail deadLetters;
    private final JobPast past;
    private final LivePolicies policies;
    private final Supplier<Map<String, String>> poolProblems;
    private final int shards;

    /** The instance as others see it. */
    record Identity(String instance, String version, String applicationId, long upSinceMs) {}

    InstanceQueries(
            Identity identity,
            KafkaStreams streams,
            StreamTasks tasks,
            DispatchWindow window,
            GroupOffsetPoller poller,
            ShardQueries queries,
            PlacementQueries placements,
            Restorations restorations,
            FleetMembers members,
            DeadLetterTail deadLetters,
            JobPast past,
            LivePolicies policies,
            Supplier<Map<String, String>> poolProblems,
            int shards) {
        this.identity = identity;
        this.streams = streams;
        this.tasks = tasks;
        this.window = window;
        this.poller = poller;
        this.queries = queries;
        this.placements = placements;
        this.restorations = restorations;
        this.members = members;
        this.deadLetters = deadLetters;
        this.past = past;
        this.policies = policies;
        this.poolProblems = poolProblems;
        this.shards = shards;
    }

    /** Address at which this instance answers. */
    public String instance() {
        return identity.instance();
    }

    /** Number of shards, which is the number of partitions of each lane. */
    public int shards() {
        return shards;
    }

    /** Number of partitions of the dispatch topic. */
    public int dispatchPartitions() {
        return window.partitions();
    }

    /** This instance; shards that do not answer within the timeout are left out. */
    public InstanceSnapshot snapshot(Duration timeout) {
        SortedMap<Integer, ShardSummary> summaries = ask(ShardSummary::of, timeout);
        return new InstanceSnapshot(
                identity.instance(),
                identity.version(),
                identity.applicationId(),
                identity.upSinceMs(),
                Labels.of(streams.state()),
                shardsOf(ThreadMetadata::activeTasks),
                shardsOf(ThreadMetadata::standbyTasks),
                restorations.current(),
                new InstanceSnapshot.WindowState(
                        Arrays.stream(window.outstandingByPartition()).boxed().toList(),
                        window.isFresh(),
                        window.offsetsAge().toMillis(),
                        poller.backoff()),
                List.copyOf(summaries.values()),
                queries.rates().all());
    }

    private List<Integer> shardsOf(Function<ThreadMetadata, Collection<TaskMetadata>> ofThread) {
        return List.copyOf(tasks.shardsOf(streams.metadataForLocalThreads().stream()
                .flatMap(thread -> ofThread.apply(thread).stream())
                .map(TaskMetadata::taskId)
                .toList()));
    }

    /**
     * A page of jobs of one shard; empty if the shard is not here, or does not answer within the timeout.
     *
     * @throws IllegalArgumentException if the query does not go on from the end of a page
     */
    public Optional<JobPage> jobs(int shard, JobQuery query, Duration timeout) {
        return Optional.ofNullable(ask(
                        source -> source.shard() == shard
                                ? source.scheduler().view().jobs(query).in(shard)
                                : null,
                        timeout)
                .get(shard));
    }

    /**
     * The work of each shard of this instance that answers within the timeout.
     *
     * @param job is among the jobs of its shard, if that is here
     * @param mostJobs of a shard; besides, a bounded number of those of which tasks run and none waits
     */
    public List<ShardLoad> loads(long job, int mostJobs, Duration timeout) {
        return new LoadQueries(this::ask, mostJobs, timeout).read(job);
    }

    /** A job in its shard, and what this instance saw happen to it since that time. */
    private record Seen(JobLocation location, List<HistoryEntry> history, long since) {}

    /** The job in each shard of this instance that knows it. */
    public List<JobLocation> job(long job, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<JobLocation> found = new ArrayList<>();
        ask(source -> locate(source, job), timeout).forEach((shard, seen) -> {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            found.add(seen.location().in(shard, history(job, seen, left)));
        });
        return found;
    }

    /** Stages of the graph of a job, if a shard of this instance knows it; from this number on, at most {@code limit}. */
    public Optional<StagePage> stages(long job, int from, int limit, Duration timeout) {
        return first(
                source -> source.scheduler().view().stages(job, from, limit).orElse(null), timeout);
    }

    /** Failed tasks of the graph of a job, likewise; from this index on. */
    public Optional<FailurePage> failures(long job, int from, int limit, Duration timeout) {
        return first(
                source -> source.scheduler().view().failures(job, from, limit).orElse(null), timeout);
    }

    private <T> Optional<T> first(Function<ShardSnapshotSource, T> query, Duration timeout) {
        return ask(query, timeout).values().stream().findFirst();
    }

    private static Seen locate(ShardSnapshotSource source, long job) {
        ShardRecord record = source.record();
        List<HistoryEntry> history = record.history(job, EVENTS);
        return source.scheduler()
                .view()
                .job(job, RUNS)
                .map(location -> new Seen(location, history, record.historySince()))
                .orElse(null);
    }

    private List<HistoryEntry> history(long job, Seen seen, Duration limit) {
        List<HistoryEntry> history = new ArrayList<>(past.of(job, seen.since(), limit));
        history.addAll(seen.history());
        return List.copyOf(history.subList(Math.max(0, history.size() - EVENTS), history.size()));
    }

    private <T> SortedMap<Integer, T> ask(Function<ShardSnapshotSource, T> query, Duration timeout) {
        return await(queries.askAll(query), timeout);
    }

    private <T> SortedMap<Integer, T> ask(
            IntPredicate which, Function<ShardSnapshotSource, T> query, Duration timeout) {
        return await(queries.ask(which, query), timeout);
    }

    /** The pools of this instance that place tasks on hosts. */
    public List<PoolHosts> pools(Duration timeout) {
        return await(placements.askAll(PlacementView::pools), timeout).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    /** A page of the hosts of a pool; empty if this instance does not place its tasks. */
    public Optional<HostPage> hosts(String pool, String after, int limit, Duration timeout) {
        return await(placements.askAll((view, now) -> view.hosts(pool, after, limit, now)), timeout).values().stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The tasks of a job that wait for hosts in pools of this instance. */
    public List<HostWait> hostWaits(long job, Duration timeout) {
        return await(placements.askAll((view, now) -> view.waits(job, now)), timeout).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    /**
     * The loads of some pools, if this instance places their tasks on hosts.
     *
     * @param job is counted in each
     * @param mostHosts of the pools of a partition together; one that does not fit is not complete
     * @param mostTasks likewise
     */
    public List<PoolLoad> poolLoads(Set<String> pools, long job, int mostHosts, int mostTasks, Duration timeout) {
        return await(placements.askAll((view, now) -> view.loads(pools, job, mostHosts, mostTasks, now)), timeout)
                .values()
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private static <T> SortedMap<Integer, T> await(SortedMap<Integer, CompletableFuture<T>> all, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        SortedMap<Integer, T> answers = new TreeMap<>();
        for (Map.Entry<Integer, CompletableFuture<T>> asked : all.entrySet()) {
            try {
                T answer = asked.getValue().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (answer != null) {
                    answers.put(asked.getKey(), answer);
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IllegalArgumentException wrong) {
                    throw wrong;
                }
                if (!(e.getCause() instanceof ShardLeftException)) {
                    throw new IllegalStateException(
                            "shard " + asked.getKey() + " could not answer: " + e.getCause(), e.getCause());
                }
            } catch (TimeoutException e) {
                asked.getValue().cancel(false);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return answers;
    }

    /** The shards of each instance of the group that publishes an address, by address. */
    public Map<HostPort, List<Integer>> instances() {
        Map<HostPort, List<Integer>> found = new TreeMap<>(Comparator.comparing(HostPort::toString));
        try {
            for (StreamsMetadata client : streams.metadataForAllStreamsClients()) {
                if (client.hostInfo().port() > 0) {
                    found.put(
                            new HostPort(
                                    client.hostInfo().host(), client.hostInfo().port()),
                            List.copyOf(tasks.shardsRead(client.topicPartitions())));
                }
            }
        } catch (IllegalStateException e) {
            // Streams is not running yet, or not any more, and knows no instance but this one.
            return found;
        }
        return found;
    }

    /** The group of the execution managers, as of a few seconds ago at most. */
    public FleetGroup fleet() {
        return members.get();
    }

    /** The policy that is in force here. */
    public PolicySnapshot policy() {
        return policies.current();
    }

    /** By pool of the policy, a sentence about why it cannot be used here; none for those that can. */
    public Map<String, String> poolProblems() {
        return poolProblems.get();
    }

    /** The latest records of the dead-letter topic. */
    public DeadLetterTail deadLetters() {
        return deadLetters;
    }
}
