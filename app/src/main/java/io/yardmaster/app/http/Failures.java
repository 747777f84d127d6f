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
 * Answers requests whose handler threw something unexpected. All code of this package that Jetty calls, or that runs on a
 * thread of its own, passes what it catches to this class: a request whose failure nobody catches stays open for ever.
 */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /**
     * Logs the failure and answers with 500, or closes the connection if part of an answer has been sent. A failure that the
     * client caused, by going away or by sending nonsense, is not logged; Jetty answers it.
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
