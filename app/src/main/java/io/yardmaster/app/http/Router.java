package io.yardmaster.app.http;

import java.util.ArrayList;
import java.util.List;

/** Finds the handler of a request by its method and path. */
public final class Router {
    private static final String ANY = "{}";

    private final List<Route> routes = new ArrayList<>();
    private boolean prompt;

    /** Answers a request; {@code args} are the segments that stood in place of {@code {}}. */
    @FunctionalInterface
    public interface Handler {
        Reply handle(Request request, List<String> args);
    }

    private record Route(String method, List<String> pattern, Handler handler) {
        boolean fits(List<String> path) {
            if (path.size() != pattern.size()) {
                return false;
            }
            for (int i = 0; i < path.size(); i++) {
                if (!pattern.get(i).equals(ANY) && !pattern.get(i).equals(path.get(i))) {
                    return false;
                }
            }
            return true;
        }

        List<String> args(List<String> path) {
            List<String> args = new ArrayList<>();
            for (int i = 0; i < path.size(); i++) {
                if (pattern.get(i).equals(ANY)) {
                    args.add(path.get(i));
                }
            }
            return args;
        }
    }

    /**
     * Adds a route such as {@code GET subjects/{}/versions}, which changes nothing; the first that fits is taken.
     *
     * @throws IllegalArgumentException if the method is not GET; see the other two for these
     */
    public Router on(String method, String pattern, Handler handler) {
        if (!method.equals("GET")) {
            throw new IllegalArgumentException(method + " " + pattern + ": does it change anything?");
        }
        return add(method, pattern, handler);
    }

    /** Says that no handler ever waits for anything: they are then answered even while those of other routers all do. */
    public Router prompt() {
        prompt = true;
        return this;
    }

    boolean isPrompt() {
        return prompt;
    }

    /** Adds a POST that changes nothing either: its question is too long for a URL. */
    public Router onQuestion(String pattern, Handler handler) {
        return add("POST", pattern, handler);
    }

    private Router add(String method, String pattern, Handler handler) {
        routes.add(new Route(method, pattern.isEmpty() ? List.of() : List.of(pattern.split("/", -1)), handler));
        return this;
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

    /** All of them, as in {@code GET subjects/{}/versions}. */
    public List<String> routes() {
        return routes.stream()
                .map(route -> route.method() + " " + String.join("/", route.pattern()))
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
        Route route = fitting.stream()
                .filter(candidate -> candidate.method().equals(method))
                .findFirst()
                .orElseThrow(() -> HttpProblem.methodNotAllowed(
                        fitting.stream().map(Route::method).toList()));
        return route.handler().handle(request, route.args(request.path()));
    }
}
