package io.yardmaster.app.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.app.http.HttpProblem;
import io.yardmaster.app.http.Reply;
import io.yardmaster.app.http.Router;
import io.yardmaster.core.view.JobPage;
import io.yardmaster.core.view.JobQuery;
import io.yardmaster.topology.InstanceQueries;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The questions of instances to each other, below {@code /internal}: each instance answers for itself alone. May change with every version. */
final class LocalApi {
    /** A stream thread that does not tick for so long restores, or is stuck. */
    static final Duration PATIENCE = Duration.ofMillis(700);

    private final Supplier<Optional<InstanceQueries>> lookout;

    LocalApi(Supplier<Optional<InstanceQueries>> lookout) {
        this.lookout = lookout;
    }

    Router router() {
        return new Router()
                .on("GET", "snapshot", (request, args) -> Reply.ok(Json.bytes(here().snapshot(PATIENCE))))
                .on(
                        "GET",
                        "lanes/{}/jobs",
                        (request, args) ->
                                Reply.ok(Json.bytes(jobs(Parameters.lane(args.get(0)), Parameters.jobQuery(request)))))
                .on("GET", "jobs/{}", (request, args) -> Reply.ok(Json.bytes(job(Parameters.id("job", args.get(0))))));
    }

    private InstanceQueries here() {
        return lookout.get().orElseThrow(() -> new HttpProblem(503, 503, "the scheduler is not running yet"));
    }

    /** Empty if the shard is not here, or does not answer in time. */
    Optional<ObjectNode> page(int lane, JobQuery query) {
        try {
            return here().jobs(lane, query, PATIENCE).map(page -> json(lane, page));
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(400, 400, "after: " + e.getMessage());
        }
    }

    private ObjectNode json(int lane, JobPage page) {
        ObjectNode json = Json.object();
        ArrayNode jobs = json.putArray("jobs");
        page.jobs().forEach(job -> jobs.add(JobJson.of(job, lane, page.session())));
        return json.put("next", page.next().orElse(null));
    }

    private ObjectNode jobs(int lane, JobQuery query) {
        return page(lane, query)
                .orElseThrow(() -> new HttpProblem(404, 404, "shard " + lane + " does not answer here"));
    }

    List<JobFacts> job(long job) {
        return here().job(job, PATIENCE).stream().map(JobFacts::of).toList();
    }
}
