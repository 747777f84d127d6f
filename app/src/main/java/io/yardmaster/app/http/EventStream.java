package io.yardmaster.app.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Server-sent events for many followers, none of which has a thread. A follower that has not taken the last event misses
 * those that are sent meanwhile, and loses its connection by the idle timeout.
 */
public final class EventStream {
    private static final int MOST_FOLLOWERS = 200;

    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
    private final Supplier<byte[]> first;
    private volatile boolean ended;

    /**
     * A stream that nobody follows yet.
     *
     * @param first makes the first event of a new follower; empty for none
     */
    public EventStream(Supplier<byte[]> first) {
        this.first = first;
    }

    /** One event as it goes over the line; the data is one line. */
    public static byte[] event(String name, String data) {
        return ("event: " + name + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** A comment that keeps a connection open while nothing happens. */
    public static byte[] heartbeat() {
        return ": still here\n\n".getBytes(StandardCharsets.UTF_8);
    }

    public boolean hasFollowers() {
        return !followers.isEmpty();
    }

    /** Sends to all followers that have taken the previous event. Does not wait. */
    public void send(byte[] message) {
        followers.forEach(follower -> follower.send(message));
    }

    /** Closes all connections, and takes no new followers. */
    void end() {
        ended = true;
        followers.forEach(follower -> follower.failed(new EofException("the server stops")));
    }

    Handler handler() {
        return new Streaming();
    }

    private final class Streaming extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            boolean head = request.getMethod().equals("HEAD");
            if (!head && !request.getMethod().equals("GET")) {
                Problems.write(response, callback, HttpProblem.methodNotAllowed(List.of("GET")));
            } else if (ended || followers.size() >= MOST_FOLLOWERS) {
                Problems.write(
                        response,
                        callback,
                        new HttpProblem(503, 503, "too many clients follow the events, or the server stops"));
            } else {
                byte[] greeting = first.get();
                response.setStatus(200);
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
                // A proxy that gathers an answer before it sends it on would hold events back for ever.
                response.getHeaders().put("X-Accel-Buffering", "no");
                response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store, no-transform");
                if (head) {
                    callback.succeeded();
                } else {
                    follow(new Follower(response, callback), greeting);
                }
            }
            return true;
        }

        private void follow(Follower follower, byte[] greeting) {
            followers.add(follower);
            follower.send(greeting.length == 0 ? heartbeat() : greeting);
        }
    }

    private final class Follower implements Callback {
        private final Response response;
        private final Callback end;
        private final AtomicBoolean sending = new AtomicBoolean();

        Follower(Response response, Callback end) {
            this.response = response;
            this.end = end;
        }

        void send(byte[] message) {
            if (sending.compareAndSet(false, true)) {
                try {
                    response.write(false, ByteBuffer.wrap(message), this);
                } catch (Throwable e) {
                    // The others are sent it all the same.
                    failed(e);
                }
            }
        }

        @Override
        public void succeeded() {
            sending.set(false);
        }

        @Override
        public void failed(Throwable failure) {
            if (followers.remove(this)) {
                end.failed(failure);
            }
        }
    }
}
