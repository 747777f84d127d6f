package io.yardmaster.client;

import com.sun.net.httpserver.HttpServer;
import io.yardmaster.schemas.TaskAssignment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A schema registry that is overloaded until it recovers; then each id stands for an assignment's schema. */
final class FlakyRegistry implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean recovered;

    FlakyRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/schemas/ids/", exchange -> {
            byte[] body = answer().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(recovered ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int refused() {
        return refused.get();
    }

    void recover() {
        recovered = true;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String answer() {
        if (!recovered) {
            refused.incrementAndGet();
            return "{}";
        }
        String schema = TaskAssignment.getClassSchema().toString();
        return "{\"schema\": \"" + schema.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
    }
}
