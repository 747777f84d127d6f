package io.yardmaster.app.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Refuses bodies that are too large with 413, and takes from a client what it still sends after any answer. If the port closed
 * the connection at once, the client's system would throw the answer away with it (RFC 9112, section 9.6), and the client
 * would read "connection reset" instead of 413. A client that sends too much, or for too long, after its answer is cut off.
 */
final class BodyLimit extends Handler.Wrapper {
    /** The most that is taken from a client after its answer. */
    static final long MAX_REST_BYTES = 64L << 20;

    private final long maxBytes;
    private final Duration restWithin;

    /**
     * Limits what {@code limited} reads.
     *
     * @param restWithin the longest time for which a client may still send after its answer
     */
    BodyLimit(long maxBytes, Duration restWithin, Handler limited) {
        super(limited);
        this.maxBytes = maxBytes;
        this.restWithin = restWithin;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Limited limitedRequest = new Limited(request);
        Callback takingRest =
                Callback.from(callback.getInvocationType(), () -> takeRest(limitedRequest, callback), callback::failed);
        return super.handle(
                limitedRequest,
                response,
                Callback.from(
                        callback.getInvocationType(),
                        takingRest::succeeded,
                        failure -> fail(response, takingRest, failure)));
    }

    /** Answers a refusal. Jetty would do so too, but read nothing more from the client. */
    private static void fail(Response response, Callback callback, Throwable failure) {
        if (failure instanceof HttpException refusal && !response.isCommitted()) {
            Problems.write(
                    response, callback, new HttpProblem(refusal.getCode(), refusal.getCode(), refusal.getReason()));
        } else {
            callback.failed(failure);
        }
    }

    private void takeRest(Limited limitedRequest, Callback callback) {
        if (limitedRequest.isAwaited()) {
            callback.succeeded();
            return;
        }
        Request request = limitedRequest.getWrapped();
        Scheduler.Task late = failAfter(restWithin, request, "sent for longer than " + restWithin);
        takeRest(request, MAX_REST_BYTES, () -> {
            late.cancel();
            callback.succeeded();
        });
    }

    /** Has reads of the request fail, unless the task is cancelled before. */
    static Scheduler.Task failAfter(Duration time, Request request, String message) {
        return request.getComponents()
                .getScheduler()
                .schedule(() -> request.fail(new TimeoutException(message)), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void takeRest(Request request, long most, Runnable then) {
        long left = most;
        while (left > 0) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                long stillLeft = left;
                request.demand(() -> takeRest(request, stillLeft, then));
                return;
            }
            left -= chunk.remaining();
            chunk.release();
            if (chunk.isLast()) {
                break;
            }
        }
        then.run();
    }

    /** A request whose body cannot be read beyond the limit. The request itself goes on, so that its rest can be taken. */
    private final class Limited extends Request.Wrapper {
        private long read;

        Limited(Request request) {
            super(request);
        }

        @Override
        public Content.Chunk read() {
            if (Math.max(read, getLength()) > maxBytes) {
                return tooLarge();
            }
            Content.Chunk chunk = super.read();
            if (chunk == null) {
                return null;
            }
            read += chunk.remaining();
            if (read > maxBytes) {
                chunk.release();
                return tooLarge();
            }
            return chunk;
        }

        /** Returns whether the client waits for a word before it sends the body (RFC 9110, section 10.1.1), and got none. */
        boolean isAwaited() {
            return read == 0 && getHeaders().contains(HttpHeader.EXPECT);
        }

        private Content.Chunk tooLarge() {
            return Content.Chunk.from(new HttpException.RuntimeException(
                    HttpStatus.PAYLOAD_TOO_LARGE_413, "the request's body is larger than " + maxBytes + " bytes"));
        }
    }
}
