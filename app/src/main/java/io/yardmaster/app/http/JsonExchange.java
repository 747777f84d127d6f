package io.yardmaster.app.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the JDK server's exchanges into requests for a router, and what comes of them into JSON. */
final class JsonExchange implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(JsonExchange.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Router router;
    private final String contentType;

    JsonExchange(Router router, String contentType) {
        this.router = router;
        this.contentType = contentType;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = reply(exchange);
            byte[] body = reply.body() instanceof byte[] written ? written : JSON.writeValueAsBytes(reply.body());
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        try {
            return router.handle(request(exchange));
        } catch (HttpProblem e) {
            return e.reply();
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
            return new HttpProblem(500, 500, "internal error: " + e).reply();
        }
    }

    private static Request request(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(HttpService.MAX_BODY_BYTES + 1);
        if (body.length > HttpService.MAX_BODY_BYTES) {
            throw new HttpProblem(413, 413, "the body is larger than " + HttpService.MAX_BODY_BYTES + " bytes");
        }
        try {
            return new Request(
                    exchange.getRequestMethod(),
                    path(exchange),
                    query(exchange),
                    isTrusted(exchange),
                    new String(body, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(400, 400, "malformed URL: " + e.getMessage());
        }
    }

    private static List<String> path(HttpExchange exchange) {
        String mount = exchange.getHttpContext().getPath();
        String rest = exchange.getRequestURI().getRawPath().substring(mount.length());
        // The JDK takes /registryx to be below /registry.
        if (!rest.isEmpty() && !mount.endsWith("/") && !rest.startsWith("/")) {
            throw HttpProblem.notFound();
        }
        return Arrays.stream(rest.split("/", -1))
                .filter(segment -> !segment.isEmpty())
                // In a path a plus sign is a plus sign.
                .map(segment -> decode(segment.replace("+", "%2B")))
                .toList();
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
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
    private static boolean isTrusted(HttpExchange exchange) {
        InetAddress from = exchange.getRemoteAddress().getAddress();
        boolean here = from.isLoopbackAddress()
                || from.equals(exchange.getLocalAddress().getAddress());
        return here && !exchange.getRequestHeaders().containsKey("Origin");
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
