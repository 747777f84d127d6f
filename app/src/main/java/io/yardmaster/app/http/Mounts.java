package io.yardmaster.app.http;

import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Hands a request to the handler whose mount point is the longest beginning of its path. Mounts are added at run time. */
final class Mounts extends Handler.Abstract.NonBlocking {
    private final Map<String, Handler> mounts;

    Mounts(Map<String, Handler> mounts) {
        this.mounts = mounts;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = String.valueOf(request.getHttpURI().getPath());
        String rest = path.startsWith("/") ? path.substring(1) : path;
        while (true) {
            Handler handler = mounts.get(rest);
            if (handler != null) {
                return handler.handle(request, response, callback);
            }
            if (rest.isEmpty()) {
                Problems.write(response, callback, HttpProblem.notFound());
                return true;
            }
            rest = rest.substring(0, Math.max(0, rest.lastIndexOf('/')));
        }
    }
}
