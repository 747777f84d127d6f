package io.yardmaster.topology;

import io.yardmaster.core.view.JobEvent;
import io.yardmaster.core.view.JobLocation;
import io.yardmaster.core.view.JobPage;
import io.yardmaster.core.view.JobQuery;
import io.yardmaster.topology.config.HostPort;
import io.yardmaster.topology.config.Labels;
import io.yardmaster.topology.views.DeadLetterTail;
import io.yardmaster.topology.views.FleetGroup;
import io.yardmaster.topology.views.InstanceSnapshot;
import io.yardmaster.topology.views.ShardLeftException;
import io.yardmaster.topology.views.ShardQueries;
import io.yardmaster.topology.views.ShardSnapshotSource;
import io.yardmaster.topology.views.ShardSummary;
import io.yardmaster.topology.window.DispatchWindow;
import io.yardmaster.topology.window.GroupOffsetPoller;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;

/** What can be seen from one instance: itself, exactly, and where the others are. Safe for use by any thread. */
public final class InstanceQueries {
    private static final int RUNS = 50;
    private static final int EVENTS = 100;

    private final Identity identity;
    private final KafkaStreams streams;
    private final StreamTasks tasks;
    private final DispatchWindow window;
    private final GroupOffsetPoller poller;
    private final ShardQueries inquiries;
    private final Restorations restorations;
    private final FleetMembers members;
    private final DeadLetterTail deadLetters;
    private final int lanes;

    /** Who this is. */
    record Identity(String instance, String version, String applicationId, long upSinceMs) {}

    InstanceQueries(
            Identity identity,
            KafkaStreams streams,
            StreamTasks tasks,
            DispatchWindow window,
            GroupOffsetPoller poller,
            ShardQueries inquiries,
            Restorations restorations,
            FleetMembers members,
            DeadLetterTail deadLetters,
            int lanes) {
        this.identity = identity;
        this.streams = streams;
        this.tasks = tasks;
        this.window = window;
        this.poller = poller;
        this.inquiries = inquiries;
        this.restorations = restorations;
        this.members = members;
        this.deadLetters = deadLetters;
        this.lanes = lanes;
    }

    /** Where this instance answers. */
    public String instance() {
        return identity.instance();
    }

    /** How many partitions each lane has. */
    public int lanes() {
        return lanes;
    }

    /** How many partitions the dispatch topic has. */
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
                partitions(ThreadMetadata::activeTasks),
                partitions(ThreadMetadata::standbyTasks),
                restorations.current(),
                new InstanceSnapshot.WindowState(
                        Arrays.stream(window.outstandingByPartition()).boxed().toList(),
                        window.isFresh(),
                        window.viewAge().toMillis(),
                        poller.breaker()),
                List.copyOf(summaries.values()),
                inquiries.rates().all());
    }

    private List<Integer> partitions(Function<ThreadMetadata, Collection<TaskMetadata>> ofThread) {
        return List.copyOf(tasks.lanesOf(streams.metadataForLocalThreads().stream()
                .flatMap(thread -> ofThread.apply(thread).stream())
                .map(TaskMetadata::taskId)
                .toList()));
    }

    /**
     * A page of jobs of one shard; empty if it is not here, or does not answer within the timeout.
     *
     * @throws IllegalArgumentException if the query goes on from where no page ended
     */
    public Optional<JobPage> jobs(int lane, JobQuery query, Duration timeout) {
        return Optional.ofNullable(ask(
                        open -> open.lane() == lane
                                ? open.scheduler().view().jobs(query).in(lane)
                                : null,
                        timeout)
                .get(lane));
    }

    /** The shards here that know the job, with what they know. */
    public List<JobLocation> job(long job, Duration timeout) {
        return List.copyOf(ask(open -> locate(open, job), timeout).values());
    }

    private static JobLocation locate(ShardSnapshotSource open, long job) {
        List<JobEvent> history = open.record().history(job, EVENTS);
        return open.scheduler()
                .view()
                .job(job, RUNS)
                .map(location -> location.in(open.lane(), history))
                .orElse(null);
    }

    private <T> SortedMap<Integer, T> ask(Function<ShardSnapshotSource, T> question, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        SortedMap<Integer, T> answers = new TreeMap<>();
        for (Map.Entry<Integer, CompletableFuture<T>> asked :
                inquiries.askAll(question).entrySet()) {
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

    /** All instances that the group knows of and that say where they answer, and the shards that each has. */
    public Map<HostPort, List<Integer>> instances() {
        Map<HostPort, List<Integer>> found = new TreeMap<>(Comparator.comparing(HostPort::toString));
        try {
            for (StreamsMetadata client : streams.metadataForAllStreamsClients()) {
                if (client.hostInfo().port() > 0) {
                    found.put(
                            new HostPort(
                                    client.hostInfo().host(), client.hostInfo().port()),
                            List.copyOf(tasks.lanesRead(client.topicPartitions())));
                }
            }
        } catch (IllegalStateException e) {
            // It is not running yet, or not any more: it knows of itself alone.
            return found;
        }
        return found;
    }

    /** The group of the execution managers, as of a few seconds ago at most. */
    public FleetGroup fleet() {
        return members.get();
    }

    /** What went to the dead-letter topic. */
    public DeadLetterTail deadLetters() {
        return deadLetters;
    }
}
