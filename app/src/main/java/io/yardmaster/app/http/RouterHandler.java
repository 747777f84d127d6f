package io.yardmaster.app.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Scheduler;

/** Hands a request to a router when all of its body is there, and writes the reply as JSON. */
final class RouterHandler extends Handler.Abstract.NonBlocking {
    private final String mount;
    private final Router router;
    private final String contentType;
    private final Executor workers;
    private final HostNames names;
    private final Duration bodyWithin;

    /**
     * Answers below {@code /mount}.
     *
     * @param workers run the router's handlers, which may wait; they refuse a request that would wait too long for them
     * @param bodyWithin a request whose body takes longer fails
     */
    RouterHandler(
            String mount, Router router, String contentType, Executor workers, HostNames names, Duration bodyWithin) {
        this.mount = mount;
        this.router = router;
        this.contentType = contentType;
        this.workers = router.isPrompt() ? Runnable::run : workers;
        this.names = names;
        this.bodyWithin = bodyWithin;
    }

    @Override
    public boolean handle(org.eclipse.jetty.server.Request request, Response response, Callback callback) {
        // No thread waits for the body. A client that sends it byte by byte would keep a connection for days.
        Scheduler.Task late = BodyLimit.failAfter(bodyWithin, request, "no whole body within " + bodyWithin);
        Content.Source.asByteBuffer(
                request,
                Promise.from(
                        body -> {
                            late.cancel();
                            handOver(request, response, callback, body);
                        },
                        failure -> {
                            late.cancel();
                            Failures.answer(request, response, callback, failure);
                        }));
        return true;
    }

    private void handOver(
            org.eclipse.jetty.server.Request request, Response response, Callback callback, ByteBuffer body) {
        try {
            workers.execute(() -> answer(request, response, callback, body));
        } catch (RejectedExecutionException e) {
            Problems.write(response, callback, HttpProblem.busy());
        } catch (Throwable e) {
            Failures.answer(request, response, callback, e);
        }
    }

    private void answer(
            org.eclipse.jetty.server.Request request, Response response, Callback callback, ByteBuffer body) {
        try {
            Reply reply = reply(request, body);
            byte[] answer = reply.body() instanceof byte[] written ? written : Problems.json(reply.body());
            Problems.write(response, callback, reply, reply.status() < 400 ? contentType : problemType(), answer);
        } catch (Throwable e) {
            Failures.answer(request, response, callback, e);
        }
    }

    /** Clients of the registry expect its own type for problems too. */
    private String problemType() {
        return contentType.contains("json") ? contentType : "application/json";
    }

    private Reply reply(org.eclipse.jetty.server.Request request, ByteBuffer body) {
        try {
            String query = request.getHttpURI().getQuery();
            return router.handle(new Request(
                    request.getMethod(),
                    path(request),
                    query == null ? Map.of() : UrlText.query(query),
                    Trust.in(request, names),
                    StandardCharsets.UTF_8.decode(body).toString()));
        } catch (HttpProblem e) {
            return e.reply();
        }
    }

    private String path(org.eclipse.jetty.server.Request request) {
        String rest = request.getHttpURI().getPath().substring(1 + mount.length());
        return Arrays.stream(rest.split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .collect(Collectors.joining("/", "/", ""));
    }
}
