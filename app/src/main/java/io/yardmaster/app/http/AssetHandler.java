package io.yardmaster.app.http;

import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers GET and HEAD with files, or with 304 if the browser has the same bytes already. */
final class AssetHandler extends Handler.Abstract {
    private final String mount;
    private final Assets assets;

    AssetHandler(String mount, Assets assets) {
        this.mount = mount.isEmpty() ? "/" : "/" + mount + "/";
        this.assets = assets;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getPath();
        boolean head = request.getMethod().equals("HEAD");
        Optional<Assets.Asset> found =
                path.startsWith(mount) ? assets.find(path.substring(mount.length())) : Optional.empty();
        if (found.isEmpty()) {
            Problems.write(response, callback, HttpProblem.notFound());
            return true;
        }
        if (!head && !request.getMethod().equals("GET")) {
            Problems.write(response, callback, HttpProblem.methodNotAllowed(List.of("GET")));
            return true;
        }
        Assets.Asset asset = found.get();
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.ETAG, asset.tag());
        headers.put(HttpHeader.CACHE_CONTROL, "no-cache");
        String has = request.getHeaders().get(HttpHeader.IF_NONE_MATCH);
        if (has != null && has.contains(asset.tag())) {
            response.setStatus(HttpStatus.NOT_MODIFIED_304);
            callback.succeeded();
            return true;
        }
        Problems.write(response, callback, HttpStatus.OK_200, asset.contentType(), asset.bytes());
        return true;
    }
}
