package io.yardmaster.app.api;

import io.yardmaster.app.http.HttpProblem;
import io.yardmaster.app.http.Reply;
import io.yardmaster.app.http.Router;
import io.yardmaster.core.placement.HostPage;
import io.yardmaster.core.placement.HostWait;
import io.yardmaster.core.placement.PoolHosts;
import io.yardmaster.core.placement.PoolLoad;
import io.yardmaster.core.values.FailurePage;
import io.yardmaster.core.values.StagePage;
import io.yardmaster.core.view.JobLocation;
import io.yardmaster.core.view.JobPage;
import io.yardmaster.core.view.JobQuery;
import io.yardmaster.topology.InstanceQueries;
import io.yardmaster.topology.views.ShardLoad;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The questions that instances ask each other, below {@code /internal}; each answers for itself alone. Undocumented, but
 * instances of different versions ask each other during a rolling upgrade, so names and meanings stay.
 */
final class LocalApi {
    /** A stream thread that does not tick for so long restores, or is stuck. */
    static final Duration PATIENCE = Duration.ofMillis(700);

    /** The loads of shards need many ticks. */
    private static final Duration PATIENCE_WITH_LOADS = Duration.ofSeconds(2);

    private final Supplier<Optional<InstanceQueries>> lookout;

    LocalApi(Supplier<Optional<InstanceQueries>> lookout) {
        this.lookout = lookout;
    }

    Router router() {
        return new Router()
                .on("GET", "snapshot", (request, args) -> answer(here().snapshot(PATIENCE)))
                .on(
                        "GET",
                        "lanes/{lane}/jobs",
                        (request, args) ->
                                answer(jobs(Parameters.shard(args.get("lane")), Parameters.jobQuery(request))))
                .on(
                        "GET",
                        "jobs/{job}/stages",
                        (request, args) -> answer(found(stages(
                                Parameters.id("job", args.get("job")),
                                Parameters.from(request),
                                Parameters.limit(request)))))
                .on(
                        "GET",
                        "jobs/{job}/failures",
                        (request, args) -> answer(found(failures(
                                Parameters.id("job", args.get("job")),
                                Parameters.from(request),
                                Parameters.limit(request)))))
                .on("GET", "hosts", (request, args) -> answer(new HostAnswers.LocalPools(pools())))
                .on(
                        "GET",
                        "hosts/{pool}",
                        (request, args) ->
                                answer(hosts(args.get("pool"), Parameters.host(request), Parameters.limit(request))
                                        .orElseThrow(() -> new HttpProblem(404, 404, "no such pool is placed here"))))
                .on(
                        "GET",
                        "jobs/{job}/hosts",
                        (request, args) ->
                                answer(new HostAnswers.LocalWaits(waits(Parameters.id("job", args.get("job"))))))
                .on(
                        "GET",
                        "jobs/{job}/pools",
                        (request, args) -> answer(new HostAnswers.LocalLoads(
                                poolLoads(Parameters.id("job", args.get("job")), Parameters.pools(request)))))
                .on("GET", "loads/{job}", (request, args) -> answer(loads(Parameters.id("job", args.get("job")))))
                .on("GET", "jobs/{job}", (request, args) -> answer(job(Parameters.id("job", args.get("job")))));
    }

    private static Reply answer(Object value) {
        return Reply.ok(Json.bytes(value));
    }

    private InstanceQueries here() {
        return lookout.get().orElseThrow(() -> new HttpProblem(503, 503, "the scheduler is not running yet"));
    }

    /** Empty if the shard is not here, or does not answer in time. */
    Optional<JobPage> page(int shard, JobQuery query) {
        try {
            return here().jobs(shard, query, PATIENCE);
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(400, 400, "after: " + e.getMessage());
        }
    }

    private JobPage jobs(int shard, JobQuery query) {
        return page(shard, query)
                .orElseThrow(() -> new HttpProblem(404, 404, "shard " + shard + " does not answer here"));
    }

    private static <T> T found(Optional<T> page) {
        return page.orElseThrow(() -> new HttpProblem(404, 404, "no shard here knows a graph of the job"));
    }

    Optional<StagePage> stages(long job, int from, int limit) {
        return here().stages(job, from, limit, PATIENCE);
    }

    Optional<FailurePage> failures(long job, int from, int limit) {
        return here().failures(job, from, limit, PATIENCE);
    }

    List<PoolHosts> pools() {
        return here().pools(PATIENCE);
    }

    Optional<HostPage> hosts(String pool, String after, int limit) {
        return here().hosts(pool, after, limit, PATIENCE);
    }

    List<HostWait> waits(long job) {
        return here().hostWaits(job, PATIENCE);
    }

    List<PoolLoad> poolLoads(long job, Set<String> pools) {
        return here().poolLoads(pools, job, HostAnswers.MOST_HOSTS, HostAnswers.MOST_TASKS, PATIENCE);
    }

    List<ShardLoad> loads(long job) {
        InstanceQueries here = here();
        return here.loads(job, WhenAnswers.mostJobs(here), PATIENCE_WITH_LOADS);
    }

    List<JobLocation> job(long job) {
        return here().job(job, PATIENCE);
    }
}
