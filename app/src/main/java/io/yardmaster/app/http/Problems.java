package io.yardmaster.app.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Writes answers as JSON, and errors of the server itself, such as a malformed request, like a router's. */
final class Problems implements Request.Handler {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Object status = request.getAttribute(ErrorHandler.ERROR_STATUS);
        int code = status instanceof Integer known ? known : response.getStatus();
        Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        write(
                response,
                callback,
                new HttpProblem(code, code, message == null ? HttpStatus.getMessage(code) : message.toString()));
        return true;
    }

    static void write(Response response, Callback callback, HttpProblem problem) {
        Reply reply = problem.reply();
        write(response, callback, reply, "application/json", json(reply.body()));
    }

    static void write(Response response, Callback callback, Reply reply, String contentType, byte[] body) {
        reply.headers().forEach(response.getHeaders()::put);
        write(response, callback, reply.status(), contentType, body);
    }

    static void write(Response response, Callback callback, int status, String contentType, byte[] body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    static byte[] json(Object body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written as JSON: " + e.getMessage(), e);
        }
    }
}
