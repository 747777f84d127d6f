package io.yardmaster.app.http;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** A request that cannot be fulfilled, answered as {@code {"error_code": ..., "message": ...}}. */
public class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;
    private final String header;
    private final String value;

    /**
     * One problem.
     *
     * @param code tells problems of the same status apart
     */
    public HttpProblem(int status, int code, String message) {
        this(status, code, message, "", "");
    }

    private HttpProblem(int status, int code, String message, String header, String value) {
        super(message);
        this.status = status;
        this.code = code;
        this.header = header;
        this.value = value;
    }

    public static HttpProblem notFound() {
        return new HttpProblem(404, 404, "HTTP 404 Not Found");
    }

    /** Names the methods that are allowed; HEAD is, wherever GET is. */
    static HttpProblem methodNotAllowed(Collection<String> allowed) {
        String methods = allowed.stream()
                .map(method -> method.equals("GET") ? "GET, HEAD" : method)
                .distinct()
                .collect(Collectors.joining(", "));
        return new HttpProblem(405, 405, "HTTP 405 Method Not Allowed", "Allow", methods);
    }

    static HttpProblem busy() {
        return new HttpProblem(503, 503, "too many requests wait to be answered", "Retry-After", "1");
    }

    Reply reply() {
        return new Reply(
                status,
                Map.of("error_code", code, "message", getMessage()),
                header.isEmpty() ? Map.of() : Map.of(header, value));
    }
}
