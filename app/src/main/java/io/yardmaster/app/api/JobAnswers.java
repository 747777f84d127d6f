package io.yardmaster.app.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.app.http.HttpProblem;
import io.yardmaster.schemas.JobPartition;
import io.yardmaster.schemas.Topic;
import io.yardmaster.topology.config.HostPort;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.views.FleetGroup;
import io.yardmaster.topology.views.InstanceSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** One job, looked for everywhere, and why it waits. */
final class JobAnswers {
    private static final int FULLEST = 5;

    private final SchedulerConfig config;
    private final Deployment deployment;
    private final LocalApi local;
    private final Peers peers;

    JobAnswers(SchedulerConfig config, Deployment deployment, LocalApi local, Peers peers) {
        this.config = config;
        this.deployment = deployment;
        this.local = local;
        this.peers = peers;
    }

    /** Throws 404 if all shards answer and none knows the job. */
    ObjectNode of(long job) {
        Optional<JobFacts> known = find(job);
        DeploymentSnapshot gathered = deployment.now();
        List<Integer> silent = IntStream.range(0, gathered.lanes())
                .filter(lane -> !gathered.answered().containsKey(lane))
                .boxed()
                .toList();
        if (known.isEmpty() && silent.isEmpty()) {
            throw new HttpProblem(
                    404,
                    404,
                    "job " + job + " is not known: it never was, it has ended, or what was seen of it has expired");
        }
        ObjectNode json = known.map(facts -> (ObjectNode) facts.job()).orElseGet(() -> JobJson.unknown(job));
        WhyFacts facts = facts(known.orElse(null), json, gathered, silent);
        Why why = Why.of(facts);
        json.putObject("why").put("code", why.code()).put("sentence", why.sentence());
        json.set("waiting", waiting(facts));
        return json;
    }

    private Optional<JobFacts> find(long job) {
        List<CompletableFuture<Optional<JobFacts[]>>> asked = new ArrayList<>();
        for (HostPort other : deployment.others()) {
            asked.add(peers.ask(other, "jobs/" + job, JobFacts[].class));
        }
        List<JobFacts> found = new ArrayList<>(local.job(job));
        asked.forEach(answer -> answer.join().ifPresent(facts -> found.addAll(List.of(facts))));
        return choose(found, JobPartition.of(job, deployment.here().shards()));
    }

    /**
     * Chooses among several shards that know a job, which happens when senders place its events differently: first one in
     * which something of the job waits, then the shard to which the job belongs.
     */
    static Optional<JobFacts> choose(List<JobFacts> found, int home) {
        return found.stream()
                .min(Comparator.<JobFacts, Boolean>comparing(facts -> !waits(facts))
                        .thenComparing(facts -> facts.job().path("lane").asInt() != home));
    }

    private static boolean waits(JobFacts facts) {
        return facts.finalizing() != null || facts.job().path("buffered_tasks").asLong() > 0;
    }

    private WhyFacts facts(JobFacts job, ObjectNode json, DeploymentSnapshot gathered, List<Integer> silent) {
        Optional<DeploymentSnapshot.Lane> lane = Optional.ofNullable(
                job == null ? null : gathered.answered().get(json.path("lane").asInt()));
        Optional<InstanceSnapshot.WindowState> view =
                lane.map(found -> found.of().window());
        FleetGroup fleet = deployment.here().fleet();
        long[] used = gathered.used(deployment.here().dispatchPartitions());
        long out = Arrays.stream(used).sum();
        long capacity = FleetJson.capacity(config, gathered);
        boolean full = out >= capacity
                || lane.map(found -> found.summary().used() >= found.summary().granted())
                        .orElse(false);
        List<Integer> fullest = IntStream.range(0, used.length)
                .boxed()
                .filter(partition -> full && used[partition] > 0)
                .sorted(Comparator.comparingLong((Integer partition) -> used[partition])
                        .reversed())
                .limit(FULLEST)
                .toList();
        return new WhyFacts(
                job,
                json.path("state").asText(),
                json.path("position").isNull() ? null : json.path("position").asLong(),
                json.path("buffered_tasks").asLong(),
                json.path("ready_since_ms").isNull()
                        ? null
                        : json.path("ready_since_ms").asLong(),
                capacity,
                out,
                full,
                fullest,
                fleet.isKnown() ? fleet.members().size() : null,
                config.dispatchGroup(),
                givenUp(json.path("job").asText()),
                view.map(InstanceSnapshot.WindowState::fresh).orElse(true),
                view.map(InstanceSnapshot.WindowState::ageMs).orElse(null),
                silent);
    }

    private int givenUp(String job) {
        String dispatch = config.topics().of(Topic.DISPATCH);
        return (int) deployment.here().deadLetters().letters().stream()
                .filter(letter -> dispatch.equals(letter.topic()))
                .filter(letter -> letter.key() != null && job.equals(Long.toString(letter.key())))
                .count();
    }

    private static ObjectNode waiting(WhyFacts facts) {
        JobFacts job = facts.job();
        ObjectNode json = Json.object()
                .put("places", job == null ? 0 : job.places())
                .put("places_taken", job == null ? 0 : job.placesTaken())
                .put("window_capacity", facts.windowCapacity())
                .put("window_used", facts.windowUsed());
        ArrayNode fullest = json.putArray("fullest_partitions");
        facts.fullest().forEach(fullest::add);
        boolean waits = job != null && job.finalizing() != null;
        return json.put("fleet_members", facts.members())
                .put("view_age_ms", facts.viewAgeMs())
                .put("gate_since_ms", job == null ? null : waits ? facts.readySinceMs() : job.gateSinceMs())
                .put("gate_until_ms", job == null ? null : job.gateUntilMs());
    }
}
