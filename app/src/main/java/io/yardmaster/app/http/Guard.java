package io.yardmaster.app.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Keeps pages of other sites out: they may neither frame a page of this port nor load anything from it, and a request for a
 * name of theirs that leads to this machine is refused. It is around all other handlers, so that a request is answered
 * although a handler throws an error.
 */
final class Guard extends Handler.Wrapper {
    private static final String OWN_ASSETS_ONLY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'";

    private final HostNames names;

    Guard(HostNames names, Handler guarded) {
        super(guarded);
        this.names = names;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put("Content-Security-Policy", OWN_ASSETS_ONLY);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        try {
            if (names.admits(request.getHeaders().get(HttpHeader.HOST))) {
                return super.handle(request, response, callback);
            }
            Problems.write(
                    response,
                    callback,
                    new HttpProblem(
                            421,
                            421,
                            "this port answers to names of this machine, such as localhost, and to those in"
                                    + " http.hosts"));
        } catch (Throwable e) {
            Failures.answer(request, response, callback, e);
        }
        return true;
    }
}
