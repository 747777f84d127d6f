package io.yardmaster.client;

import com.sun.net.httpserver.HttpServer;
import io.yardmaster.schemas.TaskAssignment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A schema registry that is overloaded until it recovers; then each id stands for an assignment's schema. It can refuse new
 * schemas alone.
 */
final class FlakyRegistry implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger refused = new AtomicInteger();
    private final CountDownLatch recovered = new CountDownLatch(1);
    private volatile boolean takesSchemas = true;

    FlakyRegistry() throws IOException {
        this(Duration.ZERO);
    }

    /** @param refusal the time that a refusal takes */
    FlakyRegistry(Duration refusal) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/schemas/ids/", exchange -> {
            boolean up = recoversWithin(refusal);
            byte[] body = (up ? schema() : "{}").getBytes(StandardCharsets.UTF_8);
            if (!up) {
                refused.incrementAndGet();
            }
            exchange.sendResponseHeaders(up ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/subjects/", exchange -> {
            byte[] body = (takesSchemas ? "{\"id\": 1}" : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(takesSchemas ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    /** Says whether it registers schemas, such as those of outcomes. */
    FlakyRegistry takesSchemas(boolean takes) {
        takesSchemas = takes;
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int refused() {
        return refused.get();
    }

    void recover() {
        recovered.countDown();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private boolean recoversWithin(Duration limit) {
        try {
            return recovered.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String schema() {
        String schema = TaskAssignment.getClassSchema().toString();
        return "{\"schema\": \"" + schema.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
    }
}
