package io.yardmaster.app.http;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a request whose handler failed. Every piece of this package that Jetty calls, or that runs
 * on a thread of its own, ends here with all that it did not expect: what nobody catches leaves the request open for ever.
 */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /**
     * Answers with 500 and says so in the log, or hangs up if part of an answer was sent already. A client that went away
     * or sent nonsense is left to Jetty and logged nowhere.
     */
    static void answer(Request request, Response response, Callback callback, Throwable failure) {
        if (isClients(failure)) {
            callback.failed(failure);
            return;
        }
        LOG.error("{} {} failed", request.getMethod(), request.getHttpURI(), failure);
        if (response.isCommitted()) {
            callback.failed(failure);
            return;
        }
        try {
            Problems.write(response, callback, new HttpProblem(500, 500, "internal error: " + failure));
        } catch (Throwable again) {
            callback.failed(failure);
        }
    }

    private static boolean isClients(Throwable failure) {
        return failure instanceof IOException
                || failure instanceof TimeoutException
                || failure instanceof HttpException;
    }
}
