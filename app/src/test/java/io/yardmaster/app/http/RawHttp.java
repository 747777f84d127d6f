package io.yardmaster.app.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Requests as they go over the line, for what a client library would not send or would hide. */
final class RawHttp {
    private static final int PATIENCE_MS = 30_000;

    private final int port;

    RawHttp(HttpService service) {
        this.port = service.port();
    }

    /** The whole answer, as it came. */
    record Answer(String text) {
        int status() {
            return Integer.parseInt(text.split(" ", 3)[1]);
        }

        /** Empty if it is not there. */
        String header(String name) {
            return text.lines()
                    .takeWhile(line -> !line.isEmpty())
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        String body() {
            return text.substring(text.indexOf("\r\n\r\n") + 4);
        }
    }

    /** From localhost, by HTTP/1.1. */
    Answer send(String method, String path, String... headers) throws IOException {
        return send("%s %s HTTP/1.1\r\nHost: localhost\r\n%s"
                .formatted(method, path, headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n"));
    }

    /** A request without its last, empty line; the connection is closed after it. */
    Answer send(String head) throws IOException {
        try (Socket socket = open(head + "Connection: close\r\n\r\n")) {
            return new Answer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** A connection on which this was sent; a read that takes too long fails. */
    Socket open(String bytes) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MS);
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
