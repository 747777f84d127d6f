package io.yardmaster.app.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.app.http.HttpService;
import io.yardmaster.app.http.Reply;
import io.yardmaster.app.http.Router;
import io.yardmaster.topology.InstanceQueries;
import io.yardmaster.topology.config.HostPort;
import io.yardmaster.topology.config.SchedulerConfig;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The API of one instance, mounted on its HTTP port. */
public final class Api implements AutoCloseable {
    private static final String JSON = "application/json";

    private final Deployment deployment;
    private final Overview overview;
    private final LocalApi local;
    private final JobAnswers job;
    private final JobLists jobs;
    private final OverviewFeed feed;

    /**
     * Answers as soon as there is something to answer; before, with 503.
     *
     * @param address where other instances reach this one
     */
    public Api(SchedulerConfig config, String version, HostPort address, Supplier<Optional<InstanceQueries>> lookout) {
        Peers peers = new Peers();
        this.deployment = new Deployment(lookout, address, peers, System::currentTimeMillis);
        this.overview = new Overview(config, version);
        this.local = new LocalApi(lookout);
        this.job = new JobAnswers(config, deployment, local, peers);
        this.jobs = new JobLists(deployment, local, peers);
        this.feed = new OverviewFeed(() -> Json.bytes(overview()));
    }

    /** Lets the port answer below {@code /api}, and other instances below {@code /internal}. */
    public void mount(HttpService http) {
        routers().forEach((name, router) -> http.mount(name, router, JSON));
        http.mount(
                "api/openapi.yaml",
                new Router().on("GET", "", (request, args) -> Reply.ok(OpenApi.yaml())),
                "application/yaml");
        http.mount("api/events", feed.stream());
    }

    /** The routers that answer with JSON, by the path below which they are mounted. */
    public Map<String, Router> routers() {
        return Map.of("api", router(), "internal", local.router());
    }

    private Router router() {
        return new Router()
                .on("GET", "overview", (request, args) -> Reply.ok(overview()))
                .on("GET", "jobs", (request, args) -> Reply.ok(jobs.page(request)))
                .on("GET", "jobs/{}", (request, args) -> Reply.ok(job.of(Parameters.id("job", args.get(0)))))
                .on(
                        "GET",
                        "dead-letters",
                        (request, args) -> Reply.ok(DeadLettersJson.page(
                                deployment.here().deadLetters(), Parameters.after(request), Parameters.limit(request))))
                .on(
                        "GET",
                        "instances",
                        (request, args) -> Reply.ok(Json.object().set("instances", InstancesJson.of(deployment.now()))))
                .on(
                        "GET",
                        "lanes",
                        (request, args) -> Reply.ok(Json.object().set("lanes", ShardsJson.of(deployment.now()))))
                .on("GET", "openapi.json", (request, args) -> Reply.ok(OpenApi.json()));
    }

    private ObjectNode overview() {
        return overview.of(deployment.now(), deployment.here());
    }

    @Override
    public void close() {
        feed.close();
    }
}
