package io.yardmaster.app.http;

import java.util.Map;

/** A request that cannot be fulfilled, answered as {@code {"error_code": ..., "message": ...}}. */
public class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;

    /**
     * One problem.
     *
     * @param code tells problems of the same status apart
     */
    public HttpProblem(int status, int code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    public static HttpProblem notFound() {
        return new HttpProblem(404, 404, "HTTP 404 Not Found");
    }

    Reply reply() {
        return new Reply(status, Map.of("error_code", code, "message", getMessage()));
    }
}
