package io.yardmaster.app.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the server's requests into those of a router, once all of the body is there, and what comes of them into JSON. */
final class RouterHandler extends Handler.Abstract.NonBlocking {
    private static final Logger LOG = LoggerFactory.getLogger(RouterHandler.class);

    private final String mount;
    private final Router router;
    private final String contentType;

    RouterHandler(String mount, Router router, String contentType) {
        this.mount = mount;
        this.router = router;
        this.contentType = contentType;
    }

    @Override
    public boolean handle(org.eclipse.jetty.server.Request request, Response response, Callback callback) {
        new BodyReader(
                        request,
                        HttpService.MAX_BODY_BYTES,
                        body -> getServer().getThreadPool().execute(() -> answer(request, response, callback, body)),
                        callback::failed)
                .run();
        return true;
    }

    private void answer(
            org.eclipse.jetty.server.Request request, Response response, Callback callback, Optional<byte[]> body) {
        Reply reply;
        byte[] answer;
        try {
            reply = reply(request, body);
            answer = reply.body() instanceof byte[] written ? written : Problems.json(reply.body());
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.getMethod(), request.getHttpURI(), e);
            reply = new HttpProblem(500, 500, "internal error: " + e).reply();
            answer = Problems.json(reply.body());
        }
        Problems.write(response, callback, reply.status(), reply.status() < 400 ? contentType : problemType(), answer);
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
                    isTrusted(request),
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

    /** A browser says where a page comes from that sends a request; programs do not. */
    private static boolean isTrusted(org.eclipse.jetty.server.Request request) {
        ConnectionMetaData connection = request.getConnectionMetaData();
        InetAddress from = address(connection.getRemoteSocketAddress());
        boolean here =
                from != null && (from.isLoopbackAddress() || from.equals(address(connection.getLocalSocketAddress())));
        return here && !request.getHeaders().contains(HttpHeader.ORIGIN);
    }

    private static InetAddress address(SocketAddress socket) {
        return socket instanceof InetSocketAddress inet ? inet.getAddress() : null;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
