package io.yardmaster.app.http;

import io.yardmaster.topology.config.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * Serves handlers at their mount points on one address, and answers other paths with 404 as JSON. No thread waits for a
 * request to come in or for an answer to go out, so a slow client costs a connection and nothing more. Handlers that may wait
 * run on workers; health is answered without one.
 */
public final class HttpService implements AutoCloseable {
    /** Larger bodies are refused with 413. */
    public static final int MAX_BODY_BYTES = 1 << 20;

    private static final int THREADS = 24;

    /** The most requests that are answered at once by handlers that may wait; a few more wait for a worker. */
    static final int WORKERS = 16;

    private static final int WAITING = 100;
    private static final int MAX_CONNECTIONS = 1_000;
    private static final int MAX_HEADER_BYTES = 16 << 10;

    /** A connection on which nothing was sent or taken for this long is closed. */
    private static final long IDLE_MS = 30_000;

    /** A request whose body takes longer is given up. */
    private static final Duration BODY_WITHIN = Duration.ofSeconds(60);

    private final Server server;
    private final ServerConnector connector;
    private final Map<String, Handler> mounts = new ConcurrentHashMap<>();
    private final List<EventStream> streams = new CopyOnWriteArrayList<>();
    private final ExecutorService workers = workers();
    private final String host;
    private final HostNames names;
    private final Duration bodyWithin;

    private HttpService(Server server, ServerConnector connector, String host, HostNames names, Duration bodyWithin) {
        this.server = server;
        this.connector = connector;
        this.host = host;
        this.names = names;
        this.bodyWithin = bodyWithin;
    }

    /** Starts to listen; if only programs on this machine can reach the address, other names than its own are refused. */
    public static HttpService start(HostPort listen) {
        return start(listen, Set.of());
    }

    /**
     * Starts to listen.
     *
     * @param hosts names that requests may carry, too. If there are any, or only programs on this machine can reach the
     *     address, requests with other names are answered with 421.
     * @throws HttpListenException when that is not possible; its message is one line that names the address
     */
    public static HttpService start(HostPort listen, Set<String> hosts) {
        return start(listen, hosts, BODY_WITHIN);
    }

    static HttpService start(HostPort listen, Set<String> hosts, Duration bodyWithin) {
        var address = new InetSocketAddress(listen.host(), listen.port());
        if (address.isUnresolved()) {
            throw new HttpListenException("http.listen=" + listen + ": unknown host");
        }
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
        threads.setName("http");
        threads.setDaemon(true);
        Server server = new Server(threads, new ScheduledExecutorScheduler("http-timer", true), null);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http()));
        connector.setHost(listen.host());
        connector.setPort(listen.port());
        connector.setIdleTimeout(IDLE_MS);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
        server.setErrorHandler(new Problems());
        server.setStopTimeout(0);
        HostNames names = new HostNames(address.getAddress(), listen.host(), hosts);
        HttpService service = new HttpService(server, connector, listen.host(), names, bodyWithin);
        server.setHandler(new BodyLimit(MAX_BODY_BYTES, bodyWithin, new Guard(names, new Mounts(service.mounts))));
        try {
            server.start();
            return service;
        } catch (Exception e) {
            service.close();
            throw new HttpListenException("http.listen=" + listen + ": " + reason(e), e);
        }
    }

    /** Apart from the server's threads: while all workers wait, the server takes requests and answers for its health. */
    private static ExecutorService workers() {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                WORKERS, WORKERS, IDLE_MS, TimeUnit.MILLISECONDS, new ArrayBlockingQueue<>(WAITING), body -> {
                    Thread thread = new Thread(body, "http-worker-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }

    private static HttpConfiguration http() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        // Subjects of the registry may hold encoded slashes; nothing here maps paths to files.
        http.setUriCompliance(UriCompliance.from(EnumSet.of(
                UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
                UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT)));
        return http;
    }

    /** Jetty says where; the system says why. */
    private static String reason(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }

    /** Lets a router answer requests at and below {@code /name}. */
    public void mount(String name, Router router, String contentType) {
        mount(name, new RouterHandler(name, router, contentType, workers, names, bodyWithin));
    }

    /** Lets events be followed at {@code /path}; a longer path goes before a shorter one. */
    public void mount(String path, EventStream events) {
        streams.add(events);
        mount(path, events.handler());
    }

    /** Serves files below {@code /name}; with an empty name, at all paths that nothing else is mounted at. */
    public void mount(String name, Assets assets) {
        mount(name, new AssetHandler(name, assets));
    }

    private void mount(String path, Handler handler) {
        handler.setServer(server);
        mounts.put(path, handler);
    }

    public int port() {
        return connector.getLocalPort();
    }

    /** {@code http://host:port} to be used on this machine, without a slash at the end. */
    public String url() {
        return "http://" + new HostPort(isEverywhere() ? "127.0.0.1" : host, port());
    }

    private boolean isEverywhere() {
        InetAddress address = new InetSocketAddress(host, 0).getAddress();
        return address != null && address.isAnyLocalAddress();
    }

    /** Stops listening; requests in work may not be answered. */
    @Override
    public void close() {
        try {
            streams.forEach(EventStream::end);
            workers.shutdownNow();
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP port does not close: " + e.getMessage(), e);
        }
    }
}
