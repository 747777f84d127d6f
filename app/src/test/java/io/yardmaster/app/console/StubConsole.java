package io.yardmaster.app.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yardmaster.app.http.Assets;
import io.yardmaster.app.http.EventStream;
import io.yardmaster.app.http.HttpProblem;
import io.yardmaster.app.http.HttpService;
import io.yardmaster.app.http.Reply;
import io.yardmaster.app.http.Request;
import io.yardmaster.app.http.Router;
import io.yardmaster.embedded.connect.FreePort;
import io.yardmaster.topology.config.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The console on the real HTTP port, with an example for a deployment. */
final class StubConsole {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long EVERY_MS = 250;

    private final Example example;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private HttpService http;
    private volatile EventStream events;
    /** It comes back to this one, which nobody may get meanwhile. */
    private final int port = freePort();

    private final AtomicInteger turn = new AtomicInteger();

    private StubConsole(Example example) {
        this.example = example;
        start();
        ScheduledFuture<?> unused =
                clock.scheduleWithFixedDelay(() -> events.send(event()), EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    static StubConsole of(Example example) {
        return new StubConsole(example);
    }

    String url(String route) {
        return http.url() + "/" + route;
    }

    /** Moves the example on; every open page shows it. */
    void turn() {
        turn.incrementAndGet();
    }

    boolean isFollowed() {
        return events.hasFollowers();
    }

    /** Breaks all connections; nobody answers until {@link #comeBack}. */
    void goAway() {
        http.close();
    }

    void comeBack() {
        start();
    }

    void close() {
        clock.shutdownNow();
        http.close();
    }

    private void start() {
        // A port that closes ends its streams for good.
        events = new EventStream(this::event);
        http = HttpService.start(new HostPort("127.0.0.1", port));
        http.mount("", new Assets(StubConsole.class.getClassLoader(), "io/yardmaster/app/console"));
        http.mount("api", api(), "application/json");
        http.mount("api/events", events);
    }

    private static int freePort() {
        try {
            return FreePort.find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Router api() {
        return new Router()
                .on("GET", "overview", (request, args) -> Reply.ok(example.overview(turn.get())))
                .on(
                        "GET",
                        "jobs",
                        (request, args) -> Reply.ok(example.jobs(
                                request.query().get("state"), request.query().get("after"), limit(request))))
                .on("GET", "jobs/{job}", (request, args) -> job(args.get("job")))
                .on("GET", "policy", (request, args) -> Reply.ok(example.policy()))
                .on("GET", "hosts", (request, args) -> Reply.ok(hosts().pools()))
                .on(
                        "GET",
                        "hosts/{pool}",
                        (request, args) -> Reply.ok(hosts().page(request.query().get("after"), limit(request))))
                .on("GET", "limits", (request, args) -> Reply.ok(example.limits()))
                .on("GET", "jobs/{job}/when", (request, args) -> when(args.get("job")))
                .on(
                        "GET",
                        "jobs/{job}/stages",
                        (request, args) -> Reply.ok(graph(args.get("job")).stages(from(request), limit(request))))
                .on(
                        "GET",
                        "jobs/{job}/failures",
                        (request, args) -> Reply.ok(graph(args.get("job")).failures(from(request))))
                .on(
                        "GET",
                        "dead-letters",
                        (request, args) ->
                                Reply.ok(example.deadLetters(request.query().get("after"), limit(request))));
    }

    private Reply job(String id) {
        Map<String, Object> job = example.job(id);
        if (job == null) {
            throw new HttpProblem(404, 404, "job " + id + " is not known: it never was, or it has ended");
        }
        return Reply.ok(job);
    }

    private Reply when(String id) {
        if (id.equals(Example.id(0, 0))) {
            throw new HttpProblem(409, 409, "job " + id + " has started");
        }
        return Reply.ok(example.when(id));
    }

    private ExampleHosts hosts() {
        return example.active() == 0 ? new ExampleHosts(0) : ExampleHosts.MANY;
    }

    private ExampleGraph graph(String id) {
        ExampleGraph graph = example.graph(id);
        if (graph == null) {
            throw new HttpProblem(404, 404, "no graph of job " + id + " is known");
        }
        return graph;
    }

    private static int from(Request request) {
        return Integer.parseInt(request.query().getOrDefault("after", "0"));
    }

    private static int limit(Request request) {
        return Integer.parseInt(request.query().get("limit"));
    }

    private byte[] event() {
        try {
            return EventStream.event("overview", JSON.writeValueAsString(example.overview(turn.get())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
