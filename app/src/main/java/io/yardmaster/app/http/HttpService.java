package io.yardmaster.app.http;

import com.sun.net.httpserver.HttpServer;
import io.yardmaster.topology.config.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves JSON on one address. What is not mounted is answered with 404. */
public final class HttpService implements AutoCloseable {
    /** Larger bodies are refused with 413. */
    public static final int MAX_BODY_BYTES = 1 << 20;

    private static final int THREADS = 8;

    /** For all of a request to come in, and for all of the answer to go out. */
    private static final String REQUEST_SECONDS = "5";

    static {
        // Without it the client's delayed acknowledgement makes most answers 40 ms late.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // So that a few clients that stop in the middle of a request do not take all threads for ever.
        System.setProperty("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        System.setProperty("sun.net.httpserver.maxRspTime", REQUEST_SECONDS);
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final String host;

    private HttpService(HttpServer server, ExecutorService threads, String host) {
        this.server = server;
        this.threads = threads;
        this.host = host;
    }

    /**
     * Starts to listen.
     *
     * @throws HttpListenException when that is not possible; its message is one line that names the address
     */
    public static HttpService start(HostPort listen) {
        var address = new InetSocketAddress(listen.host(), listen.port());
        if (address.isUnresolved()) {
            throw new HttpListenException("http.listen=" + listen + ": unknown host");
        }
        try {
            HttpServer server = HttpServer.create(address, 0);
            var number = new AtomicInteger();
            ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
                Thread thread = new Thread(work, "http-" + number.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });
            server.setExecutor(threads);
            server.createContext("/", new JsonExchange(new Router(), "application/json"));
            server.start();
            return new HttpService(server, threads, listen.host());
        } catch (IOException e) {
            throw new HttpListenException("http.listen=" + listen + ": " + e.getMessage(), e);
        }
    }

    /** Lets a router answer what lies at and below {@code /name}. */
    public void mount(String name, Router router, String contentType) {
        server.createContext("/" + name, new JsonExchange(router, contentType));
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** {@code http://host:port} to be used on this machine, without a slash at the end. */
    public String url() {
        boolean everywhere = server.getAddress().getAddress().isAnyLocalAddress();
        return "http://" + new HostPort(everywhere ? "127.0.0.1" : host, port());
    }

    /** Stops listening; requests in work may not be answered. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
