package io.yardmaster.app.api;

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

    private final SchedulerConfig config;
    private final String version;
    private final Deployment deployment;
    private final LocalApi local;
    private final JobAnswers job;
    private final JobLists jobs;
    private final HostAnswers hosts;
    private final GraphAnswers graphs;
    private final WhenAnswers when;
    private final OverviewFeed feed;

    /**
     * Answers with 503 until the scheduler runs.
     *
     * @param address where other instances reach this one
     */
    public Api(SchedulerConfig config, String version, HostPort address, Supplier<Optional<InstanceQueries>> lookout) {
        Peers peers = new Peers();
        this.deployment = new Deployment(lookout, address, peers, System::currentTimeMillis);
        this.config = config;
        this.version = version;
        this.local = new LocalApi(lookout);
        this.hosts = new HostAnswers(deployment, local, peers);
        this.job = new JobAnswers(config, deployment, local, peers, hosts);
        this.jobs = new JobLists(deployment, local, peers);
        this.graphs = new GraphAnswers(deployment, local, peers, hosts);
        this.when = new WhenAnswers(config, deployment, local, peers, graphs, hosts);
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

    /** The routers that answer with JSON, by their mount points. */
    public Map<String, Router> routers() {
        return Map.of("api", router(), "internal", local.router());
    }

    private Router router() {
        return new Router()
                .on("GET", "overview", (request, args) -> answer(overview()))
                .on("GET", "jobs", (request, args) -> answer(jobs.page(request)))
                .on("GET", "jobs/{job}", (request, args) -> answer(job.of(Parameters.id("job", args.get("job")))))
                .on(
                        "GET",
                        "jobs/{job}/when",
                        (request, args) -> answer(when.of(Parameters.id("job", args.get("job")), request)))
                .on(
                        "GET",
                        "jobs/{job}/stages",
                        (request, args) -> answer(graphs.stages(Parameters.id("job", args.get("job")), request)))
                .on(
                        "GET",
                        "jobs/{job}/failures",
                        (request, args) -> answer(graphs.failures(Parameters.id("job", args.get("job")), request)))
                .on(
                        "GET",
                        "dead-letters",
                        (request, args) -> answer(DeadLetterPage.of(
                                deployment.here().deadLetters().letters(),
                                Parameters.after(request),
                                Parameters.limit(request))))
                .on(
                        "GET",
                        "policy",
                        (request, args) ->
                                answer(PolicyAnswer.of(deployment.here().policy())))
                .on(
                        "GET",
                        "limits",
                        (request, args) ->
                                answer(new LimitAnswer.All(LimitAnswer.of(deployment.now(), deployment.here()))))
                .on("GET", "hosts", (request, args) -> answer(hosts.pools()))
                .on("GET", "hosts/{pool}", (request, args) -> answer(hosts.hosts(args.get("pool"), request)))
                .on(
                        "GET",
                        "instances",
                        (request, args) -> answer(new InstanceAnswer.All(InstanceAnswer.of(deployment.now()))))
                .on("GET", "lanes", (request, args) -> answer(new ShardAnswer.All(ShardAnswer.of(deployment.now()))))
                .on("GET", "openapi.json", (request, args) -> Reply.ok(OpenApi.json()));
    }

    private static Reply answer(Object value) {
        return Reply.ok(Json.bytes(value));
    }

    private Overview overview() {
        return Overview.of(config, version, deployment.now(), deployment.here());
    }

    @Override
    public void close() {
        feed.close();
    }
}
