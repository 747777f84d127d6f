package io.yardmaster.app.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Turns the server's requests into those of a router, once all of the body is there, and what comes of them into JSON. */
final class RouterHandler extends Handler.Abstract.NonBlocking {
    private final String mount;
    private final Router router;
    private final String contentType;
    private final Executor workers;
    private final HostNames names;

    /** @param workers where the router may wait; refuses what would have to wait too long for that */
    RouterHandler(String mount, Router router, String contentType, Executor workers, HostNames names) {
        this.mount = mount;
        this.router = router;
        this.contentType = contentType;
        this.workers = router.isPrompt() ? Runnable::run : workers;
        this.names = names;
    }

    @Override
    public boolean handle(org.eclipse.jetty.server.Request request, Response response, Callback callback) {
        new BodyReader(
                        request,
                        HttpService.MAX_BODY_BYTES,
                        body -> handOver(request, response, callback, body),
                        failure -> Failures.answer(request, response, callback, failure))
                .run();
        return true;
    }

    private void handOver(
            org.eclipse.jetty.server.Request request, Response response, Callback callback, Optional<byte[]> body) {
        try {
            workers.execute(() -> answer(request, response, callback, body));
        } catch (RejectedExecutionException e) {
            Problems.write(response, callback, HttpProblem.busy());
        }
    }

    private void answer(
            org.eclipse.jetty.server.Request request, Response response, Callback callback, Optional<byte[]> body) {
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

    private Reply reply(org.eclipse.jetty.server.Request request, Optional<byte[]> body) {
        try {
            byte[] bytes = body.orElseThrow(() ->
                    new HttpProblem(413, 413, "the body is larger than " + HttpService.MAX_BODY_BYTES + " bytes"));
            return router.handle(request(request, bytes));
        } catch (HttpProblem e) {
            return e.reply();
        }
    }

    private Request request(org.eclipse.jetty.server.Request request, byte[] body) {
        try {
            return new Request(
                    request.getMethod(),
                    path(request),
                    query(request),
                    Trust.in(request, names),
                    new String(body, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(400, 400, "malformed URL: " + e.getMessage());
        }
    }

    private List<String> path(org.eclipse.jetty.server.Request request) {
        String rest = request.getHttpURI().getPath().substring(1 + mount.length());
        return Arrays.stream(rest.split("/", -1))
                .filter(segment -> !segment.isEmpty())
                // In a path a plus sign is a plus sign.
                .map(segment -> decode(segment.replace("+", "%2B")))
                .toList();
    }

    private static Map<String, String> query(org.eclipse.jetty.server.Request request) {
        Map<String, String> query = new HashMap<>();
        String raw = request.getHttpURI().getQuery();
        if (raw != null) {
            for (String part : raw.split("&", -1)) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                query.put(decode(name), equals < 0 ? "" : decode(part.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
