package io.yardmaster.app.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;

/** Finds the handler of a request by its method and path. */
public final class Router {
    private final List<Route> routes = new ArrayList<>();
    private boolean prompt;

    /** Answers a request; {@code args} are the decoded segments in the place of the pattern's names. */
    @FunctionalInterface
    public interface Handler {
        Reply handle(Request request, Map<String, String> args);
    }

    private record Route(String method, String pattern, UriTemplatePathSpec spec, Handler handler) {
        boolean fits(String path) {
            return spec.matches(path);
        }

        Reply handle(Request request) {
            Map<String, String> args = new HashMap<>();
            spec.getPathParams(request.path()).forEach((name, value) -> args.put(name, UrlText.segment(value)));
            return handler.handle(request, args);
        }
    }

    /**
     * Adds a route such as {@code GET subjects/{subject}/versions}, which changes nothing; the first that fits is taken.
     *
     * @throws IllegalArgumentException if the method is not GET; see the other two for these
     */
    public Router on(String method, String pattern, Handler handler) {
        if (!method.equals("GET")) {
            throw new IllegalArgumentException(method + " " + pattern + ": does it change anything?");
        }
        return add(method, pattern, handler);
    }

    /** Adds a POST that changes nothing either: its question is too long for a URL. */
    public Router onQuestion(String pattern, Handler handler) {
        return add("POST", pattern, handler);
    }

    /** Adds a route that changes something: it answers 403 to all but programs on this machine. */
    public Router onTrusted(String method, String pattern, Handler handler) {
        return add(method, pattern, (request, args) -> {
            if (!request.trusted()) {
                throw new HttpProblem(403, 403, "only programs on this machine may change anything, and by no proxy");
            }
            return handler.handle(request, args);
        });
    }

    private Router add(String method, String pattern, Handler handler) {
        routes.add(new Route(method, pattern, new UriTemplatePathSpec("/" + pattern), handler));
        return this;
    }

    /** Declares that no handler ever waits for anything: requests are answered without a worker. */
    public Router prompt() {
        prompt = true;
        return this;
    }

    boolean isPrompt() {
        return prompt;
    }

    /** All routes, as in {@code GET subjects/{subject}/versions}. */
    public List<String> routes() {
        return routes.stream()
                .map(route -> route.method() + " " + route.pattern())
                .toList();
    }

    /** Answers the request, HEAD like GET; throws {@link HttpProblem} 404 or 405 when no route fits. */
    public Reply handle(Request request) {
        List<Route> fitting =
                routes.stream().filter(route -> route.fits(request.path())).toList();
        if (fitting.isEmpty()) {
            throw HttpProblem.notFound();
        }
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        return fitting.stream()
                .filter(candidate -> candidate.method().equals(method))
                .findFirst()
                .orElseThrow(() -> HttpProblem.methodNotAllowed(
                        fitting.stream().map(Route::method).toList()))
                .handle(request);
    }
}
