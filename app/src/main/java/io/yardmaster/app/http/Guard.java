package io.yardmaster.app.http;

import java.net.InetAddress;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Keeps pages of other sites out of what is served: they may neither frame it nor load anything from it, and a name of
 * theirs that leads to this machine does not lead them in (DNS rebinding), where the address is one of this machine only.
 */
final class Guard extends Handler.Wrapper {
    private static final String OWN_ASSETS_ONLY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'";

    private final boolean loopback;
    private final String host;

    Guard(InetAddress address, String host, Handler guarded) {
        super(guarded);
        this.loopback = address.isLoopbackAddress();
        this.host = host;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put("Content-Security-Policy", OWN_ASSETS_ONLY);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        if (loopback && !isOwnName(request.getHeaders().get(HttpHeader.HOST))) {
            Problems.write(
                    response,
                    callback,
                    new HttpProblem(421, 421, "this port answers to names of this machine only, such as localhost"));
            return true;
        }
        return super.handle(request, response, callback);
    }

    /** Clients of HTTP/1.0 need not say a name, and are no browsers. */
    private boolean isOwnName(String header) {
        if (header == null) {
            return true;
        }
        String name = header.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("[::1]")
                || name.matches("127(\\.\\d{1,3}){3}")
                || name.equals(host.toLowerCase(Locale.ROOT));
    }
}
