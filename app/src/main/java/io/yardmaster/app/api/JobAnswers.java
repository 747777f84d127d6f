package io.yardmaster.app.api;

import io.yardmaster.app.http.HttpProblem;
import io.yardmaster.core.view.JobLocation;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.Topic;
import io.yardmaster.topology.InstanceQueries;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.views.FleetGroup;
import io.yardmaster.topology.views.InstanceSnapshot.WindowState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Looks for a job in all instances, and gathers the facts that say why it waits. */
final class JobAnswers {
    private static final int FULLEST = 5;

    private final SchedulerConfig config;
    private final Deployment deployment;
    private final LocalApi local;
    private final Peers peers;
    private final HostAnswers hosts;

    JobAnswers(SchedulerConfig config, Deployment deployment, LocalApi local, Peers peers, HostAnswers hosts) {
        this.config = config;
        this.deployment = deployment;
        this.local = local;
        this.peers = peers;
        this.hosts = hosts;
    }

    /** Throws 404 if all shards answer and none knows the job. */
    JobAnswer of(long job) {
        Optional<JobLocation> known = find(job);
        DeploymentSnapshot gathered = deployment.now();
        List<Integer> silent = IntStream.range(0, gathered.shards())
                .filter(shard -> !gathered.answered().containsKey(shard))
                .boxed()
                .toList();
        if (known.isEmpty() && silent.isEmpty()) {
            throw new HttpProblem(
                    404,
                    404,
                    "job " + job + " is not known: it never was, it has ended, or what was seen of it has expired");
        }
        return JobAnswer.of(job, facts(job, known, gathered, silent));
    }

    private Optional<JobLocation> find(long job) {
        List<CompletableFuture<Optional<JobLocation[]>>> asked = deployment.others().stream()
                .map(other -> peers.ask(other, "jobs/" + job, JobLocation[].class))
                .toList();
        List<JobLocation> found = new ArrayList<>(local.job(job));
        asked.forEach(answer -> answer.join().ifPresent(locations -> found.addAll(List.of(locations))));
        return choose(found, JobPartition.of(job, deployment.here().shards()));
    }

    /**
     * The shard that answers for a job. Several shards know a job if senders use different partitioners; a shard where
     * something of it waits goes first, then the one where it belongs.
     */
    static Optional<JobLocation> choose(List<JobLocation> found, int home) {
        return found.stream()
                .min(Comparator.<JobLocation, Boolean>comparing(location -> !location.waits())
                        .thenComparing(location -> location.view().lane().orElse(-1) != home));
    }

    private WhyFacts facts(long job, Optional<JobLocation> known, DeploymentSnapshot gathered, List<Integer> silent) {
        InstanceQueries here = deployment.here();
        Optional<DeploymentSnapshot.AnsweringShard> shard = known.map(
                location -> gathered.answered().get(location.view().lane().orElse(-1)));
        Optional<WindowState> window = shard.map(found -> found.of().window());
        FleetGroup fleet = here.fleet();
        long[] used = gathered.used(here.dispatchPartitions());
        long out = Arrays.stream(used).sum();
        long capacity = WindowAnswer.capacity(config, gathered);
        boolean full = out >= capacity
                || shard.map(found -> found.summary().used() >= found.summary().granted())
                        .orElse(false);
        return new WhyFacts(
                known,
                capacity,
                out,
                full,
                full ? fullest(used) : List.of(),
                fleet.isKnown() ? OptionalInt.of(fleet.members().size()) : OptionalInt.empty(),
                config.dispatchGroup(),
                givenUp(job),
                window.map(WindowState::fresh).orElse(true),
                window.map(state -> OptionalLong.of(state.ageMs())).orElse(OptionalLong.empty()),
                silent,
                known.flatMap(JobLocation::limit).map(wait -> LimitNeed.of(wait, LimitAnswer.of(gathered, here))),
                known.filter(JobAnswers::mayWaitForHosts)
                        .map(location -> hosts.waits(job))
                        .orElse(List.of()));
    }

    /** Only stages of graphs name pools. */
    private static boolean mayWaitForHosts(JobLocation job) {
        return job.detail().graph().isPresent();
    }

    private static List<Integer> fullest(long[] used) {
        return IntStream.range(0, used.length)
                .filter(partition -> used[partition] > 0)
                .boxed()
                .sorted(Comparator.comparingLong((Integer partition) -> used[partition])
                        .reversed())
                .limit(FULLEST)
                .toList();
    }

    private int givenUp(long job) {
        String dispatch = config.topics().of(Topic.DISPATCH);
        return (int) deployment.here().deadLetters().letters().stream()
                .filter(letter ->
                        dispatch.equals(letter.topic()) || letter.topic().startsWith(dispatch + "."))
                .filter(letter -> letter.key() != null && letter.key() == job)
                .count();
    }
}
